"""Means with 95% intervals: a bootstrap over papers, since questions about one paper rise and fall together."""

from collections.abc import Mapping, Sequence

import numpy as np

from wellread.records import Score

DRAWS = 2000
SEED = 0


def mean(values: Sequence[float | None], groups: Sequence[str]) -> Score:
    """Mean of the `values` that aren't None, with a percentile-bootstrap interval.

    Whole groups (papers) are drawn again; with one group, single values are. Where all values are 0 or all are 1 a
    bootstrap sees no spread, and the exact binomial bound takes its place (20 right of 20: 0.83 to 1).
    """
    kept: dict[str, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        if value is not None:
            kept.setdefault(group, []).append(value)
    flat = [v for vs in kept.values() for v in vs]
    unscored = len(values) - len(flat)
    if not flat:
        return Score(value=None, n=0, unscored=unscored)
    low, high = _exact(flat) or _bootstrap(kept if len(kept) > 1 else {str(i): [v] for i, v in enumerate(flat)})
    value = sum(flat) / len(flat)
    return Score(value=round(value, 4), low=round(low, 4), high=round(high, 4), n=len(flat), unscored=unscored)


def _exact(flat: list[float]) -> tuple[float, float] | None:
    bound = 0.025 ** (1 / len(flat))
    if all(v == 1 for v in flat):
        return bound, 1.0
    return (0.0, 1 - bound) if all(v == 0 for v in flat) else None


def _bootstrap(groups: Mapping[str, list[float]]) -> tuple[float, float]:
    sums = np.array([sum(vs) for vs in groups.values()])
    sizes = np.array([len(vs) for vs in groups.values()])
    drawn = np.random.default_rng(SEED).integers(0, len(sums), size=(DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
