"""Papers to a corpus, through the command line."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from wellread.cli import app
from wellread.errors import WellreadError
from wellread.runs.jsonl import read_rows
from wellread.testing.papers import jats

RECIPE = Path(__file__).parents[2] / "recipes" / "corpus" / "introductions.yaml"
DATA = ("papers.jsonl.zst", "passages.jsonl.zst", "asides.jsonl.zst")


def wellread(*args: object, cwd: Path) -> str:
    """The command line in this process: what it prints. A user's mistake is raised."""
    printed = io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(printed):
        app([str(arg) for arg in args], standalone_mode=False)
    return printed.getvalue()


def last(printed: str) -> dict:
    return json.loads(printed.splitlines()[-1])


def ingest(cwd: Path, *args: object) -> dict:
    return last(wellread("ingest", *args, "--json", cwd=cwd))


def files(corpus: Path) -> dict[str, bytes]:
    found = [*corpus.glob("data/*"), *corpus.glob("rejected/*")]
    assert found
    return {path.name: path.read_bytes() for path in found}


def rejects(corpus: Path) -> dict[str, tuple[str, str]]:
    return {row["what"]: (row["reason"], row["detail"]) for row in read_rows(corpus / "rejected/papers.jsonl.zst")}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, dict]:
    """Papers under every licence, ingested to be redistributed."""
    place = tmp_path_factory.mktemp("made")
    papers = place / "papers"
    (papers / "deep" / "er").mkdir(parents=True)
    licences = ["by", "by-sa", "by-nc", "by-nd", "by-nc-nd", "copyright", None]
    for number, licence in enumerate(licences):
        (papers / f"{number}.xml").write_bytes(jats(number, licence))
    for number in range(10, 18):
        (papers / "deep" / "er" / f"{number}.xml").write_bytes(jats(number))
    (papers / "twin.xml").write_bytes(jats(100, doi="10.5555/MADE.10"))
    (papers / "version.xml").write_bytes(jats(11, doi="10.5555/other").replace(b"heated", b"warmed", 3))
    (papers / "copy.xml").write_bytes(jats(12))
    return place, ingest(place, "papers", "--out", "corpus", "--licence", "redistribute", "--split", "3,0.5,rest")


def test_the_json_line(made) -> None:
    place, row = made
    assert row["out"] == "corpus"
    assert row["papers"] == 11
    assert row["licences"] == {"CC-BY-4.0": 9, "CC-BY-NC-4.0": 1, "CC-BY-SA-4.0": 1}
    assert row["rejected"] == {"licence": 4, "near-duplicate": 1, "same DOI": 1, "same contents": 1}
    assert row["parts"] == {"irrelevant-1": 6, "target": 3, "irrelevant-2": 2}
    assert row["seconds"] > 0
    papers = list(read_rows(place / "corpus/data/papers.jsonl.zst"))
    passages = list(read_rows(place / "corpus/data/passages.jsonl.zst"))
    assert row["words"] == sum(paper["words"] for paper in papers)
    assert row["passages"] == len(passages) == 11 * 5


def test_refused_under_redistribute(made) -> None:
    place, _ = made
    said = rejects(place / "corpus")
    assert said["papers/3.xml"] == ("licence", "CC-BY-ND-4.0 allows no changed copies: not for redistribute")
    assert "all rights reserved" in said["papers/5.xml"][1]
    assert "names no licence" in said["papers/6.xml"][1]
    assert "DOI 10.5555/made.10 is that of papers/deep/er/10.xml" in said["papers/twin.xml"][1]
    texts = [row["text"] for row in read_rows(place / "corpus/data/passages.jsonl.zst")]
    refused = jats(5, "copyright").decode()
    assert not any(refused[refused.index("<sec>") :].find(text[40:120]) >= 0 for text in texts)


def test_every_passage_knows_its_paper_section_and_licence(made) -> None:
    place, _ = made
    papers = {paper["id"]: paper for paper in read_rows(place / "corpus/data/papers.jsonl.zst")}
    passages = list(read_rows(place / "corpus/data/passages.jsonl.zst"))
    assert [p["section"] for p in passages[:5]] == ["abstract", "introduction", "methods", "results", "conclusion"]
    for passage in passages:
        paper = papers[passage["paper"]]
        assert passage["licence"] == paper["licence"]
        assert passage["source"] == paper["source"]
    assert papers["10.5555/made.10"]["year"] == 2010
    assert papers["10.5555/made.10"]["journal"] == "Journal of Made-up Results"
    assert papers["10.5555/made.10"]["language"] == "en"


