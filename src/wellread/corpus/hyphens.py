"""Words that the end of a line cut, made whole again."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ASCII_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")  # found in half the time
_CUT = re.compile(r"([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
# What these begin is written with a hyphen more often than not.
_PREFIXES = {
    "all",
    "non",
    "self",
    "solid",
    "high",
    "low",
    "well",
    "long",
    "short",
    "two",
    "three",
    "one",
    "half",
    "quasi",
}


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The words of a paper, those with hyphens too, casefolded."""
    lines: dict[bool, list[str]] = {True: [], False: []}
    for text in texts:
        lines[text.isascii()].append(text)
    found = set(_ASCII_WORD.findall("\n".join(lines[True]).lower()))
    return found | set(_WORD.findall("\n".join(lines[False]).casefold()))


def whole(lines: Iterable[str], words: set[str]) -> str:
    """The lines as one text; `words` is the paper's vocabulary."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts[-1], glue = _seam(parts[-1], line, words)
            parts.append(glue)
        parts.append(line)
    return "".join(parts)


def joined(text: str, line: str, words: set[str]) -> str:
    """`line` after `text`."""
    return whole((text, line), words)


def _seam(text: str, line: str, words: set[str]) -> tuple[str, str]:
    """`text` as it reads before `line`, and what goes between them.

    A hyphen at the end stays where the paper writes the word with one elsewhere.
    """
    cut = _CUT.search(text[-60:]) if text.endswith("-") else None
    rest = _FIRST.match(line)
    if not cut:
        return text, "" if text.endswith(("-", "–", "/")) and text[-2:-1] != " " else " "
    if not rest or not rest[0][0].islower():
        return text, ""
    one, two = (cut[1] + rest[0]).casefold(), f"{cut[1]}-{rest[0]}".casefold()
    if one not in words and (two in words or (cut[1].casefold() in _PREFIXES and rest[0].casefold() in words)):
        return text, ""
    return text[:-1], ""
