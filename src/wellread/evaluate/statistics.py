"""How sure: means, differences and shares of a gap, each with a 95% interval.

Questions about one paper rise and fall together, so whole papers are drawn again in the bootstrap. Two to five papers are
too few for that alone (two that score alike would have an interval of width 0): there the papers are drawn, and then questions
from those drawn. With one paper, single questions are. Where all values are equal a bootstrap sees no spread: the exact
binomial bound (Clopper and Pearson 1934) takes its place, so that 20 right of 20 is 0.83 to 1, not certainty.
"""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wellread.records import Frozen, Score

DRAWS = 2000
SEED = 0
EXACT = "exact binomial bound over questions"
#: Flipping the signs of five papers can't give a p-value under 0.06; with fewer than six, questions are flipped. Drawing
#: fewer than six again sees too little of how papers differ.
LEAST_PAPERS = 6
#: Up to so many units every combination of signs is tried; beyond, FLIPS random ones.
ALL_FLIPS = 14
FLIPS = 20_000

Value = float | None
Floats = NDArray[np.float64]


class Difference(Frozen):
    """Mean of `a - b` over the `n` questions that both answered, and how likely one as large is by chance."""

    value: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    n: int
    unit: str = ""
    """What the signs are flipped of: 'papers' or 'questions'."""


def mean(values: Sequence[Value], groups: Sequence[str]) -> Score:
    """Mean of the `values` that aren't None, with a percentile-bootstrap interval over `groups` (papers)."""
    kept = _grouped(values, groups)
    flat = [v for vs in kept.values() for v in vs]
    unscored = len(values) - len(flat)
    if not flat:
        return Score(value=None, n=0, unscored=unscored)
    value = sum(flat) / len(flat)
    if len(set(flat)) == 1:
        if not 0 <= value <= 1:  # bits, or marks: no share of anything, so equal values say nothing of their spread
            return Score(value=round(value, 4), n=len(flat), unscored=unscored)
        slack, method = _slack(len(flat)), EXACT
        low, high = max(0.0, value - slack), min(1.0, value + slack)
    else:
        units, drawn, method = _units(kept)
        low, high = _interval(_drawn_means(units, drawn))
    return Score(
        value=round(value, 4), low=round(low, 4), high=round(high, 4), n=len(flat), unscored=unscored, method=method
    )


def compare(a: Sequence[Value], b: Sequence[Value], groups: Sequence[str]) -> Difference:
    """`a` against `b`, question by question; those that either left unscored are left out.

    The p-value is that of a paired permutation test, two-sided: which of the two answers is whose is swapped at random,
    for all questions of a paper at once, or question by question where there are fewer than six papers.
    """
    gains = [None if x is None or y is None else x - y for x, y in zip(a, b, strict=True)]
    kept = _grouped(gains, groups)
    flat = [v for vs in kept.values() for v in vs]
    if not flat:
        return Difference(value=None, n=0)
    value = sum(flat) / len(flat)
    if len(set(flat)) == 1:
        slack = _slack(len(flat))
        low, high = max(-1.0, value - slack), min(1.0, value + slack)
    else:
        units, drawn, _ = _units(kept)
        low, high = _interval(_drawn_means(units, drawn))
    by_paper = len(kept) >= LEAST_PAPERS
    sums = [sum(vs) for vs in kept.values()] if by_paper else flat
    return Difference(
        value=round(value, 4),
        low=round(low, 4),
        high=round(high, 4),
        p=round(_swapped(np.array(sums)), 5),
        n=len(flat),
        unit="papers" if by_paper else "questions",
    )


def gap_closed(
    taught: Sequence[Value], floor: Sequence[Value], ceiling: Sequence[Value], groups: Sequence[str]
) -> Score:
    """(taught - floor) / (ceiling - floor) over the questions scored in all three, with its bootstrap interval.

    `value` is None where the ceiling isn't above the floor: then there is no gap to close.
    """
    rows = list(zip(taught, floor, ceiling, strict=True))
    complete = [None not in row for row in rows]
    unscored = len(rows) - sum(complete)
    sets = [_grouped([r[i] if ok else None for r, ok in zip(rows, complete, strict=True)], groups) for i in range(3)]
    units = [_units(s) for s in sets]
    if not units[0][0]:
        return Score(value=None, n=0, unscored=unscored)
    whole = np.arange(len(units[0][0]))[None, :]
    drawn = np.vstack([whole, units[0][1]])  # the same questions of all three
    t, f, c = (_drawn_means(u, drawn) for u, _, _ in units)
    if c[0] <= f[0]:
        return Score(value=None, n=sum(complete), unscored=unscored)
    has_gap = c > f
    shares = (t[has_gap] - f[has_gap]) / (c[has_gap] - f[has_gap])
    low, high = _interval(shares[1:])
    return Score(
        value=round(float(shares[0]), 4), low=round(low, 4), high=round(high, 4), n=sum(complete), unscored=unscored,
        method=units[0][2],
    )  # fmt: skip