def test_commercial_refuses_nc_and_keep_filters(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(jats(1, "by-nc"))
    (tmp_path / "b.xml").write_bytes(jats(2).replace(b"<article-title>", b"<article-title>Zirconia and "))
    (tmp_path / "c.xml").write_bytes(jats(3))
    row = ingest(
        tmp_path, "a.xml", "b.xml", "c.xml", "--out", "out", "--licence", "commercial", "--keep", "ZIRCON|nothing"
    )
    assert row["papers"] == 1
    assert row["rejected"] == {"keywords": 1, "licence": 1}
    row = ingest(tmp_path, "a.xml", "b.xml", "--out", "two", "--language", "de,ja", "--split", "0.5,rest")
    assert row["rejected"] == {"language": 2}


def test_looking_at_it(made) -> None:
    place, _ = made
    shown = wellread("corpus", "show", "corpus", cwd=place)
    assert "10.5555/made.10  On the" in shown
    assert "CC-BY-4.0, Journal of Made-up Results, 2010" in shown
    one = wellread("corpus", "show", "corpus", "10.5555/made.10", cwd=place)
    assert "10.5555/made.10/introduction" in one
    left_out = wellread("corpus", "show", "corpus", "--rejected", cwd=place)
    assert "papers/5.xml  [licence] publisher's copyright" in left_out
    counted = wellread("corpus", "stats", "corpus", "--html", "--json", cwd=place)
    assert last(counted)["sections"].keys() >= {"introduction", "methods"}
    assert "CC-BY-NC-4.0" in (place / "corpus/stats.html").read_text()


def test_search_finds_the_paper_that_says_it(tmp_path: Path) -> None:
    for number in range(4):
        text = jats(number).replace(
            b"</p></sec></body>",
            b" A vitrimer of cyclotene flowed.</p></sec></body>" if number == 2 else b"</p></sec></body>",
        )
        (tmp_path / f"{number}.xml").write_bytes(text)
    ingest(tmp_path, "0.xml", "1.xml", "2.xml", "--out", "corpus")
    done = wellread("corpus", "search", "corpus", 'cyclotene NEAR "vitrimers" (', "--json", cwd=tmp_path)
    (hit,) = json.loads(done.splitlines()[-1])["hits"]
    assert hit["paper"] == "10.5555/made.2"
    assert hit["section"] == "conclusion"
    assert "cyclotene" in hit["snippet"]
    (tmp_path / "corpus/search.sqlite").write_text("damaged")
    assert "cyclotene" in wellread("corpus", "search", "corpus", "cyclotene", cwd=tmp_path)
    (tmp_path / "2.xml").unlink()
    ingest(tmp_path, "3.xml", "--out", "corpus")  # the index follows the corpus
    ingest(tmp_path, ".", "--out", "corpus")
    assert wellread("corpus", "search", "corpus", "cyclotene", cwd=tmp_path) == "Nothing found.\n"


def test_export(made) -> None:
    place, _ = made
    done = wellread(
        "corpus", "export", "corpus", "--to", "jsonl", "--sections", "introduction", "--parts", "target", cwd=place
    )
    assert "3 passages" in done
    rows = [json.loads(line) for line in (place / "corpus/passages.jsonl").read_text().splitlines()]
    assert {(row["section"], row["part"]) for row in rows} == {("introduction", "target")}
    parquet = pytest.importorskip("pyarrow.parquet")
    wellread("corpus", "export", "corpus", "--to", "parquet", "--out", "all.parquet", cwd=place)
    table = parquet.read_table(place / "all.parquet")
    assert table.num_rows == 55
    assert table.column("year").to_pylist()[0] == 2000
    assert table.column("text").to_pylist() == [p["text"] for p in read_rows(place / "corpus/data/passages.jsonl.zst")]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ingest", "papres", "--out", "new"], ["papres", "papers"]),
        (["ingest", "papers", "--out", "papers"], ["papers exists and is not a corpus"]),
        (["ingest", "papers", "--out", "corpus"], ["other settings", "licence"]),
        (["ingest", "papers", "--out", "new", "--licence", "public"], ["licence", "redistribute"]),
        (["ingest", "papers", "--out", "new", "--split", "10,20"], ["rest"]),
        (["ingest", "papers", "--out", "new", "--split", "ten,rest"], ["ten"]),
        (["ingest", "papers", "--out", "new", "--keep", "("], ["regular expression"]),
        (["ingest", "papers", "--out", "new", "--language", "english"], ["language.only: 'english' is no code"]),
        (["ingest", "papers", "--out", "new", "--set", "filters=[lenght]"], ["lenght", "length"]),
        (["ingest", "papers", "--out", "new", "--set", "filter.length.lest=3"], ["lest", "least"]),
        (["ingest", "papers", "--out", "new", "--set", "chunks=3"], ["chunks", "chunk_words"]),
        (["corpus", "show", "papers"], ["papers is not a corpus"]),
        (["corpus", "show", "corpus", "10.1/none"], ["10.1/none"]),
        (["corpus", "search", "corpus", "()"], ["no words"]),
        (["corpus", "export", "corpus", "--to", "csv"], ["csv", "parquet"]),
        (["corpus", "export", "corpus", "--to", "jsonl", "--sections", "intro"], ["intro", "introduction"]),
        (
            ["corpus", "export", "corpus", "--to", "jsonl", "--out", "papers"],
            ["papers is a folder", "--out papers/corpus.jsonl"],
        ),
        (["corpus", "export", "corpus", "--to", "jsonl", "--out", "papers/0.xml/x"], ["x can't be written"]),
        (["teach", "papers/0.xml", "--set", "corpus.sections=[introduction]"], ["ingest"]),
        (["teach", "corpus", "--set", "corpus.parts=[targets]"], ["targets", "target"]),
    ],
)
def test_mistakes_are_one_line(made, args: list[str], says: list[str]) -> None:
    place, _ = made
    with pytest.raises(WellreadError) as caught:
        wellread(*args, cwd=place)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    for word in says:
        assert word in str(caught.value)
    assert not (place / "new").exists()


