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
# Said beside the paper's own terms, which may be anybody's.
_FOR_DATA = re.compile(r"(?:applies|apply|applied) to (?:the|all|any) (?:research )?(?:meta)?data\b", re.IGNORECASE)
_PARTS = {
    "NC": r"non[\W_]*commerci\w*|nicht[\W_]*kommerziell|pas d\W?utilisation commerciale|n[oã]o?[\W_]*comercial|非営利|非商业性使用|nc",
    "ND": r"non?[\W_]*deriv\w*(?:[\W_]works?)?|keine[\W_]*bearbeitung\w*|pas de modifications?|sin[\W_]*obras?[\W_]*derivadas?|"
    r"sin[\W_]*derivad\w*|sem[\W_]*deriva\w*|non[\W_]*opere[\W_]*derivate|改変禁止|禁止演绎|nd",
    "SA": r"share[\W_]*alike|weitergabe unter gleichen bedingungen|partage dans les mêmes conditions|partage à l\W?identique|"
    r"compartir[\W_]*igual|compartilha\w*[\W_]*igual|condividi allo stesso modo|継承|相同方式共享|sa",
}
_ANY_PART = "|".join(_PARTS.values())
_SPELT_PART = "|".join(spelt.rpartition("|")[0] for spelt in _PARTS.values())
_SPELT_BY = r"attributions?|namensnennung|reconocimiento|atribución|atribuição|attribuzione|paternité|表示|署名"
_JOINT = r"(?:[^\w.;:]|_|\d\.\d|and|und|et|licen[sc]e|international|unported){0,6}"
_VERSION = r"(?:\W{1,3}(?:international|generic|unported|public|licen[sc]e|works?|v(?:ersion)?\.?))*\W{0,3}(\d\.\d)?"
_CC = r"\bcc(?![\s.,;)]+(?-i:[Bb]y)\s+(?!licen|and\b)[a-z]{3})"  # 'CC BY', but not '5 cc by injection'
_WORDS = re.compile(
    rf"(?:creative\W{{0,3}}commons?|クリエイティブ・コモンズ|知识共享|{_CC})[\W_]{{0,4}}(?:licen[sc]e[\W_]{{1,3}}|lizenz[\W_]{{1,3}}|\(?cc[\W_]{{0,3}})?"
    rf"\(?((?:by|{_SPELT_BY}|{_SPELT_PART})(?:{_JOINT}(?:{_SPELT_BY}|{_ANY_PART})(?![a-z]))*)(?![a-z]){_VERSION}",
    re.IGNORECASE,
)
# 'Attribution-NonCommercial', which is said of nothing else, needs no 'Creative Commons' before it.
_TITLE = re.compile(
    rf"\b((?:{_SPELT_BY})(?:[\s_\u2010-\u2015-]{{1,3}}(?:{_SPELT_PART})(?![a-z]))+){_VERSION}|"
    rf"\b(attribution) (\d\.\d) (?:international|unported)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\bcc[ -]?by((?:nc|nd|sa)+)\b", re.IGNORECASE)  # as Semantic Scholar has it
_PUBLIC = re.compile(
    r"creativecommons\.org/(?:publicdomain/mark|licenses/publicdomain)|^public[ -]domain$|(?:is|are|be|as|be in|in) (?:in )?the public domain|"
    r"work of the (?:U\.?S\.?|United States) government|(?:U\.?S\.?|United States) government work|not subject to (?:U\.?S\.? )?copyright",
    re.IGNORECASE,
)
_PUBLIC_WORDS = (
    "public domain",
    "public-domain",
    "publicdomain",
    "government",
    "not subject to",
)  # one is in all that it finds
_RESERVED = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|&copy;|copyright|all rights\s+reserved|alle rechte vorbehalten|tous droits réservés|rights are reserved|"
    r"derechos reservados|exclusive (?:licen[sc]e|rights?\b)|requires? (?:\w+ ){0,3}permission|without (?:\w+ ){0,2}permission|personal use is permitted|"
    r"無断転載|著作権|tdm_?licen[sc]e|/tdm\b|userlicen[sc]e|authorchoice|text[ -]and[ -]data[ -]min|termsandconditions|standard journals publication model",
    re.IGNORECASE,
)
# What a caption says of somebody else's figure is nothing about the paper.
_BORROWED = re.compile(
    r"\b(?:reproduced|reprinted|adapted|adopted|modified|redrawn|taken) (?:with permission )?(?:from|under|with)\b[^\n]{0,400}",
    re.IGNORECASE,
)
# Nor is what is said of the data.
_DEPOSITED = re.compile(
    r"\b(?:data|datasets?|database|code|software|scripts?|videos?|icons?)\b"
    r"(?:(?!articles?\b|papers?\b|works?\b|manuscript|open.access)[^.]){0,80}\bunder\b(?:(?!\.\s+(?-i:[A-Z])).){0,120}",
    re.IGNORECASE | re.DOTALL,
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
    places = [_GLUED.sub(_parted, place) for place in (*links, words)]
    named = [found for place in places for found in _named(place)]
    if named:
        parts = max((parts for parts, _ in named), key=_strictness)
        version = next((version for these, version in named if these == parts and version), "")
        return Licence("-".join(("CC-BY", *parts, version)).rstrip("-"), said)
    for place in () if _FOR_DATA.search(words) else places:
        if found := _ZERO.search(place):
            return Licence(f"CC0-{found[1] or found[2] or '1.0'}", said)
    if any(_is_public(place) for place in places):
        return Licence("public-domain", said)
    return Licence("copyright" if any(_RESERVED.search(place) for place in places) else None, said)


def _is_public(place: str) -> bool:
    """Whether it says that nobody owns the paper. What the words have in common is looked for first: they are slow to find."""
    folded = place.casefold()
    return any(word in folded for word in _PUBLIC_WORDS) and _PUBLIC.search(place) is not None


def licence_in(text: str) -> Licence:
    """The licence that running text, such as that of a PDF's first and last page, names for itself."""
    text = _DEPOSITED.sub(" ", _BORROWED.sub(" ", text))
    found = licence([], text)
    if not found.name:
        return Licence(None, None)
    places = (pattern.search(text) for pattern in (_LINK, _WORDS, _TITLE, _ZERO, _PUBLIC, _RESERVED))
    place = next(place.start() for place in places if place)
    return Licence(found.name, " ".join(text[max(0, place - 150) : place + 250].split()))


def _named(place: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The parts after BY and the version of each licence in `place`."""
    low = place.lower()
    if not any(sign in low for sign in ("creative", "cc", "attribution", "クリエイティブ", "知识共享")):
        return  # most words of a paper's first pages
    for pattern in (_LINK, _WORDS, _TITLE):
        for found in pattern.finditer(place):
            said = found[1] or found[0]
            version = found[2] or next(iter(re.findall(r"\d\.\d", said)), "")
            yield tuple(part for part, spelt in _PARTS.items() if _has(spelt, said)), version


def _parted(found: re.Match[str]) -> str:
    return "-".join(("CC-BY", *re.findall("..", found[1])))


def _has(spelt: str, words: str) -> bool:
    return re.search(rf"(?<![a-z])(?:{spelt})(?![a-z])", words, re.IGNORECASE) is not None


def _strictness(parts: tuple[str, ...]) -> int:
    return 4 * ("ND" in parts) + 2 * ("NC" in parts) + ("SA" in parts)
