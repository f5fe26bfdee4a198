"""Sections become passages: paragraphs are never torn unless one alone is too long, sections are never mixed."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wellread.corpus.parsed import Section, SectionKind
from wellread.corpus.wordcount import words

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


class Chunk(NamedTuple):
    """A passage to be; `kind` is the section's."""

    kind: SectionKind
    text: str
    words: int


def chunks(sections: Sequence[Section], limit: int) -> Iterator[Chunk]:
    """Cut `sections` into pieces of at most `limit` words each, at paragraph borders.

    Sections of one kind that follow one another are taken together; a heading stays with what follows it.
    """
    for kind, group in itertools.groupby(sections, key=lambda section: section.kind):
        held: list[str] = []
        size = 0
        for text, n in _pieces(group, limit):
            if held and size + n > limit:
                yield Chunk(kind, "\n\n".join(held), size)
                held, size = [], 0
            held.append(text)
            size += n
        if held:
            yield Chunk(kind, "\n\n".join(held), size)


def _pieces(sections: Iterator[Section], limit: int) -> Iterator[tuple[str, int]]:
    """Paragraphs with their number of words, the first of a section with its heading and those above it."""
    headings: list[str] = []
    for section in sections:
        if section.heading:
            headings.append(section.heading)
        for paragraph in section.text.split("\n\n"):
            if not paragraph.strip():
                continue
            text = "\n\n".join([*headings, paragraph])
            headings = []
            n = words(text)
            if n <= limit:
                yield text, n
            else:
                yield from _torn(text, limit)


def _torn(paragraph: str, limit: int) -> Iterator[tuple[str, int]]:
    """A paragraph that is too long, cut between sentences, and within one that is too long itself."""
    held, size = "", 0
    for sentence in _SENTENCE.split(paragraph):
        for part in _short(sentence, limit):
            n = words(part)
            if held and size + n > limit:
                yield held, size
                held, size = "", 0
            held = f"{held} {part}" if held else part
            size += n
    if held:
        yield held, size


def _short(sentence: str, limit: int) -> Iterator[str]:
    """`sentence` whole, or in parts of at most `limit` words; signs that no space separates are cut too."""
    if words(sentence) <= limit:
        yield sentence
        return
    parts = sentence.split()
    for start in range(0, len(parts), limit):
        text = " ".join(parts[start : start + limit])
        if words(text) <= limit:
            yield text
        else:
            yield from (text[i : i + limit] for i in range(0, len(text), limit))