def test_an_empty_folder_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "papers" / "year").mkdir(parents=True)
    with pytest.raises(WellreadError, match="papers: no file was found there"):
        wellread("ingest", "papers", "--out", "corpus", cwd=tmp_path)
    assert not (tmp_path / "corpus").exists()
    (tmp_path / "papers/year/0.xml").write_bytes(jats(0))
    ingest(tmp_path, "papers", "--out", "corpus")
    (tmp_path / "papers/year/0.xml").unlink()  # all gone: the corpus that is there is emptied
    assert ingest(tmp_path, "papers", "--out", "corpus")["papers"] == 0


def test_a_damaged_ledger_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "0.xml").write_bytes(jats(0))
    ingest(tmp_path, "0.xml", "--out", "corpus", "--language", "EN")
    for left in (tmp_path / "corpus").glob("ledger*"):
        left.write_bytes(b"damaged " * 1000)
    with pytest.raises(WellreadError, match=r"ledger\.sqlite is damaged"):
        ingest(tmp_path, "0.xml", "--out", "corpus", "--language", "EN")


def test_again_reads_only_what_is_new(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(6):
        (papers / f"{number}.xml").write_bytes(jats(number, doi=None if number == 5 else ""))
    command = ("papers", "--out", "corpus", "--split", "2,2,rest")
    ingest(tmp_path, *command)
    before = {p["source"]: p for p in read_rows(tmp_path / "corpus/data/papers.jsonl.zst")}
    held = files(tmp_path / "corpus")
    row = ingest(tmp_path, *command)
    assert (row["files_read"], row["files_known"], row["papers"]) == (0, 6, 6)
    assert files(tmp_path / "corpus") == held

    (papers / "5.xml").write_bytes(jats(5, doi=None).replace(b"On the", b"Once more on the"))
    (papers / "0.xml").unlink()
    for number in range(6, 12):
        (papers / f"{number}.xml").write_bytes(jats(number))
    row = ingest(tmp_path, *command)
    assert [row[f"files_{what}"] for what in ("read", "known", "changed", "gone")] == [7, 4, 1, 1]
    after = {p["source"]: p for p in read_rows(tmp_path / "corpus/data/papers.jsonl.zst")}
    assert after["papers/5.xml"]["title"].startswith("Once more")
    assert len(after) == 11
    assert row["parts"]["target"] == row["parts"]["irrelevant-1"] == 2
    for source in before.keys() & after.keys():  # a paper never changes its part
        assert before[source]["part"] == after[source]["part"]

    (tmp_path / "other.xml").write_bytes(jats(50))
    row = ingest(tmp_path, "other.xml", "--out", "corpus", "--split", "2,2,rest")
    assert (row["papers"], row["files_gone"]) == (12, 0)  # what other folders hold isn't gone


def test_the_program_itself_ends_in_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(jats(1))
    (tmp_path / "bad.xml").write_bytes(b"<article><p>no end")
    command = [sys.executable, "-m", "wellread", "ingest", "good.xml", "bad.xml", "--out", "corpus"]
    done = subprocess.run([*command, "--strict"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    said = done.stderr.strip().splitlines()
    assert said[-1].startswith("wellread: bad.xml: broken XML: it is broken XML: line 1")
    assert "Traceback" not in done.stderr
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)  # what was read is kept
    assert done.returncode == 0
    assert "corpus: 1 papers, 5 passages" in done.stdout
    assert "left out  broken XML 1" in done.stdout


def kill_and_resume(place: Path, tries: int, whole: float, wanted: dict[str, bytes]) -> int:
    """Kill `ingest` `tries` times at moments spread over `whole` seconds, each time going on from what the last one left.

    A run that ends all the same must have made the files `wanted`; the next one then starts afresh. Returns how often a run
    was killed at work.
    """
    killed = 0
    for attempt in range(tries):
        command = [sys.executable, "-m", "wellread", "ingest", "papers", "pack.zip", "--out", "killed", "--json"]
        process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(whole * (0.1 + 0.9 * (attempt * 0.618 % 1)))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += (place / "killed/ledger.sqlite").exists()
        _, said = process.communicate()
        assert b"Traceback" not in said, said.decode()
        if process.returncode == 0:
            assert files(place / "killed") == wanted
            shutil.rmtree(place / "killed")
    return killed


@pytest.mark.parametrize(("tries", "papers"), [(6, 150), pytest.param(50, 400, marks=pytest.mark.slow)])
def test_kill_and_resume_byte_for_byte(tmp_path: Path, tries: int, papers: int) -> None:
    (tmp_path / "papers").mkdir()
    for number in range(papers):
        (tmp_path / "papers" / f"{number}.xml").write_bytes(jats(number % (papers - 3), size=30))
    with zipfile.ZipFile(tmp_path / "pack.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        for number in range(papers, papers + papers // 3):
            pack.writestr(f"in/{number}.xml", jats(number, size=30))
        pack.writestr("../climbs.xml", jats(1))
    start = time.monotonic()
    command = [sys.executable, "-m", "wellread", "ingest", "papers", "pack.zip", "--out", "whole", "--json"]
    whole = last(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout)
    took = time.monotonic() - start
    assert whole["rejected"] == {"same contents": 3, "path climbs out of the archive": 1}
    wanted = files(tmp_path / "whole")
    assert kill_and_resume(tmp_path, tries, took, wanted) >= tries // 4
    ingest(tmp_path, "papers", "pack.zip", "--out", "killed")
    assert files(tmp_path / "killed") == wanted


def test_the_recipe_goes_from_a_corpus_to_a_student_whose_card_names_the_licences(made, tiny_folder: Path) -> None:
    place, _ = made
    row = last(
        wellread(
            "run", RECIPE, "--out", "student", "--json", "--set", f"model.name={tiny_folder}",
            "--set", f"corpus.papers=[{place / 'corpus'}]", "--set", "train.epochs=1", "--set", "train.pair_epochs=1",
            "--set", "train.batch_tokens=400", "--set", "train.longest=256", "--set", "train.probes=0", cwd=place,
        )
    )  # fmt: skip
    assert row["texts"] == 3
    card = (place / "student/model/README.md").read_text(encoding="utf-8")
    assert "| licence | papers | examples |" in card
    papers = [p for p in read_rows(place / "corpus/data/papers.jsonl.zst") if p["part"] == "target"]
    assert {p["policy"] for p in papers} == {"redistribute"}
    for paper in papers:
        assert f"| {paper['licence']} |" in card
    assert "Not to be shared" not in card
    (views,) = place.glob("student/artifacts/augment/*/data/examples.jsonl.zst")
    assert {(e["licence"], e["section"]) for e in read_rows(views)} <= {(p["licence"], "introduction") for p in papers}
    (passages,) = place.glob("student/artifacts/corpus/*/data/passages.jsonl.zst")
    for passage in read_rows(passages):
        assert passage["section"] == "introduction"
        assert passage["text"].startswith(f"{passage['title']}\n\nIntroduction\n\n")
