"""The order in which the pieces of a page are read: columns, the lines across them, and what repeats on each page.

Source: recursive cuts at the white gutter between columns (after Nagy and Seth, 'Hierarchical representation of
optically scanned documents', 1984), with lines that cross the gutter dividing the page into bands.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from wellread.corpus.pdf.lines import Piece

_FEWEST = 4  # lines side by side that make columns
_LINE = 25  # characters that make a line of text
_NARROW = 0.2  # of the width: narrower columns count only where nothing crosses the gutter
_EDGE_ROWS = 3  # rows at the top and the bottom where running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"\W*(?:page |p\. ?|seite )?\d{1,5}(?: ?(?:of|/|von) ?\d{1,5})?\W*", re.IGNORECASE)


class Row(NamedTuple):
    """The pieces of one line of a column."""

    page: int
    pieces: tuple[Piece, ...]
    text: str
    """All its words."""
    left: float
    right: float
    main: Piece
    """The longest piece, which stands for size and weight."""

    @classmethod
    def of(cls, page: int, pieces: Sequence[Piece]) -> "Row":
        """The row that `pieces` of one base line make."""
        if len(pieces) == 1:
            [one] = pieces
            return cls(page, (one,), one.text, one.left, one.right, one)
        found = tuple(sorted(pieces, key=lambda piece: piece.left))
        text = " ".join([piece.text for piece in found])
        return cls(page, found, text, found[0].left, found[-1].right, max(found, key=lambda piece: len(piece.text)))


def columns(pages: Sequence[Sequence[Piece]]) -> list[list[Row]]:
    """The columns of all pages in reading order, rows from top to bottom; running heads and page numbers are left out."""
    edges = [_edge(page) for page in pages]
    repeated = _running(edges)
    found = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        gone = {piece for piece in edge if _folded(piece.text) in repeated or _PAGE_NUMBER.fullmatch(piece.text)}
        kept = [piece for piece in page if piece not in gone] if gone else page
        found += [_rows(leaf, number) for leaf in _ordered(kept)]
    return found


def _running(edges: Sequence[Iterable[Piece]]) -> set[str]:
    """What stands at the edge of several pages."""
    seen: Counter[str] = Counter()
    for edge in edges:
        seen.update({_folded(piece.text) for piece in edge})
    fewest = 2 if len(edges) <= 6 else 3
    return {text for text, n in seen.items() if n >= fewest}


def _edge(page: Sequence[Piece]) -> set[Piece]:
    """The pieces in the first and the last rows."""
    heights = [round(piece.bottom / 3) for piece in page]
    levels = sorted(set(heights))
    outer = {*levels[:_EDGE_ROWS], *levels[-_EDGE_ROWS:]}
    return {piece for piece, height in zip(page, heights, strict=True) if height in outer}


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\W+", "", text)).casefold()


def _ordered(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Pieces in groups that are read one after another."""
    gutter = _gutter(pieces) if depth < 4 and len(pieces) >= 2 * _FEWEST else None
    if gutter is None:
        return [list(pieces)] if pieces else []
    found: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    across: list[Piece] = []

    def flush() -> None:
        nonlocal left, right, across
        found.extend(_ordered(across, depth + 1))
        found.extend(_ordered(left, depth + 1) + _ordered(right, depth + 1))
        left, right, across = [], [], []

    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.left < gutter < piece.right:
            if left or right:
                flush()
            across.append(piece)
        else:
            (left if piece.right <= gutter else right).append(piece)
    flush()
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a white strip parts two columns, or None."""
    start, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = end - start
    long = [piece for piece in pieces if len(piece.text) >= _LINE]
    pieces = long if len(long) >= 2 * _FEWEST else pieces  # cells of tables and labels of pictures don't count
    if not 0 < width < 20_000:
        return None
    low, high = int(start + 0.12 * width), int(end - 0.12 * width)
    steps = [0] * (int(width) + 3)
    for piece in pieces:
        steps[max(0, int(piece.left - start))] += 1
        steps[min(len(steps) - 1, int(piece.right - start) + 1)] -= 1
    covered = list(itertools.accumulate(steps))
    place = _longest_low(covered, low - int(start), high - int(start))
    if place is None:
        return None
    gutter = start + place
    return gutter if _parts(pieces, gutter, width, clean=covered[int(place)] == 0) else None


def _longest_low(covered: list[int], low: int, high: int) -> float | None:
    """The middle of the longest stretch that the fewest pieces cover, between `low` and `high`."""
    within = covered[low:high]
    if not within:
        return None
    least = min(within)
    best, run_start, best_place = 0, None, None
    for i, depth in enumerate([*within, least + 1]):
        if depth == least and run_start is None:
            run_start = i
        elif depth != least and run_start is not None:
            if i - run_start > best:
                best, best_place = i - run_start, low + (run_start + i) / 2
            run_start = None
    return best_place


def _parts(pieces: Sequence[Piece], gutter: float, width: float, clean: bool) -> bool:
    """Whether lines of some length stand side by side on both sides of the gutter."""
    left = [piece for piece in pieces if piece.right <= gutter]
    right = [piece for piece in pieces if piece.left >= gutter]
    if min(len(left), len(right)) < _FEWEST:
        return False
    narrow = min(median(p.right - p.left for p in side) for side in (left, right))
    if narrow < (0.09 if clean else _NARROW) * width:
        return False
    levels = {round(piece.bottom / 6) for piece in right}
    beside = sum(1 for piece in left if {round(piece.bottom / 6) + i for i in (-1, 0, 1)} & levels)
    return beside >= _FEWEST


def _rows(pieces: Iterable[Piece], page: int) -> list[Row]:
    """Pieces on one base line together, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.bottom):
        if rows and abs(rows[-1][0].bottom - piece.bottom) < 0.35 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [Row.of(page, row) for row in rows]


def body_size(pages: Iterable[Iterable[Piece]]) -> float:
    """The size in which most characters are set."""
    letters: defaultdict[float, int] = defaultdict(int)
    for page in pages:
        for piece in page:
            letters[round(piece.size * 2) / 2] += len(piece.text)
    return max(letters, key=lambda size: letters[size], default=10.0)
