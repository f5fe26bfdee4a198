"""What the filters know of a paper."""

from typing import NamedTuple


class Draft(NamedTuple):
    """A paper that has been read and not yet judged."""

    title: str
    abstract: str
    """Empty where there is none."""
    opening: str
    """The first words of the text, where there is no abstract."""
    words: int
    language: str | None
    """As ISO 639-1 writes it."""
