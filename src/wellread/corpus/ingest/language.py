"""The language of a text, by py3langid (BSD; its model comes inside the package; 97 languages)."""

from functools import cache
from typing import Any

# Enough to be sure of a language; more costs time and tells nothing new.
_LETTERS = 800
_COMMON = {
    "the",
    "of",
    "and",
    "to",
    "with",
    "for",
    "by",
    "is",
    "was",
    "were",
    "are",
    "that",
    "as",
    "at",
    "from",
    "this",
    "which",
}


def language(text: str) -> str | None:
    """The language that `text` is written in, as ISO 639-1 has it, or None where there are no letters to tell by."""
    start = len(text) // 3  # past the abstract, which is often in English whatever the paper is in
    sample = text[start : start + _LETTERS]
    if _is_english(sample):
        return "en"
    return str(_classifier().classify(sample)[0]) if any(sign.isalpha() for sign in sample) else None


def _is_english(sample: str) -> bool:
    """Whether every sixth word is one of English's commonest, 'the' and 'of' among them: then there is nothing to ask."""
    found = sample.split()
    common = [word for word in found if word in _COMMON]
    return len(common) * 6 > len(found) and "the" in common and "of" in common


@cache
def _classifier() -> Any:
    import py3langid  # its model takes a moment to load

    return py3langid
