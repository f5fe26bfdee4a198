"""From rows to paragraphs, headings and asides; words that a line's end cut are made whole again."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from wellread.corpus.hyphens import joined, vocabulary, whole
from wellread.corpus.pdf.layout import Row
from wellread.corpus.sections import is_canonical, without_number

Kind = Literal["text", "heading", "small", "table", "caption"]

CAPTION = re.compile(
    r"(?i:(?:supplementary |extended data )?(fig(?:ure|\.)?|abb(?:ildung|\.)|scheme|chart|plate|図|table|tab\.|tabelle|表))"
    r"\s?S?(\d+|[IVX]+)[a-z]?\s*(?:[.:|│)–—-]|\s(?=[A-Z(\"“])|(?<=\s)(?=[A-Z(])|$)"
)
_CITED = re.compile(r"(?<=\S)\s?\[\d{1,3}[a-z]?(?:\s?[,;–-]\s?\d{1,3}[a-z]?)*\](?![\w^])")
_ENTRY = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}\.)\s+[^\W\d_]")  # of a list
_RUN_IN = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z][^.]{2,90})\.\s+(?=[A-Z(])")
_NUMBERED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z\u0391-\u03a9])|([IVX]{1,4})\.\s+(?=[A-Z])|([A-H])\.\s+(?=[A-Z])"
)
_ENDED = re.compile(r"[.!?:;。」][\"'”’)\]]*(?:\s*\[[\d,–\s-]+\])?$")
_LETTERS, _DIGIT = re.compile(r"[^\W\d_]{3}"), re.compile(r"\d")
_SMALL = 0.8  # of the body's size: notes, captions, affiliations
_SMALLER = 0.85  # of a heading
_LARGE = 1.09
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


def blocks(columns: Sequence[Sequence[Row]], size: float) -> list[Block]:
    """The paper's blocks in reading order. `size` is that of the body."""
    fonts = _plain_fonts(columns, size)
    found = [block for column in columns for block in _in_column(column, size, fonts)]
    words = vocabulary(row.text for block in found for row in block.rows)
    for block in found:
        block.text = whole((row.text for row in block.rows), words)
    cites = len({n for block in found for n in re.findall(r"\[(\d{1,2})[\],]", block.text)}) >= 3
    plain = _plain_weight(found, size)
    for number, block in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if block.kind == "text":
            block.kind = "small" if _is_of_picture(block, size, fonts) else _kind(block, following, size, plain)
    _levels(found)
    told = list(_continued(found, words))
    for block in told:
        if cites and block.kind == "text" and "[" in block.text:
            block.text = _CITED.sub("", block.text)
    return _whole_headings([part for block in told for part in _run_in(block)], words)


def _run_in(block: Block) -> list[Block]:
    """'2.1. Materials. All chemicals ...', or the same with the heading in bold, as a heading and a text."""
    if block.kind != "text":
        return [block]
    numbered, lead = _RUN_IN.match(block.text), block.rows[0].pieces[0].lead
    if not numbered and not lead:
        return [block]
    title, rest = (numbered[1], block.text[numbered.end() :]) if numbered else (block.text[:lead], block.text[lead:])
    level = title.split()[0].strip(".").count(".") + 1 if numbered else 2
    heading = Block("heading", block.rows[:1], block.size, 2, text=title.rstrip(" .:"), level=level)
    block.text = rest.strip()
    return [heading, block]


def _whole_headings(found: Sequence[Block], words: set[str]) -> list[Block]:
    """A bold heading of several lines, the last of which runs into its paragraph, as one."""
    told: list[Block] = []
    for block in found:
        last = told[-1] if told else None
        begun = last is not None and last.kind == "heading" and last.weight == 2 and not last.rows[0].pieces[0].lead
        if last and begun and block.kind == "heading" and block.rows[0].pieces[0].lead and not is_canonical(last.text):
            last.text, last.level = joined(last.text, block.text, words), block.level
        else:
            told.append(block)
    return told


def _plain_fonts(columns: Sequence[Sequence[Row]], size: float) -> set[int]:
    """The fonts of running text: those in which at least a fifth of all letters of its size are set."""
    counted: Counter[int] = Counter()
    for row in itertools.chain.from_iterable(columns):
        if abs(row.main.size - size) <= 0.1 * size:
            counted[row.main.font] += len(row.main.text)
    return {font for font, n in counted.items() if n >= 0.2 * counted.total()}


