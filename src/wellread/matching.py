"""Where a keyword stands in an answer: whole words, numbers by value, however spaces and dashes are written.

An answer becomes tokens (words, numbers, single signs) that remember where they stood. A keyword is found where its
tokens follow one another. So `212 °C` is found in '212°C' and in '212 degrees Celsius', `1200` in '1,200' and '1200mg',
`0.5` in '0.50' and '0,5', `10^5` in '10⁵'; but `12` isn't found in '112', '12.5', '-12', '12⁵' or 'PX-12'.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from wellread.numerals import DIGITS, PARTING, with_point

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_SIGNS = _DASHES | dict.fromkeys(map(ord, "’‘ʼʹ′"), "'") | {ord("×"): " x "}
_NUMBER = rf"(?P<minus>(?<![\w)\]])-|(?<!\d )\bminus )?(?P<digits>{DIGITS})"
_SPACELESS = "぀-ヿ㐀-鿿가-힣"  # scripts in which words stand without spaces: each character is a token
_NO_WORD = re.compile(r"[\W_]+")
_RAISED = "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a]*", re.DOTALL)  # a letter and the accents that follow it
_POWER = re.compile(r"(?<=[x×·*])\s?10([-−–‐‑])(?=\d)")  # 3 × 10-4, as raised digits end in plain text
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[{_SPACELESS}]|[^\W\d_{_SPACELESS}]+)|(?P<sign>\S)")

#: Other ways to write a unit or a small number. They are looked up as whole token runs.
_SAME = {
    "percent": "%", "per cent": "%", "degrees celsius": "°c", "degree celsius": "°c", "degrees c": "°c", "degree c": "°c",
    "hours": "h", "hour": "h", "hrs": "h", "minutes": "min", "minute": "min", "mins": "min", "seconds": "s",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A word, number or sign: how it compares, and where it stood in the text, [start, end)."""

    key: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text`."""
    folded, origin = _fold(text)
    found = []
    for m in _TOKEN.finditer(folded):
        found.append(Token(_value(m) if m["number"] else m[0], origin[m.start()], origin[m.end() - 1] + 1))
    return _unified(found)


def _value(number: re.Match[str]) -> str:
    """The number, as it compares."""
    return str(Decimal(("-" if number["minus"] else "") + with_point(number["digits"])).normalize())


def find(keyword: str, text: str) -> list[tuple[int, int]]:
    """Every place where `keyword` stands in `text` as whole words, as [start, end) offsets into `text`."""
    return find_tokens(tokens(keyword), tokens(text), text)


def find_tokens(wanted: list[Token], have: list[Token], text: str) -> list[tuple[int, int]]:
    """As `find`, over tokens that were made before."""
    keys = [t.key for t in wanted]
    if not keys:
        return []
    places = []
    for i in range(len(have) - len(keys) + 1):
        run = have[i : i + len(keys)]
        if [t.key for t in run] == keys and _stands_alone(run, text):
            places.append((run[0].start, run[-1].end))
    return places


def _stands_alone(run: list[Token], text: str) -> bool:
    """Whether the run of tokens isn't part of a longer word, such as H2 in H2O or 7 in PX-7."""
    start, end = run[0].start, run[-1].end
    before, after = text[:start], text[end:]
    if before and _joins(before[-1], text[start]):
        return False
    if after and _joins(text[end - 1], after[0]):
        # A unit written right after its number ('212°C', '48h') is a token of its own, not a longer word.
        return after[0].isalpha() and text[end - 1].isdigit() and not any(map(str.isalpha, text[start:end]))
    if text[start].isdigit() and re.search(r"[^\W\d_][-‐‑–−]$|\^[-−]?$", before):
        return False
    return not (text[end - 1].isdigit() and after.startswith("^"))


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word. Scripts without spaces have no such borders."""
    return left.isalnum() and right.isalnum() and not re.search(f"[{_SPACELESS}]", left + right)


def _fold(text: str) -> tuple[str, list[int]]:
    """`text` case-folded and compatibility-normalised, and for each new character the index of its old one.

    Raised digits follow a number as a power, 10^5, and a unit as plain digits, cm-1: both are written either way.
    """
    out: list[str] = []
    origin: list[int] = []
    parting = {m.start() for m in PARTING.finditer(text)}
    powers = {m.start(1) for m in _POWER.finditer(text)}
    for cluster in _CLUSTER.finditer(text):
        i, char = cluster.start(), cluster[0]
        before = text[i - 1 : i]
        new = unicodedata.normalize("NFKC", char).casefold().translate(_SIGNS)
        if i in parting:
            new = ""
        elif i in powers or (char in _RAISED and before.isdecimal()):
            new = f"^{new}"
        elif char == "^" and before.isalpha():
            new = ""
        out.append(new)
        origin += [i] * len(new)
    return "".join(out), origin


def _unified(found: list[Token]) -> list[Token]:
    """Tokens with other spellings of units and small numbers replaced by the usual one; split signs like ° and c joined."""
    done: list[Token] = []
    i = 0
    while i < len(found):
        for width in (2, 1):
            run = found[i : i + width]
            if len(run) < width:
                continue
            words = " ".join(t.key for t in run)
            same = _SAME.get(words) or ("°c" if words == "° c" else None)
            if same:
                done.append(Token(same, run[0].start, run[-1].end))
                i += width
                break
        else:
            done.append(found[i])
            i += 1
    return done


def normalised(text: str) -> str:
    """Lower case, one form of each letter, no punctuation, single spaces: what two spellings have in common."""
    return _NO_WORD.sub(" ", folded(text)).strip()


def folded(text: str) -> str:
    """Letters in one form and case (Unicode's NFKC case folding), dashes as hyphens."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", once.casefold()).translate(_DASHES)
