"""What stands on a page: rows that belong together, and what they are: text, a heading, a caption, a table, small print."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from wellread.corpus.pdf.layout import Row
from wellread.corpus.sections import is_canonical, without_number

Kind = Literal["text", "heading", "small", "table", "caption"]

CAPTION = re.compile(
    r"(?i:(?:supplementary |extended data )?(fig(?:ure|\.)?|abb(?:ildung|\.)|scheme|chart|plate|図|table|tab\.|tabelle|表))"
    r"\s?S?(\d+|[IVX]+)[a-z]?\s*(?:[.:|│)–—-]|\s(?=[A-Z(\"“])|(?<=\s)(?=[A-Z(])|$)"
)
NUMBERED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z\u0391-\u03a9])|([IVX]{1,4})\.\s+(?=[A-Z])|([A-H])\.\s+(?=[A-Z])"
)
ENDED = re.compile(r"[.!?:;。」][\"'”’)\]]*(?:\s*\[[\d,–\s-]+\])?$")
_LETTERS, _DIGIT = re.compile(r"[^\W\d_]{3}"), re.compile(r"\d")
_SMALL = 0.8  # of the body's size: notes, captions, affiliations
SMALLER = 0.85  # of a heading
LARGE = 1.09
_LONGEST_HEADING = 18  # words


@dataclass
class Block:
    """Rows that belong together."""

    kind: Kind
    rows: list[Row]
    size: float
    weight: int
    indented: bool = False
    apart: bool = False  # a line of its own, in letters of its own
    text: str = field(default="")
    level: int = 0  # of a heading

    @property
    def page(self) -> int:
        """The page it begins on, from 0."""
        return self.rows[0].page


def is_usual(text: str) -> bool:
    """Whether it is a usual heading: 'Methods', 'a b s t r a c t', but not the end of a sentence, 'methods.'."""
    return not (text[:1].islower() and text[1:2] != " ") and is_canonical(text)


def plain_weight(found: Sequence[Block], size: float) -> int:
    """How heavy the letters of running text are, as in `Piece.weight`."""
    counted: Counter[int] = Counter()
    for block in found:
        if abs(block.size - size) <= 0.1 * size:
            counted[block.weight] += len(block.text)
    return counted.most_common(1)[0][0] if counted else 0


def kind_of(block: Block, following: Block | None, size: float, plain: int) -> Kind:
    """What a block of rows is, by its words, its letters and what follows; `size` and `plain` are those of running text."""
    text = block.text
    if CAPTION.match(text) and (block.size < 0.97 * size or block.weight == 2 or re.match(r"(?i)(?:figure|fig\.?|table|scheme)\s?\d+\s*[.:|]", text)
                                or len(text.split()) < 40):  # fmt: skip
        return "caption"
    short = (
        len(text.split()) <= _LONGEST_HEADING and len(block.rows) <= 4 and re.search(r"[^\W\d_]{2}", text) is not None
    )
    if short and is_usual(text):
        return "heading"
    if block.size < _SMALL * size:
        return "small"
    if (
        not short
        or text.endswith((",", ";"))
        or (text.endswith(".") and not NUMBERED.match(text))
        or not text[:1].isprintable()
        or text.count("(") != text.count(")")
    ):
        return "text"
    if (
        not (text[0].isupper() or text[0].isdigit() or ord(text[0]) > 0x2E80)
        or following is None
        or following.kind == "table"
    ):
        return "text"
    if block.apart or block.size >= LARGE * size or (block.weight == 2 and plain != 2):
        return "heading"
    if len(block.rows) <= 2 and NUMBERED.match(text) and len(text) > 6 and block.weight != plain:
        return "heading"
    if len(block.rows) == 1 and block.weight == 1 and plain == 0 and not block.indented and len(text.split()) <= 10:
        return "heading" if len(following.rows) > 1 or len(following.text.split()) > 6 else "text"  # else of a table
    return "text"


def is_of_picture(block: Block, size: float, fonts: set[int]) -> bool:
    """Whether it is what stands in a drawing or a table: numbers along an axis, a few words in letters of their own."""
    if CAPTION.match(block.text) or is_usual(block.text) or block.apart:
        return False
    if not any(map(str.isalpha, block.text)):
        return True
    foreign = all(row.main.font not in fonts for row in block.rows)
    if not foreign and block.size >= 0.97 * size:
        return False
    words = block.text.split()
    if len(words) > 2 and not ENDED.search(block.text):
        plain = [word for word in words if _LETTERS.search(word) and not _DIGIT.search(word)]
        if len(plain) < 0.35 * len(words):
            return True
    labels = sum(len(row.pieces) for row in block.rows)
    return foreign and block.weight != 2 and block.size < 0.93 * size and len(words) <= 4 * labels


def set_levels(found: Sequence[Block]) -> None:
    """Headings that look like the canonical ones are of the first level, as are those with a plain number."""
    first = Counter(
        (round(b.size), b.weight, b.text.isupper()) for b in found if b.kind == "heading" and is_canonical(b.text)
    )
    style = first.most_common(1)[0][0] if first else None
    for block in found:
        if block.kind != "heading":
            continue
        number = NUMBERED.match(block.text)
        if number and number[1]:
            block.level = number[1].count(".") + 1
        elif number and number[3]:
            block.level = 2
        else:
            own = (round(block.size), block.weight, block.text.isupper())
            same = style is None or own == style or (block.size > 1.02 * style[0] and block.weight >= style[1])
            block.level = 1 if is_canonical(without_number(block.text)) or (same and not block.apart) else 2
