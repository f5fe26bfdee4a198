"""What the model card says of the data's licences."""

from wellread.records import REHEARSAL, Example, Paper
from wellread.train.card import licences

BY, ND, NC = "CC-BY-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0"


def example(paper: str, n: int, licence: str | None) -> Example:
    return Example(id=f"{paper}/{n}", paper=paper, passage=paper, maker="text", text="x", licence=licence)


def paper(name: str, licence: str | None, policy: str | None = None) -> Paper:
    return Paper(id=name, title="T", source="s", sha256="0", licence=licence, policy=policy)


def test_the_table_counts_papers_and_examples_and_names_the_strictest() -> None:
    lines = licences([example("a", 1, BY), example("a", 2, BY), example("a", 2, BY), example("b", 1, NC)], [])
    assert lines[2:4] == [f"| {BY} | 1 | 2 |", f"| {NC} | 1 | 1 |"]
    assert lines[-1] == f"The strictest is **{NC}**."


def test_what_may_not_be_shared_is_marked_with_its_reason() -> None:
    assert "**Not to be shared**: CC-BY-ND-4.0 allows no changed copies" in licences([example("a", 1, ND)], [])[-1]
    lines = licences([example("a", 1, None), example("b", 1, BY)], [])
    assert "| unknown | 1 | 1 |" in lines
    assert "The strictest is **unknown**. **Not to be shared**: it names no licence" in lines[-1]


def test_an_example_without_a_licence_has_that_of_its_paper() -> None:
    assert licences([example("a", 1, None)], [paper("a", BY)])[-1] == f"The strictest is **{BY}**."


def test_private_papers_are_marked_whatever_their_licence() -> None:
    lines = licences([example("a", 1, BY)], [paper("a", BY, "private"), paper("b", BY, "private")])
    assert lines[-1].endswith("**Not to be shared**: 1 paper comes from a corpus that was ingested as private.")
    assert "shared" not in licences([example("a", 1, BY)], [paper("a", BY, "redistribute")])[-1]


def test_the_models_own_words_need_no_licence() -> None:
    rehearsed = [example("a", 1, BY), example(REHEARSAL, 1, None)]
    assert licences(rehearsed, [])[2:] == [f"| {BY} | 1 | 1 |", "", f"The strictest is **{BY}**."]
