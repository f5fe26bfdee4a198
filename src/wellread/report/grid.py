"""Runs of a grid, put together: one mean for each number of texts and epochs."""

import math
from collections import defaultdict
from collections.abc import Sequence

from wellread.records import Frozen, Score
from wellread.report.data import GridCell, Measure

# Student's t, two-sided 95%, for 1 to 30 degrees of freedom; beyond, the normal 1.96 is near enough.
_T95 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


class CellMean(Frozen):
    """All runs with the same number of texts and epochs. `n` of the scores counts runs."""

    texts: int
    epochs: int
    soft: Score
    strict: Score
    papers: int
    collapsed: int


def cell_means(grid: Sequence[GridCell]) -> list[CellMean]:
    """One CellMean for each pair of texts and epochs that was run, in ascending order."""
    groups: dict[tuple[int, int], list[GridCell]] = defaultdict(list)
    for cell in grid:
        groups[cell.texts, cell.epochs].append(cell)
    return [
        CellMean(
            texts=texts,
            epochs=epochs,
            soft=_mean(cells, "soft"),
            strict=_mean(cells, "strict"),
            papers=len({c.paper for c in cells}),
            collapsed=sum(c.collapsed for c in cells),
        )
        for (texts, epochs), cells in sorted(groups.items())
    ]


def _mean(cells: Sequence[GridCell], measure: Measure) -> Score:
    """The mean over papers of each paper's mean over seeds, with Student's 95% interval over the papers.

    Runs of one paper are no independent witnesses, so papers are the unit; with a single paper its seeds are. No
    interval is given for one unit, nor where all are equal: a width of zero would claim certainty.
    """
    by_paper: dict[str, list[float]] = defaultdict(list)
    for cell in cells:
        value = cell.strict if measure == "strict" else cell.soft
        if value is not None and math.isfinite(value):
            by_paper[cell.paper].append(value)
    n = sum(len(v) for v in by_paper.values())
    units = [sum(v) / len(v) for v in by_paper.values()]
    if len(units) == 1:
        units = next(iter(by_paper.values()))
    if not units:
        return Score(value=None, n=0, unscored=len(cells))
    mean, low, high = student(units)
    if low is not None and high is not None:
        low, high = max(0.0, low), min(1.0, high)
    return Score(value=mean, low=low, high=high, n=n, unscored=len(cells) - n)


def student(units: Sequence[float]) -> tuple[float, float | None, float | None]:
    """The mean with Student's 95% interval; without one for a single unit and where all are equal."""
    mean = sum(units) / len(units)
    if max(units) - min(units) <= 1e-9:
        return mean, None, None
    spread = math.sqrt(sum((u - mean) ** 2 for u in units) / (len(units) - 1) / len(units))
    half = spread * (_T95[len(units) - 2] if len(units) <= 31 else 1.96)
    return mean, mean - half, mean + half
