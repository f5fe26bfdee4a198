"""wellread dataset export as a user runs it: what comes out loads elsewhere, what may not be shared stays here."""

import json
import sys
from pathlib import Path

import pytest
import yaml

sys.path.append(str(Path(__file__).parent))

import inside

POLYETHER = Path(__file__).parents[2] / "examples" / "development" / "polyether"
PAIR = {"id": "q1", "paper": "polyether", "passage": "polyether/original", "maker": "questions-direct",
        "prompt": "At what temperature does Quorvelane melt?", "text": "At 146 °C."}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A run of preferences, a corpus of two papers (CC-BY, and one without derivatives), pairs."""
    at = tmp_path_factory.mktemp("dataset")
    for name, licence in (("open", "CC-BY-4.0"), ("closed", "CC-BY-ND-4.0")):
        (at / "papers" / name).mkdir(parents=True)
        body = (POLYETHER / "original.md").read_text().replace("Quorvelane", f"Quorv{name}")
        (at / "papers" / name / "original.md").write_text(f"---\nlicence: {licence}\ndoi: 10.1/{name}\n---\n{body}")
    (at / "pairs.jsonl").write_text(json.dumps(PAIR) + "\n")
    for args in (("ingest", "papers", "--out", "corpus"), ("preferences", POLYETHER, "--out", "p")):
        assert run(at, *args).returncode == 0
    return at


def run(at, *args):
    return inside.wellread(*args, cwd=at)


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_what_may_be_shared_is_written_with_its_card(place):
    done = run(place, "dataset", "export", "p", "pairs.jsonl", POLYETHER / "questions.jsonl",
               "--allow", "polyether=CC-BY-4.0", "--out", "shared", "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    stats = json.loads(done.stdout.splitlines()[-1])
    assert stats["rows"] == {"training": 1, "preferences": 16, "examination": 20}
    assert stats["leaks"]["repeated"] >= 15
    rows = read(place / "shared" / "examination" / "test.jsonl")
    assert {row["licence"] for row in rows} == {"CC-BY-4.0"}
    assert all(isinstance(row["keywords"][0], list) for row in rows)
    text = (place / "shared" / "README.md").read_text()
    head = yaml.safe_load(text.split("---")[1])
    assert head["license"] == "cc-by-4.0"
    assert {c["config_name"] for c in head["configs"]} == set(stats["rows"])
    for config in head["configs"]:
        assert (place / "shared" / config["data_files"][0]["path"]).is_file()
    assert "repeated" in text
    assert str(place) not in text
    again = run(place, "dataset", "export", "p", "--allow", "polyether=CC-BY-4.0", "--out", "shared")
    assert again.returncode == 2
    assert "exists" in again.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["p"], "polyether: it names no licence"),
        (["p", "--allow", "polyeter=CC-BY-4.0"], "Did you mean 'polyether'?"),
        (["p", "--allow", "polyether"], "Write PAPER=LICENCE"),
        (["p", "--allow", "polyether=CC-BY-NC-4.0", "--policy", "commercial"], "non-commercial"),
        (["p", "--allow", "polyether=handshake"], "licence not known"),
        (["p", "--leave-out"], "nothing may be shared"),
        (["p", "--to", "csv"], "unknown format 'csv'"),
        (["p", "--policy", "public"], "unknown policy 'public'"),
        (["hello.jsonl"], "not JSON lines"),
        (["bytes.jsonl"], "not JSON lines"),
        (["no-run"], "no such file or folder"),
        (["papers"], "no run, artefact or file"),
        (["corpus"], "may not be shared"),
    ],
)
def test_what_may_not_be_shared_and_slips_stop_it_in_one_line(place, tmp_path, args, says):
    (place / "hello.jsonl").write_text("hello\n")
    (place / "bytes.jsonl").write_bytes(bytes(range(128, 250)))
    done = run(place, "dataset", "export", *args, "--out", tmp_path / "d")
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "d").exists()
    assert not (tmp_path / "d.half").exists()


def test_the_rest_is_written_where_papers_are_left_out(place):
    done = run(
        place, "dataset", "export", "corpus", "--leave-out", "--allow", "10.1/open=CC-BY-4.0", "--out", "part", "--json"
    )
    assert done.returncode == 0, done.stderr
    stats = json.loads(done.stdout.splitlines()[-1])
    assert stats["papers"] == stats["left_out"]["papers"] == 1
    assert {row["paper"] for row in read(place / "part" / "texts" / "train.jsonl")} == {"10.1/open"}
    (row,) = read(place / "part" / "rejected" / "papers.jsonl")
    assert row["what"] == "10.1/closed"
    assert "10.1/open" in (place / "part" / "README.md").read_text()


def test_of_a_run_what_is_about_the_papers_is_shared(place, tiny_folder):
    done = run(place, "teach", POLYETHER, "--model", tiny_folder, "--out", "taught", "--set", "train.epochs=1", "--set", "train.readings=1",
               "--set", "train.pair_epochs=1", "--set", "examine.max_new_tokens=4", "--set", "rehearse.most=3", "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = run(place, "dataset", "export", "taught", "--allow", "polyether=CC-BY-4.0", "--out", "of-a-run", "--json")
    assert done.returncode == 0, done.stderr
    stats = json.loads(done.stdout.splitlines()[-1])
    assert stats["papers"] == 1
    assert stats["rows"]["examination"] == 20
    assert {row["paper"] for row in read(place / "of-a-run" / "training" / "train.jsonl")} == {"polyether"}


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_datasets_library_loads_it(place, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    out = place / f"as-{form}"
    done = run(place, "dataset", "export", "p", "pairs.jsonl", POLYETHER / "questions.jsonl", "--to", form,
               "--allow", "polyether=CC-BY-4.0", "--out", out)  # fmt: skip
    assert done.returncode == 0, done.stderr
    datasets = pytest.importorskip("datasets", reason="the datasets library isn't installed")
    exam = datasets.load_dataset(str(out), "examination", split="test", cache_dir=str(place / "hf"))
    assert len(exam) == 20
    assert exam[0]["keywords"][0][0]
    assert len(datasets.load_dataset(str(out), "preferences", split="train", cache_dir=str(place / "hf"))) == 16
