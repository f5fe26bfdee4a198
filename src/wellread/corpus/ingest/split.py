"""The split: by paper, drawn from a seed, and never redrawn. Papers that come later fill what is left.

A paper's place in the draw is the hash of the seed and its name, so that it doesn't hang on what else there is or on
the order of reading. A paper that has a part keeps it as long as it is in the corpus.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wellread.errors import ConfigError

TARGET = "target"


class Part(NamedTuple):
    """A part of the split. `papers` of them, or a `share` of all, or, where both are None, the rest."""

    name: str
    papers: int | None
    share: float | None


def parse_parts(sizes: Iterable[str]) -> list[Part]:
    """The parts that `sizes` stand for: '250' papers, '0.1' of all, 'rest' (once, last).

    Raises ConfigError for anything else.
    """
    parts = []
    sizes = [size.strip() for size in sizes]
    for i, size in enumerate(sizes):
        name = f"irrelevant-{i}" if i else TARGET
        if size == "rest" and i == len(sizes) - 1:
            parts.append(Part(name, None, None))
        elif size.isascii() and size.isdigit():
            parts.append(Part(name, int(size), None))
        else:
            parts.append(Part(name, None, _share(size)))
    if not parts or parts[-1][1:] != (None, None):
        raise ConfigError(f"split {','.join(sizes)!r} doesn't say where all papers go", "End it with `rest`.")
    if sum(part.share or 0 for part in parts) > 1:
        raise ConfigError(f"split {','.join(sizes)!r}: the shares are more than 1", "Make them smaller.")
    return parts


def _share(size: str) -> float:
    try:
        share = float(size)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ConfigError(
            f"split: {size!r} is no size", "Write numbers of papers, shares between 0 and 1, then `rest`."
        )
    return share


def draw(seed: int, paper: str) -> str:
    """A paper's place in the draw."""
    return hashlib.sha256(f"{seed}\n{paper}".encode()).hexdigest()


def assign(parts: list[Part], taken: Counter[str], waiting: Iterable[str], papers: int) -> Iterator[tuple[str, str]]:
    """Give each paper of `waiting`, in the order of the draw, the first part that has room: (paper, part).

    `taken` counts the papers that have a part already; `papers` is how many there are in all.
    """
    room = {part.name: _size(part, papers) - taken[part.name] for part in parts}
    for paper in waiting:
        name = next((part.name for part in parts if room[part.name] > 0), parts[-1].name)
        room[name] -= 1
        yield paper, name


def _size(part: Part, papers: int) -> int:
    if part.papers is not None:
        return part.papers
    return papers if part.share is None else round(part.share * papers)
