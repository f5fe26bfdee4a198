"""From rows to paragraphs, headings and asides; words that a line's end cut are made whole again."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from wellread.corpus.hyphens import joined, vocabulary, whole
from wellread.corpus.pdf.block import (
    CAPTION,
    ENDED,
    LARGE,
    NUMBERED,
    SMALLER,
    Block,
    Kind,
    is_of_picture,
    is_usual,
    kind_of,
    plain_weight,
    set_levels,
)
from wellread.corpus.pdf.layout import Row
from wellread.corpus.sections import is_canonical

_CITED = re.compile(r"(?<=\S)\s?\[\d{1,3}[a-z]?(?:\s?[,;–-]\s?\d{1,3}[a-z]?)*\](?![\w^])")
_ENTRY = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}\.)\s+[^\W\d_]")  # of a list
_RUN_IN = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z][^.]{2,90})\.\s+(?=[A-Z(])")


def blocks(columns: Sequence[Sequence[Row]], size: float) -> list[Block]:
    """The paper's blocks in reading order. `size` is that of the body."""
    fonts = _plain_fonts(columns, size)
    found = [block for column in columns for block in _in_column(column, size, fonts)]
    words = vocabulary(row.text for block in found for row in block.rows)
    for block in found:
        block.text = whole((row.text for row in block.rows), words)
    cites = len({n for block in found for n in re.findall(r"\[(\d{1,2})[\],]", block.text)}) >= 3
    plain = plain_weight(found, size)
    for number, block in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if block.kind == "text":
            block.kind = "small" if is_of_picture(block, size, fonts) else kind_of(block, following, size, plain)
    set_levels(found)
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
        and SMALLER * size < row.main.size <= LARGE * size
        and abs(below.main.size - size) <= 0.1 * size
        and min(abs(row.left - margin), abs(row.left - below.left)) <= 0.3 * size
        and (number == 0 or row.right < end - 0.12 * (end - margin) or ENDED.search(rows[number - 1].text))
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
                or (kind == "text" and before.right < end - 0.12 * (end - margin) and bool(ENDED.search(before.text)))
                or (kind == "text" and _ENTRY.match(row.text) is not None and bool(ENDED.search(before.text)))
                or (kind == "text" and (CAPTION.match(row.text) is not None or is_usual(row.text)))
                or (kind == "text" and len(block.rows) == 1 and is_usual(before.text))
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


def _common(values: Iterable[float]) -> float:
    counted = Counter(round(value) for value in values)
    return min(counted, key=lambda value: (-counted[value], value))


def _table_rows(rows: Sequence[Row]) -> set[int]:
    """Rows of several cells, three or more of them together (one plain row may stand between)."""
    found: set[int] = set()
    run: list[int] = []
    for number, row in enumerate([*rows, None]):
        cells = 0 if row is None else len(row.pieces)
        if cells >= 2 and row is not None and not NUMBERED.match(row.text):
            run.append(number)
        elif row is None or not run or number - run[-1] > 1 or len(row.text) > 60:
            if len(run) >= 3 or (len(run) == 2 and all(len(rows[i].pieces) >= 4 for i in run)):
                found.update(range(run[0], run[-1] + 1))
            run = []
    return found


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
    if not _alike(text, block) or ENDED.search(text.text):
        return False
    return block.text[:1].islower() or not block.indented


def _alike(text: Block, block: Block) -> bool:
    """Whether both are set in letters of one size."""
    return abs(text.size - block.size) <= 0.1 * text.size
