"""What a data set is made of: papers that several sources tell of."""

import pytest

from wellread.dataset.rows import gather
from wellread.dataset.sharing import licensed, refused
from wellread.records import Paper, Passage
from wellread.runs.jsonl import write_records


def corpus(folder, policy, licence):
    passage = {"id": "p/original", "paper": "p", "telling": "original", "title": "On X", "text": "X.", "source": "x"}
    paper = Paper(id="p", title="On X", source="x", sha256="0" * 64, policy=policy, licence=licence)
    write_records(folder / "data" / "papers.jsonl.zst", [paper])
    write_records(folder / "data" / "passages.jsonl.zst", [Passage(**passage, sha256="0" * 64)])
    return str(folder)


def reasons(*sources):
    found = gather(sources)
    licensed(found, {})
    return refused(found, "redistribute", {})


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("other", "why"),
    [(("private", "CC-BY-4.0"), "ingested as private"), (("redistribute", "CC-BY-ND-4.0"), "no changed copies")],
)
def test_a_paper_is_as_closed_as_the_strictest_corpus_that_has_it(tmp_path, turn, other, why):
    free = corpus(tmp_path / "free", "redistribute", "CC-BY-4.0")
    closed = corpus(tmp_path / "closed", *other)
    assert reasons(free) == {}
    assert why in reasons(*[free, closed][::turn])["p"]