def pooled(seeds: Sequence[Sequence[Value]]) -> list[Value]:
    """Each question's mean over several seeds (runs of the same recipe); seeds that left it unscored are left out.

    Pass the result to `mean`: the interval is then over papers, not over answers, so that more seeds don't feign more
    questions.
    """
    columns = [[v for v in column if v is not None] for column in zip(*seeds, strict=True)]
    return [sum(c) / len(c) if c else None for c in columns]


def power(n: int) -> str:
    """What `n` questions can and can't show, in a sentence."""
    if n == 0:
        return "Without scored questions nothing can be shown."
    bound = 0.025 ** (1 / n)
    # Two-sided 5%, power 80%, two independent shares around one half: the least favourable case.
    seen = min(1.0, 2.8 * (0.5 / n) ** 0.5)
    return (
        f"{n} questions: all of them right would show a score above {bound:.2f}, no more; "
        f"differences under about {seen:.2f} between two models will mostly be missed."
    )


def _grouped(values: Sequence[Value], groups: Sequence[str]) -> dict[str, list[float]]:
    kept: dict[str, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        if value is not None:
            kept.setdefault(group, []).append(value)
    return kept


def _units(kept: Mapping[str, list[float]]) -> tuple[list[list[float]], NDArray[np.int64], str]:
    """What is drawn again (papers, or questions where there are few), DRAWS rows of places in it, and how that is called."""
    rng, papers = np.random.default_rng(SEED), list(kept.values())
    n, drawn = len(papers), rng.integers(0, max(1, len(papers)), size=(DRAWS, len(papers)))
    if n >= LEAST_PAPERS:
        return papers, drawn, "bootstrap over papers"
    questions = [[v] for vs in papers for v in vs]
    if n > 1:
        return (
            questions,
            _from_drawn(drawn, [len(vs) for vs in papers], rng),
            "bootstrap over papers and their questions",
        )
    drawn = rng.integers(0, max(1, len(questions)), size=(DRAWS, len(questions)))
    return questions, drawn, "bootstrap over questions"


def _from_drawn(papers: NDArray[np.int64], sizes: Sequence[int], rng: np.random.Generator) -> NDArray[np.int64]:
    """For each row of drawn papers as many questions as there are, drawn from those papers; questions are numbered through."""
    held = np.array(sizes)
    first, ends = np.cumsum(held) - held, np.cumsum(held[papers], axis=1)
    places = rng.integers(0, ends[:, -1:], size=(len(papers), sum(sizes)))
    which = np.sum([places >= ends[:, k : k + 1] for k in range(len(sizes) - 1)], axis=0)
    begins = first[papers] - (ends - held[papers])
    drawn: NDArray[np.int64] = places + np.take_along_axis(begins, which, axis=1)
    return drawn


def _slack(n: int) -> float:
    """How far from `n` equal values the truth may be: the exact binomial bound."""
    return float(1 - 0.025 ** (1 / n))


def _drawn_means(units: Sequence[Sequence[float]], drawn: NDArray[np.int64]) -> Floats:
    sums = np.array([sum(vs) for vs in units])
    sizes = np.array([len(vs) for vs in units])
    means: Floats = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return means


def _interval(means: Floats) -> tuple[float, float]:
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def _swapped(gains: Floats) -> float:
    """Share of the sign patterns under which the sum is at least as far from 0 as it is."""
    gains = gains[gains != 0]
    if not len(gains):
        return 1.0
    if len(gains) <= ALL_FLIPS:
        signs = np.array(list(itertools.product((1, -1), repeat=len(gains))))
        extra = 0
    else:
        signs = np.random.default_rng(SEED).choice((1, -1), size=(FLIPS, len(gains)))
        extra = 1  # the pattern that was seen is one of those possible
    far = np.abs(signs @ gains) >= abs(gains.sum()) - 1e-9
    return float((far.sum() + extra) / (len(signs) + extra))