def _rows_apart(rows: Sequence[Row], margin: float, end: float, size: float, fonts: set[int]) -> set[int]:
    """Short rows above running text, about as large and in another font, as some journals set their sub-headings."""
    return {
        number
        for number, (row, below) in enumerate(itertools.pairwise(rows))
        if len(row.pieces) == 1
        and row.main.font not in fonts
        and below.main.font in fonts
        and (number == 0 or rows[number - 1].main.font != row.main.font)
        and _SMALLER * size < row.main.size <= _LARGE * size
        and abs(below.main.size - size) <= 0.1 * size
        and min(abs(row.left - margin), abs(row.left - below.left)) <= 0.3 * size
        and (number == 0 or row.right < end - 0.12 * (end - margin) or _ENDED.search(rows[number - 1].text))
        and len(below.text.split()) > 3
        and row.text[0].isupper()
        and not below.text[0].islower()
        and row.text[-1].isalpha()
        and len(row.text.split()) <= 10
    }


def _in_column(rows: Sequence[Row], size: float, fonts: set[int]) -> Iterator[Block]:
    if not rows:
        return
    margin = _common(row.left for row in rows)
    end = sorted(row.right for row in rows)[int(0.9 * (len(rows) - 1))]
    steps = [upper.main.bottom - lower.main.bottom for upper, lower in itertools.pairwise(rows)]
    leading = median([step for step in steps if 0 < step < 3 * size] or [1.2 * size])
    tables = _table_rows(rows)
    apart = _rows_apart(rows, margin, end, size, fonts) - tables
    block: Block | None = None
    for number, row in enumerate(rows):
        kind: Kind = "table" if number in tables else "text"
        main = row.main
        indent = row.left > margin + 0.6 * main.size
        if block is not None:
            before = block.rows[-1]
            parted = (
                kind != block.kind
                or not apart.isdisjoint((number - 1, number))
                or row.pieces[0].lead > 0
                or before.main.bottom - main.bottom > max(1.3 * leading, 1.15 * leading + 1)
                or abs(main.size - block.size) > 0.12 * block.size
                or ((main.weight == 2) != (block.weight == 2) and len(main.text) > 3)
                or (kind == "text" and indent and before.left <= margin + 0.3 * main.size)
                or (kind == "text" and before.right < end - 0.12 * (end - margin) and bool(_ENDED.search(before.text)))
                or (kind == "text" and _ENTRY.match(row.text) is not None and bool(_ENDED.search(before.text)))
                or (kind == "text" and (CAPTION.match(row.text) is not None or _is_usual(row.text)))
                or (kind == "text" and len(block.rows) == 1 and _is_usual(before.text))
            )
            if parted:
                yield block
                block = None
        if block is None:
            block = Block(kind, [row], main.size, main.weight, indent, number in apart)
        else:
            block.rows.append(row)
    if block is not None:
        yield block


def _is_usual(text: str) -> bool:
    """Whether it is a usual heading: 'Methods', 'a b s t r a c t', but not the end of a sentence, 'methods.'."""
    return not (text[:1].islower() and text[1:2] != " ") and is_canonical(text)


def _common(values: Iterable[float]) -> float:
    counted = Counter(round(value) for value in values)
    return min(counted, key=lambda value: (-counted[value], value))


def _table_rows(rows: Sequence[Row]) -> set[int]:
    """Rows of several cells, three or more of them together (one plain row may stand between)."""
    found: set[int] = set()
    run: list[int] = []
    for number, row in enumerate([*rows, None]):
        cells = 0 if row is None else len(row.pieces)
        if cells >= 2 and row is not None and not _NUMBERED.match(row.text):
            run.append(number)
        elif row is None or not run or number - run[-1] > 1 or len(row.text) > 60:
            if len(run) >= 3 or (len(run) == 2 and all(len(rows[i].pieces) >= 4 for i in run)):
                found.update(range(run[0], run[-1] + 1))
            run = []
    return found


def _plain_weight(found: Sequence[Block], size: float) -> int:
    counted: Counter[int] = Counter()
    for block in found:
        if abs(block.size - size) <= 0.1 * size:
            counted[block.weight] += len(block.text)
    return counted.most_common(1)[0][0] if counted else 0


