"""Sections become passages."""

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from wellread.corpus.ingest.chunks import chunks
from wellread.corpus.parsed import Section
from wellread.corpus.wordcount import opening, words


def section(kind: str, *sizes: int, heading: str = "") -> Section:
    return Section(heading=heading, kind=kind, text="\n\n".join(" ".join(["word"] * n) for n in sizes))


def test_at_paragraph_borders() -> None:
    found = list(chunks([section("methods", 40, 40, 40)], 90))
    assert [(chunk.words, chunk.text.count("\n\n")) for chunk in found] == [(80, 1), (40, 0)]


def test_sections_are_not_mixed_and_headings_stay_with_what_follows() -> None:
    parts = [
        section("introduction", 30),
        section("methods", 50, heading="Cells"),
        section("methods", 49, heading="Heat"),
    ]
    found = list(chunks(parts, 60))
    assert [chunk.kind for chunk in found] == ["introduction", "methods", "methods"]
    assert [chunk.text.split("\n\n")[0] for chunk in found[1:]] == ["Cells", "Heat"]
    assert len(list(chunks(parts, 200))) == 2


def test_a_heading_without_text_goes_before_the_next() -> None:
    parts = [Section(heading="Results", kind="results", text=""), section("results", 3, heading="Films")]
    assert [chunk.text for chunk in chunks(parts, 60)] == ["Results\n\nFilms\n\nword word word"]


def test_a_paragraph_that_is_too_long_is_cut_between_sentences() -> None:
    text = "One two three. Four five six. Seven eight nine ten eleven."
    found = list(chunks([Section(heading="", kind="other", text=text)], 6))
    assert [chunk.text for chunk in found] == ["One two three. Four five six.", "Seven eight nine ten eleven."]


@hypothesis.settings(deadline=None)
@given(st.lists(st.text("ab \n.。固体", max_size=80), max_size=6), st.integers(1, 9))
def test_nothing_is_lost_and_nothing_too_long(texts: list[str], limit: int) -> None:
    sections = [Section(heading="", kind="other", text=text) for text in texts]
    found = list(chunks(sections, limit))
    assert all(chunk.words <= limit and chunk.words == words(chunk.text) for chunk in found)
    assert "".join("".join(texts).split()) == "".join("".join(chunk.text for chunk in found).split())


@hypothesis.settings(deadline=None)
@given(st.text(max_size=200))
def test_words_and_opening_agree(text: str) -> None:
    assert len(opening(text, 1000)) == words(text)
    assert opening(text, 3) == opening(text, 1000)[:3]
