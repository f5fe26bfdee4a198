"""Keywords of a question: what sort of answer one is, and the spellings in which it counts.

Source: the keys of Hatakeyama-Sato et al. 2023 are strings that a right answer holds; the spellings are ours.
"""

import re

from wellread.quantities import quantities
from wellread.records import Keyword

_NUMBER = re.compile(r"(?:about |pH |[~≈<>≤≥±+−–-]\s?)?\d+(?:[.,]\d+)*(?![\w,]*-\w)(?![A-Za-z]*\d)")
_SYSTEMATIC = re.compile(r"\d[,\d]*'?-[a-z(\[]|[a-z)\]]-\d+(?:,\d+)*-")
_WITH_UNIT = re.compile(r"(?P<number>.*\d)\s?(?P<unit>[^\d\s.,].*)")
_UNITS = {
    "%": ("percent", "per cent"), "°C": ("degrees Celsius",), "h": ("hours",), "min": ("minutes",), "s": ("seconds",),
    "d": ("days",), "K": ("kelvin",), "nm": ("nanometres", "nanometers"), "cm": ("centimetres", "centimeters"),
    "km": ("kilometres", "kilometers"), "g": ("grams",), "kg": ("kilograms",), "L": ("litres", "liters"), "V": ("volts",),
}  # fmt: skip
_AMERICAN = ((r"(?<=\w\w\w\w)is(?=(?:e[sd]?|ing|ations?)\b)", "iz"), ("aluminium", "aluminum"), ("sulph", "sulf"),
             ("colour", "color"), ("vapour", "vapor"), ("fibre", "fiber"), ("centre", "center"))  # fmt: skip


def sort_of(key: str) -> str:
    """'number' with its unit, 'chemical', 'name' or 'words': the options of a question are all of one sort."""
    if _SYSTEMATIC.search(key):
        return "chemical"
    if _NUMBER.match(key):
        known, unit = quantities(key), _WITH_UNIT.fullmatch(key)
        of = (
            "pH"
            if key.startswith("pH ")
            else known[0].kind
            if known and known[0].kind
            else unit["unit"]
            if unit
            else ""
        )
        return f"number {of}".strip()
    return "name" if any(c.isupper() or c.isdigit() for c in key) else "words"


def spellings(key: str) -> Keyword:
    """`key` and other ways to write it: 99.5%, 99.5 percent; hydrogen bonds, hydrogen bond; polymerised, polymerized."""
    key = " ".join(key.split())
    sort = sort_of(key)
    found = [key]
    if sort.startswith("number") and (match := _WITH_UNIT.fullmatch(key)):
        found += [f"{match['number']} {name}" for name in (match["unit"], *_UNITS.get(match["unit"], ()))]
    if sort == "words":
        found += [_other_number(key), key.replace("-", " ")]
        for british, american in _AMERICAN:
            found += [re.sub(british, american, one) for one in found]
    return tuple(dict.fromkeys(found))


def _other_number(key: str) -> str:
    """The singular of a plural and the reverse, of two or three words: one alone may be a verb."""
    if not 2 <= len(key.split()) <= 3 or not key[-1].isalpha() or key.endswith(("ss", "us", "is", "y", "ly")):
        return key
    return key.removesuffix("s") if key.endswith("s") else f"{key}s"
