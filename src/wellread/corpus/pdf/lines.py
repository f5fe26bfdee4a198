"""From the characters of a page to pieces of lines, with raised and lowered characters written out.

Source: the text interface of PDFium (fpdf_text.h). A piece is what stands together on one base line.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from ctypes import c_void_p
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pypdfium2.raw as pdfium

from wellread.corpus.pdf.characters import (
    ACCENTS,
    THIN,
    WIDE,
    address,
    angle,
    base_and_size,
    boxes,
    characters,
    follows,
    font,
)
from wellread.corpus.scripts import subscript, superscript

_SPACE = 0.3  # a gap of that share of the line height is a space
_RAISED, _LOWERED, _SMALL = 0.14, -0.06, 0.92
_UPRIGHT = 0.1  # radians
_TITLED = re.compile(r"(\w[^.:]{2,60}[.:])\s+(?=\S)")
_SHORTEST_TEXT = 8  # letters on a line after a heading that runs into it
_SPACES = " \xa0\t"
_BOLD = re.compile(r"bold|black|heavy|semib|demi|[.-]b$|^cmbx", re.IGNORECASE)
_CITES = re.compile(r"[\s,;*†‡§‖¶a-e]*\d{1,3}(?:[\s,;–‐-]+\d{1,3})*[\s,;*†‡§‖¶]*|[*†‡§‖¶#]+")
_ITALIC = re.compile(r"ital|obliq|[.-]i$|^cmti", re.IGNORECASE)
_UNITS = {
    "cm",
    "mm",
    "nm",
    "km",
    "dm",
    "μm",
    "µm",
    "kg",
    "mg",
    "ft",
    "in",
    "Hz",
    "eV",
    "px",
    "pm",
    "fm",
    "ms",
    "ns",
    "min",
}
_PLAIN = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D400, 0x1D800)
}  # mathematical letters
_PLAIN |= {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\xad": "-",
    "\x02": "-",
    "￾": "-",
}
_LETTERS = str.maketrans(_PLAIN)


class Piece(NamedTuple):
    """Words on one base line: where they stand (points, from the lower left corner), how large, how heavy."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    weight: int  # 2 for bold, 1 for italic letters
    font: int  # a number for its name: many fonts don't say that they are bold or italic
    lead: int  # so many letters at the start are a bold heading that runs into its paragraph
    text: str


class _Run(NamedTuple):
    """Characters of one height, one after another."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    first: int


def pieces(text_page: Any) -> tuple[list[Piece], int]:
    """The pieces of a page in the order of its file, and how many were left out because they stand on their side."""
    count, page = pdfium.FPDFText_CountChars(text_page), address(text_page)
    found: list[Piece] = []
    together: list[_Run] = []
    main, weight, turned = None, 0.0, 0
    for run in _runs(page, count) if count > 0 else ():
        if abs(angle(page, run.first)) > _UPRIGHT:
            turned += 1
            continue
        if main and not _goes_on(main, together[-1], run):
            found += _piece(page, together, main)
            together, main = [], None
        together.append(run)
        if main is None or _weight(run) > weight:
            main, weight = run, _weight(run)
    return found + (_piece(page, together, main) if main else []), turned


def _goes_on(main: _Run, last: _Run, run: _Run) -> bool:
    """Whether `run` stands on the line of `main`, right after the `last` run on it."""
    height = max(main.top - main.bottom, run.top - run.bottom)
    gap = run.left - last.right
    return -0.4 * height < gap < WIDE * height and abs(run.base - main.base) < 0.55 * height


def _weight(run: _Run) -> float:
    return len(run.text.strip()) * (run.top - run.bottom)


def _runs(page: c_void_p, count: int) -> Iterator[_Run]:
    """The page's characters, parted where height or base line change, and at wide gaps."""
    text = characters(page, count)
    places = boxes(page, text)
    starts = np.flatnonzero(~follows(text, places))
    ends = [*starts[1:].tolist(), len(text)]
    lasts = places[np.array(ends) - 1].tolist()
    letters: list[str] = []
    left = right = bottom = top = last = 0.0
    first, accent = -1, ""
    middle = 0.0  # of the accent that waits for its letter
    for index, end, (x0, t, x1, b), (x0_end, _, x1_end, _) in zip(
        starts.tolist(), ends, places[starts].tolist(), lasts, strict=True
    ):
        sign, height = text[index], t - b
        if height <= 0:
            if letters and sign in _SPACES:
                letters.append(" ")
            continue
        if sign in ACCENTS and letters:
            if last <= (x0 + x1) / 2 <= right and letters[-1][-1].isalpha():
                letters.append(ACCENTS[sign])
            else:
                accent, middle = ACCENTS[sign], (x0 + x1) / 2
            continue
        if accent:
            sign, accent = sign + accent if x0 <= middle <= x1 else sign, ""
        more = sign + text[index + 1 : end]
        if letters and x0 == last and x1 == right:  # a ligature, told letter by letter
            letters.append(more)
            last, right = x0_end, x1_end
            continue
        space = x0 - right
        held = letters[-1][-1] if letters else " "
        near = -0.4 * height < space < WIDE * height
        if near and letters and -0.3 < b - bottom < 0.3 and -0.3 < t - top < 0.3:
            if held != " " and (space > _SPACE * height or (space > THIN * height and _parts(held, sign))):
                letters.append(" ")
            letters.append(more)
            last, right = x0_end, x1_end
            continue
        if letters:
            yield _Run("".join(letters), left, right, bottom, top, *base_and_size(page, first), first)
        letters = [" ", more] if near and held != " " and space > _SPACE * height else [more]
        left, right, bottom, top, first = x0, x1_end, b, t, index
        last = x0_end
    if letters:
        yield _Run("".join(letters), left, right, bottom, top, *base_and_size(page, first), first)