def _kind(block: Block, following: Block | None, size: float, plain: int) -> Kind:
    text = block.text
    if CAPTION.match(text) and (block.size < 0.97 * size or block.weight == 2 or re.match(r"(?i)(?:figure|fig\.?|table|scheme)\s?\d+\s*[.:|]", text)
                                or len(text.split()) < 40):  # fmt: skip
        return "caption"
    short = (
        len(text.split()) <= _LONGEST_HEADING and len(block.rows) <= 4 and re.search(r"[^\W\d_]{2}", text) is not None
    )
    if short and _is_usual(text):
        return "heading"
    if block.size < _SMALL * size:
        return "small"
    if (
        not short
        or text.endswith((",", ";"))
        or (text.endswith(".") and not _NUMBERED.match(text))
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
    if block.apart or block.size >= _LARGE * size or (block.weight == 2 and plain != 2):
        return "heading"
    if len(block.rows) <= 2 and _NUMBERED.match(text) and len(text) > 6 and block.weight != plain:
        return "heading"
    if len(block.rows) == 1 and block.weight == 1 and plain == 0 and not block.indented and len(text.split()) <= 10:
        return "heading" if len(following.rows) > 1 or len(following.text.split()) > 6 else "text"  # else of a table
    return "text"


def _is_of_picture(block: Block, size: float, fonts: set[int]) -> bool:
    """Whether it is what stands in a drawing or a table: numbers along an axis, a few words in letters of their own."""
    if CAPTION.match(block.text) or _is_usual(block.text) or block.apart:
        return False
    if not any(map(str.isalpha, block.text)):
        return True
    foreign = all(row.main.font not in fonts for row in block.rows)
    if not foreign and block.size >= 0.97 * size:
        return False
    words = block.text.split()
    if len(words) > 2 and not _ENDED.search(block.text):
        plain = [word for word in words if _LETTERS.search(word) and not _DIGIT.search(word)]
        if len(plain) < 0.35 * len(words):
            return True
    labels = sum(len(row.pieces) for row in block.rows)
    return foreign and block.weight != 2 and block.size < 0.93 * size and len(words) <= 4 * labels


def _levels(found: Sequence[Block]) -> None:
    """Headings that look like the canonical ones are of the first level, as are those with a plain number."""
    first = Counter(
        (round(b.size), b.weight, b.text.isupper()) for b in found if b.kind == "heading" and is_canonical(b.text)
    )
    style = first.most_common(1)[0][0] if first else None
    for block in found:
        if block.kind != "heading":
            continue
        number = _NUMBERED.match(block.text)
        if number and number[1]:
            block.level = number[1].count(".") + 1
        elif number and number[3]:
            block.level = 2
        else:
            own = (round(block.size), block.weight, block.text.isupper())
            same = style is None or own == style or (block.size > 1.02 * style[0] and block.weight >= style[1])
            block.level = 1 if is_canonical(without_number(block.text)) or (same and not block.apart) else 2


def _continued(found: Sequence[Block], words: set[str]) -> Iterator[Block]:
    """Paragraphs that go on in the next column or on the next page are joined, past captions and notes between them."""
    waiting: list[Block] = []
    text: Block | None = None
    for number, block in enumerate(found):
        if block.kind == "text" and text is not None and _goes_on(text, block):
            text.text = joined(text.text, block.text, words)
            text.rows = [*text.rows, *block.rows]
        elif block.kind == "text" and text is not None and _is_between(text, number, found):
            waiting.append(block)
        elif block.kind in ("text", "heading"):
            if text is not None:
                yield text
            yield from waiting
            waiting, text = [], None
            if block.kind == "text":
                text = block
            else:
                yield block
        else:
            waiting.append(block)
    if text is not None:
        yield text
    yield from waiting


def _is_between(text: Block, number: int, found: Sequence[Block]) -> bool:
    """Whether block `number` is a footnote, after which `text` goes on."""
    block, rest = found[number], (found[n] for n in range(number + 1, len(found)))
    if _alike(text, block):
        return False
    after = next((b for b in rest if b.kind == "heading" or (b.kind == "text" and _alike(text, b))), None)
    if after is None or after.kind == "heading" or not after.text[:1].islower():
        return False
    return _goes_on(text, after) and not _goes_on(block, after)


def _goes_on(text: Block, block: Block) -> bool:
    if not _alike(text, block) or _ENDED.search(text.text):
        return False
    return block.text[:1].islower() or not block.indented


def _alike(text: Block, block: Block) -> bool:
    """Whether both are set in letters of one size."""
    return abs(text.size - block.size) <= 0.1 * text.size
