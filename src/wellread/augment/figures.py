"""The numbers of a text with their units, whatever the language's way of writing them: 117.5 °C, 117,5 Grad Celsius, 1 250 h.

Digits that belong to a name, a chemical name or a formula (Zelmorane-6, 4-aminophenyl, TiO2) are no numbers.
"""

import re
import unicodedata
from dataclasses import dataclass

from wellread.augment.units import Unit, unit_at

# Thousands may be set apart by spaces, but not after a term that ends in digits: 'LC50 310 mg/L'.
_THOUSANDS = r"(?<![A-Za-zÀ-ɏ])(?<![A-Za-zÀ-ɏ)\]][−–-])\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?:[.,]\d+)?(?!\d)"
_TIMES_TEN = r"\s?[×x·*]\s?10(?:\^?[−–-]?\d+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_NUMBER = re.compile(rf"(?P<n>{_THOUSANDS}|\d+(?:[.,]\d+)*)(?P<e>{_TIMES_TEN})?")
_LABEL = re.compile(
    r"(?:^|\n)[ \t>*_#-]*(?:[QAF]|Question|Answer|Frage|Antwort|Step|Stage|Day|Part|Chapter|Section)?[ \t]*$", re.I
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10,
    "dozen": 12, "both": 2, "twice": 2, "double": 2,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at [start, end) of a text. `values` are its possible readings: '1,234' is 1234 or 1.234."""

    text: str
    values: frozenset[str]
    unit: Unit | None
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """The numbers of `text` that count or measure something, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _is_part_of_name(text, start, end) or _is_numbering(text, start, end):
            continue
        unit = _unit_after(text, end)
        found.append(Figure(match.group().strip(), readings(match["n"], match["e"]), unit, start, end))
    return found


def _unit_after(text: str, end: int) -> Unit | None:
    gap = re.compile(r"[ \u00a0\u202f]?-?(?=\S)").match(text, end)
    at = unit_at(text, gap.end()) if gap else None
    return at[0] if at else None


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    before, after = text[:start][-2:], text[end : end + 2]
    if re.search(r"[A-Za-z)\]][-−–^]$|\^[-−]?$", text[max(0, start - 2) : start]) and not re.search(
        r"\s[-−–]$", text[:start][-2:]
    ):
        return True  # Zelmorane-6, prop-2-ene, cm−1, 10^-6
    if before[-1:].isalpha() and ord(before[-1]) < 0x2E80:
        return True  # TiO2, Fig2
    if after[:1] in ("-", "‑") and (after[1:].isalpha() or after[1:] in ("(", "[")):
        return _unit_after(text, end) is None and not _counts_with_hyphen(text, end)
    if after[:1].isalpha() and ord(after[0]) < 0x2E80 and _unit_after(text, end) is None:
        return True  # 4f, 3D
    if before[-1:] in ("(", "[", ",") and after[:1] in (",", "'") and re.compile(r"[\d,']*-[a-z(]").match(text, end):
        return True  # (1,3-...
    return before[-1:] in ("[",) or text[end : end + 1] == "]"


def _counts_with_hyphen(text: str, end: int) -> bool:
    """'17-unit chains', 'a 4-fold rise': a plain word after the hyphen, not the rest of a chemical name."""
    word = re.compile(r"-([a-z]+)").match(text, end)
    return word is not None and word[1] in (
        "fold",
        "cycle",
        "unit",
        "step",
        "stage",
        "point",
        "member",
        "membered",
        "layer",
    )


def _is_numbering(text: str, start: int, end: int) -> bool:
    """'1.' or '2)' or 'Q3:' at the start of a line, 'Step 2', and Figure 3: these count the text, not the world."""
    mark = text[end : end + 2]
    if mark[:1] in (".", ")", ":") and (len(mark) == 1 or mark[1].isspace() or mark[1] == "*"):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if _LABEL.search("\n" + line):
            return True
    before = text[max(0, start - 12) : start]
    return bool(
        re.search(r"\b(?:Fig(?:ure)?s?|Tables?|Eqs?|Refs?|Step|Question|Q|Section|Chapter|Part|Frage)\.?\s?$", before)
    )


def readings(number: str, exponent: str | None = None) -> frozenset[str]:
    """What `number` may mean, each in one spelling without trailing zeros."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[ \u00a0\u202f’']", "", number))
    tail = ""
    if exponent:
        power = unicodedata.normalize("NFKC", exponent.translate(_SUPERSCRIPTS))
        tail = "e" + re.sub(r"^.*?10\^?", "", power)
    meant = set()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain) and not plain.startswith("0"):
        meant.add(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and not plain.startswith("0"):
        meant.add(plain.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        meant.add(plain.replace(",", "."))
    return frozenset(_short(m) + tail for m in meant or {plain})


def _short(number: str) -> str:
    whole, dot, part = number.partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return whole + dot + part if part else whole


def word_values(text: str) -> frozenset[str]:
    """The values of the number words in `text`: 'two' is 2."""
    return frozenset(str(_WORDS[w]) for m in _WORD.finditer(text) if (w := m.group().casefold()) in _WORDS)


def word_figures(text: str) -> list[tuple[str, str]]:
    """(value, number word with the word or two after it), for counted things: ('2', 'two aluminium centres')."""
    counted = re.compile(r"\b([^\W\d_]+) ((?:[a-z-]+ ){0,2}?[a-z-]+s)\b", re.I)
    found = []
    for match in re.finditer(r"\b[^\W\d_]+(?= [a-z])", text):
        value = _WORDS.get(match.group().casefold())
        thing = counted.match(text, match.start())
        if value and thing:
            found.append((str(value), thing[2].split()[-1]))
    return found