def _parts(before: str, sign: str) -> bool:
    return (before.isdigit() and sign.isalpha()) or (before.islower() and sign.isupper())


def _piece(page: c_void_p, runs: list[_Run], main: _Run) -> list[Piece]:
    """`runs` as one; `main` is the one among them that has most ink."""
    text = _told(runs, main)
    if not text:
        return []
    lead, name = _lead(page, runs, main, text)
    return [Piece(
        round(runs[0].left, 1), round(main.bottom, 1), round(max(run.right for run in runs), 1), round(main.top, 1),
        round(main.top - main.bottom, 1), _weight_of_font(name), crc32(name), len(lead), text,
    )]  # fmt: skip


def _told(runs: list[_Run], main: _Run) -> str:
    """What `runs` say, raised and lowered characters written out."""
    told = runs[0].text if len(runs) == 1 else ""
    for level, group in itertools.groupby(runs if len(runs) > 1 else (), key=lambda run: _level(run, main)):
        told = _joined(told, "".join(run.text for run in group), level)
    plain = told.isascii() and "\x02" not in told
    return " ".join((told if plain else told.translate(_LETTERS)).split())


def _lead(page: c_void_p, runs: list[_Run], main: _Run, text: str) -> tuple[str, bytes]:
    """A bold heading that the line begins with before text that isn't bold, else nothing; and the font that counts."""
    if len(runs) > 1:
        fonts = (font(page, run.first) for run in runs)
        bold, name = next(((n, one) for n, one in enumerate(fonts) if _weight_of_font(one) != 2), (0, b""))
        lead = _told(runs[:bold], main)
        if lead.endswith((".", ":")) and len(text) - len(lead) >= _SHORTEST_TEXT:
            return lead, name
    name = font(page, main.first)
    if len(runs) == 1 and _weight_of_font(name) == 2 and (titled := _TITLED.match(text)):
        after = font(page, main.first + titled.end())  # letters as high as bold ones
        if after and _weight_of_font(after) != 2 and len(text) - titled.end() >= _SHORTEST_TEXT:
            return titled[1], after
    return "", name


def _level(run: _Run, main: _Run) -> int:
    """1 for raised, -1 for lowered characters, else 0."""
    height = main.top - main.bottom
    smaller = min((run.top - run.bottom) / height, run.size / main.size if main.size > 0 else 1.0)
    shift = (run.base - main.base) / height
    return 0 if smaller >= _SMALL or _LOWERED <= shift <= _RAISED else 1 if shift > 0 else -1


def _joined(before: str, text: str, level: int) -> str:
    """`text` after `before`, raised or lowered. Numbers that cite are left out."""
    bare = text.strip()
    if not before.strip() or level == 0 or not bare:
        return before + text
    trail = " " if text[-1:] == " " else ""
    if level < 0:
        lead = " " if text[:1] == " " else ""
        return before + lead + subscript((before + lead)[-1:], bare) + trail
    if _CITES.fullmatch(bare) and _can_be_cited(before, bare):
        return before + trail
    return before.rstrip() + superscript(before.rstrip()[-1:], bare) + trail


def _can_be_cited(before: str, bare: str) -> bool:
    """Whether a raised number after `before` is a citation or a mark, rather than an exponent."""
    found = re.search(r"([^\W\d_]+)$", before.rstrip())
    if found:
        word = found[1]
        if re.search(r"\d\s*[,;–‐-]\s*\d", bare):
            return True  # several numbers
        return word not in _UNITS and (len(word) > 2 or (len(word) == 2 and word.islower()))
    return before.rstrip()[-1:] in ".,;:!?)]”\"'%"


@lru_cache(maxsize=4096)
def _weight_of_font(raw: bytes) -> int:
    name = raw.decode("utf-8", errors="ignore")
    return 2 if _BOLD.search(name) else 1 if _ITALIC.search(name) else 0
