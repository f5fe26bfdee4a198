"""How each parameter of a search goes with its objective: Pearson and Spearman, each with a bootstrap interval.

Source: Hatakeyama-Sato et al. 2023 (arXiv 2312.03360), who read the influence of each setting off its correlation with
the score over random trials. A parameter on a logarithmic range enters as its log10; of several choices each becomes
a column of 0 and 1. A correlation is no cause, and in a search that closes in on good values not even a fair sample.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.studies import Parameter

DRAWS = 1000
LEAST = 4  # fewer points have no correlation worth an interval
MOST_POINTS = 1500  # ranks need the square of it in memory; beyond, every so-manieth trial is taken

Floats = NDArray[np.float64]
Points = Sequence[tuple[Mapping[str, Any], float]]
Interval = tuple[float, float, float]


@dataclass(frozen=True)
class Correlation:
    """One column against the objective: value, low and high of each coefficient, and the number of trials."""

    name: str
    pearson: Interval
    spearman: Interval
    n: int


def correlations(parameters: Sequence[Parameter], points: Points) -> list[Correlation]:
    """Every column that varies over the `points` (parameters, objective), the largest |Pearson| first."""
    found = []
    for parameter in parameters:
        for name, values in columns(parameter, points):
            kept = [(x, goal) for x, (_, goal) in zip(values, points, strict=True) if x is not None]
            kept = kept[:: math.ceil(len(kept) / MOST_POINTS)] if kept else []
            pairs = np.array(kept, float)
            if len(pairs) >= LEAST and np.ptp(pairs[:, 0]) > 0 and np.ptp(pairs[:, 1]) > 0:
                found.append(_correlation(name, pairs[:, 0], pairs[:, 1]))
    return sorted(found, key=lambda c: -abs(c.pearson[0]))


def columns(parameter: Parameter, points: Points) -> list[tuple[str, list[float | None]]]:
    """A parameter as columns of numbers, None where a trial doesn't have it."""
    name = parameter.name
    raw = [p.get(name) for p, _ in points]
    if parameter.kind != "choice":
        return [(f"{name} (log)" if parameter.log else name, [_plain(v, parameter.log) for v in raw])]
    if all(isinstance(c, bool) for c in parameter.choices):
        return [(name, [None if v is None else float(v) for v in raw])]
    choices = parameter.choices[1:] if len(parameter.choices) == 2 else parameter.choices
    there = [name in p for p, _ in points]
    return [(f"{name} = {c}", [float(v == c) if t else None for v, t in zip(raw, there, strict=True)]) for c in choices]


def _plain(value: Any, log: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if log:
        return math.log10(value) if value > 0 else None
    return float(value)


def _correlation(name: str, x: Floats, y: Floats) -> Correlation:
    """Both coefficients, with percentile intervals over trials drawn again with replacement."""
    n = len(x)
    drawn = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), DRAWS).astype(float)
    once = np.ones((1, n))
    ranks = [_ranks(v, w) for v in (x, y) for w in (once, drawn)]
    flat = [np.broadcast_to(v, (len(w), n)) for v in (x, y) for w in (once, drawn)]
    return Correlation(name, _spread(flat, once, drawn), _spread(ranks, once, drawn), n)


def _spread(columns: Sequence[Floats], once: Floats, drawn: Floats) -> Interval:
    x, x_drawn, y, y_drawn = columns
    value = float(_weighted(x, y, once)[0])
    low, high = np.nanpercentile(_weighted(x_drawn, y_drawn, drawn), (2.5, 97.5))
    return value, float(low), float(high)


def _ranks(values: Floats, weights: Floats) -> Floats:
    """Average ranks of `values` in each weighted sample (draws, n): how much lies below, and half of what is equal."""
    below = (values[None, :] < values[:, None]) + 0.5 * (values[None, :] == values[:, None])
    ranks: Floats = weights @ below.T
    return ranks


def _weighted(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Pearson's coefficient of each weighted sample; nan where one side doesn't vary."""
    total = weights.sum(1, keepdims=True)
    dx, dy = x - (weights * x).sum(1, keepdims=True) / total, y - (weights * y).sum(1, keepdims=True) / total
    both, xx, yy = ((weights * a * b).sum(1) for a, b in ((dx, dy), (dx, dx), (dy, dy)))
    size = np.sqrt(xx * yy)
    found: Floats = np.divide(
        both, size, out=np.full_like(both, np.nan), where=size > 1e-12 * np.abs(both).max(initial=1e-300)
    )
    return found
