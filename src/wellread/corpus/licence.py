"""Licences by their short names: CC-BY-4.0, CC-BY-NC-ND-4.0, CC0-1.0, 'public-domain', 'copyright'.

Source: the addresses and titles of the licences as creativecommons.org publishes them, with the wordings that publishers
use around them. Where a file names several licences, the strictest one counts; CC0, which is often a waiver for the
data alone, counts only where no other is named. A `copyright` paper says that rights are reserved and names no licence.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# With the spaces that the end of a line leaves in an address.
_LINK = re.compile(
    r"creative\s?commons\.\s?org\W{1,3}licen[sc]es?\s?/\s?(by[a-z-]*|nc[a-z-]*)(?:\s?/\s?(\d\.\d))?", re.IGNORECASE
)
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero(?:/(\d\.\d))?|\bCC[ -]?0\b(?:[ -](\d\.\d))?|"
                   r"creative commons (?:zero|(?:cc0 )?public domain (?:dedication|declaration|waiver))", re.IGNORECASE)  # fmt: skip
_PARTS = {
    "NC": r"non[\W_]*commercial|nicht[\W_]*kommerziell|非営利|nc",
    "ND": r"no[\W_]*deriv\w*|non[\W_]*deriv\w*|keine[\W_]*bearbeitung\w*|改変禁止|nd",
    "SA": r"share[\W_]*alike|weitergabe unter gleichen bedingungen|継承|sa",
}
_ANY_PART = "|".join(_PARTS.values())
_BY = r"attributions?|namensnennung|表示|by"
_VERSION = r"(?:\W{1,3}(?:international|generic|unported|public|licen[sc]e|v(?:ersion)?\.?))*\W{0,3}(\d\.\d)?"
_WORDS = re.compile(
    rf"(?:creative\W{{0,3}}commons|クリエイティブ・コモンズ|\bcc)[\W_]{{0,4}}(?:licen[sc]e[\W_]{{1,3}}|lizenz[\W_]{{1,3}}|\(?cc[\W_]{{0,3}})?"
    rf"\(?((?:{_BY})(?:(?:[\W_]|and|und){{0,5}}(?:{_ANY_PART})(?![a-z]))*)(?![a-z]){_VERSION}",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"creativecommons\.org/publicdomain/mark|^public[ -]domain$|(?:is|are|be|as|be in|in) (?:in )?the public domain|"
    r"work of the (?:U\.?S\.?|United States) government|not subject to copyright",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|&copy;|copyright|all rights\s+reserved|alle rechte vorbehalten|rights are reserved|"
    r"exclusive (?:licen[sc]e|rights?\b)|requires? (?:\w+ ){0,3}permission|without (?:\w+ ){0,2}permission|personal use is permitted|無断転載|著作権|tdm_?licen[sc]e|userlicen[sc]e|authorchoice|text and data mining",
    re.IGNORECASE,
)
# What a caption says of somebody else's figure is nothing about the paper.
_BORROWED = re.compile(
    r"\b(?:reproduced|reprinted|adapted|adopted|modified|redrawn|taken) (?:with permission )?(?:from|under|with)\b[^\n]{0,400}",
    re.IGNORECASE,
)
_LONGEST = 600


class Licence(NamedTuple):
    """The short name, or None where nothing is known, and the words it was read from."""

    name: str | None
    words: str | None


def licence(links: Iterable[str], words: str) -> Licence:
    """The licence that `links` (addresses, attributes) and `words` name."""
    links = list(dict.fromkeys(link.strip() for link in links if link.strip()))
    words = " ".join(words.split())
    said = (words or " ".join(links))[:_LONGEST] or None
    places = [*links, words]
    named = [found for place in places for found in _named(place)]
    if named:
        parts = max((parts for parts, _ in named), key=_strictness)
        version = next((version for these, version in named if these == parts and version), "")
        return Licence("-".join(("CC-BY", *parts, version)).rstrip("-"), said)
    for place in places:
        if found := _ZERO.search(place):
            return Licence(f"CC0-{found[1] or found[2] or '1.0'}", said)
    if any(_PUBLIC.search(place) for place in places):
        return Licence("public-domain", said)
    return Licence("copyright" if any(_RESERVED.search(place) for place in places) else None, said)


def licence_in(text: str) -> Licence:
    """The licence that running text, such as that of a PDF's first and last page, names for itself."""
    text = _BORROWED.sub(" ", text)
    found = licence([], text)
    if not found.name:
        return Licence(None, None)
    places = [pattern.search(text) for pattern in (_LINK, _WORDS, _ZERO, _PUBLIC, _RESERVED)]
    place = next(place.start() for place in places if place)
    return Licence(found.name, " ".join(text[max(0, place - 150) : place + 250].split()))


def _named(place: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The parts after BY and the version of each licence in `place`."""
    low = place.lower()
    if "creative" not in low and "cc" not in low and "クリエイティブ" not in low:
        return  # most words of a paper's first pages
    for pattern in (_LINK, _WORDS):
        for found in pattern.finditer(place):
            yield tuple(part for part, spelt in _PARTS.items() if _has(spelt, found[1])), found[2] or ""


def _has(spelt: str, words: str) -> bool:
    return re.search(rf"(?<![a-z])(?:{spelt})(?![a-z])", words, re.IGNORECASE) is not None


def _strictness(parts: tuple[str, ...]) -> int:
    return 4 * ("ND" in parts) + 2 * ("NC" in parts) + ("SA" in parts)
