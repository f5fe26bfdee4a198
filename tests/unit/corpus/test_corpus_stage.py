"""The stage: records, counts, and nothing half-written."""

import hashlib
import json
from pathlib import Path

import pytest

from wellread.corpus.config import CorpusConfig
from wellread.corpus.stage import run, sources, words
from wellread.errors import InputError
from wellread.records import Paper, Passage
from wellread.runs.jsonl import read_records, read_rows

ARTICLE = b"""<article><front><article-meta><article-id pub-id-type="doi">10.1/x</article-id>
<permissions><license><license-p>CC BY 4.0</license-p></license></permissions></article-meta></front>
<body><p>Words of the article.</p><fig/></body></article>"""


@pytest.fixture
def papers(tmp_path):
    root = tmp_path / "papers" / "polyether"
    (root / "languages").mkdir(parents=True)
    (root / "original.md").write_text("# The *Title*\n\nOne two.", encoding="utf-8")
    (root / "article.xml").write_bytes(ARTICLE)
    (root / "scan.png").write_bytes(b"\x89PNG")
    alone = tmp_path / "papers" / "alone.txt"
    alone.write_text("固体 three", encoding="utf-8")
    return CorpusConfig(papers=(str(root), str(alone)))


def test_records_and_counts(papers, tmp_path):
    out = tmp_path / "out"
    stats = run(papers, {}, out)
    assert stats == {
        "papers": 2,
        "passages": 3,
        "words": 4 + 5 + 3,
        "tellings": ["original", "article", "alone"],
        "rejected": 1,
        "not_read": [str(Path(papers.papers[0]) / "languages")],
        "left_out": {"figures": 1},
        "unrelated": 0,
    }
    json.dumps(stats)
    told = read_records(out / "data" / "passages.jsonl.zst", Passage)
    assert [passage.id for passage in told] == ["polyether/original", "polyether/article", "alone/alone"]
    assert told[0].text == "The Title\n\nOne two."
    assert told[1].sha256 == hashlib.sha256(ARTICLE).hexdigest()
    first, second = read_records(out / "data" / "papers.jsonl.zst", Paper)
    assert (first.id, first.title, first.licence, first.doi) == ("polyether", "The Title", "CC-BY-4.0", "10.1/x")
    assert (second.id, second.licence) == ("alone", None)
    (refused,) = read_rows(out / "rejected" / "files.jsonl")
    assert refused["what"].endswith("scan.png")
    assert "format not read" in refused["reason"]


def test_sources_change_with_contents_and_order(papers):
    before = sources(papers)
    assert list(before) == ["polyether/original.md", "polyether/article.xml", "alone/alone.txt"]
    assert before["polyether/article.xml"] == hashlib.sha256(ARTICLE).hexdigest()
    original = Path(papers.papers[0]) / "original.md"
    original.write_text("# Another\n\nText.", encoding="utf-8")
    after = sources(papers)
    assert [name for name in before if before[name] != after[name]] == ["polyether/original.md"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("empty.md", b"", "is empty"),
        ("white.txt", b" \n\t", "only white space"),
        ("white.xml", b" \n\t", "only white space"),
        ("picture.md", b"\x89PNG\x00\x01", "is not text"),
        ("old.md", "Größe".encode("latin-1"), "is not UTF-8: byte 0xf6 at offset 2"),
        ("broken.xml", b"<article><p></article>", "is broken XML: line 1"),
        ("bomb.xml", b'<!DOCTYPE article [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><article/>', "declares XML entities"),
        ("other.xml", b"<other/>", "its root is <other>"),
    ],
)
@pytest.mark.parametrize("in_folder", [True, False])
def test_bad_files_leave_nothing_behind(name, raw, said, in_folder, tmp_path):
    path = tmp_path / "paper" / name
    path.parent.mkdir()
    path.write_bytes(raw)
    config = CorpusConfig(papers=(str(path.parent if in_folder else path),))
    with pytest.raises(InputError, match=said):
        sources(config)
    with pytest.raises(InputError, match=said) as caught:
        run(config, {}, tmp_path / "out")
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_words():
    assert words("one two-three 4.5 %") == 4
    assert words("固体の Nuvressite") == 4
