"""What two texts share, as ROUGE counts it: runs of words, and the longest common subsequence.

Source: Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries". Values equal those of rouge-score 0.1.2. It
knows the letters a to z and digits only: in Japanese, Chinese or Greek it sees nothing and says 0.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from wellread.evaluate.stemming import stem

_WORD = re.compile("[a-z0-9]+")


@lru_cache(maxsize=1024)
def words(text: str, stemmed: bool) -> tuple[str, ...]:
    """The words of `text` in lower case, those of more than three letters cut to their stems if `stemmed`."""
    found = _WORD.findall(text.lower())
    return tuple(stem(w) if len(w) > 3 else w for w in found) if stemmed else tuple(found)


def shared_runs(reference: str, answer: str, n: int, *, stemmed: bool = False) -> float:
    """ROUGE-n: the F-measure over runs of `n` words, each counted as often as it comes."""
    wanted, have = words(reference, stemmed), words(answer, stemmed)
    left: dict[str | tuple[str, ...], int] = {}
    for run in _runs(wanted, n):
        left[run] = left.get(run, 0) + 1
    hits = 0
    for run in _runs(have, n):
        if count := left.get(run):
            left[run] = count - 1
            hits += 1
    return _f_measure(hits, len(wanted) - n + 1, len(have) - n + 1)


def shared_order(reference: str, answer: str, *, stemmed: bool = False) -> float:
    """ROUGE-L: the F-measure over the longest sequence of words that both hold in this order, gaps allowed."""
    wanted, have = words(reference, stemmed), words(answer, stemmed)
    return _f_measure(longest_common(wanted, have), len(wanted), len(have))


def longest_common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Length of the longest common subsequence.

    A row of the usual table is kept as the bits of one integer: a 0 marks where the length grows by one (Hyyrö 2004).
    """
    places: dict[str, int] = {}
    for i, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << i
    full = (1 << len(one)) - 1
    row = full
    for here in map(places.get, other):
        if here:
            both = row & here
            row = ((row + both) | (row - both)) & full
    return len(one) - row.bit_count()


def _runs(found: tuple[str, ...], n: int) -> Iterable[str | tuple[str, ...]]:
    return found if n == 1 else zip(*(found[i:] for i in range(n)), strict=False)


def _f_measure(hits: int, wanted: int, have: int) -> float:
    if not hits:
        return 0.0
    precision, recall = hits / have, hits / wanted
    return 2 * precision * recall / (precision + recall)
