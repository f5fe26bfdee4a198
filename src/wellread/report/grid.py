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
#: Fewer papers than these say nothing about others; the interval is over their questions then.
ENOUGH_PAPERS = 6


class CellMean(Frozen):
    """All runs with the same number of texts and epochs. `n` of the scores counts runs; `method` says over what the interval is."""

    texts: int
    epochs: int
    soft: Score
    strict: Score
    papers: int
    collapsed: int
    kept: Score | None = None
    """Of the general questions that the untrained model answers; `n` counts those, not runs."""
    spilled: Score | None = None
    """Share of neighbouring questions answered with what was taught; `n` counts those."""


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
            kept=_over_questions([c.kept for c in cells]),
            spilled=_over_questions([c.spilled for c in cells]),
        )
        for (texts, epochs), cells in sorted(groups.items())
    ]


def _mean(cells: Sequence[GridCell], measure: Measure) -> Score:
    """The mean over papers of each paper's mean over seeds, with a 95% interval.

    Runs of one paper are no independent witnesses. With six papers and more the interval is Student's over papers; with
    fewer it is Wilson's (1927) over all their questions, and holds for these papers only. Where the number of questions
    isn't known it is Student's over papers, or over the seeds of a single one, and none where all are equal: a width of
    zero would claim certainty.
    """
    by_paper: dict[str, list[float]] = defaultdict(list)
    questions: dict[str, int] = {}
    for cell in cells:
        value = cell.strict if measure == "strict" else cell.soft
        if value is not None and math.isfinite(value):
            by_paper[cell.paper].append(value)
            questions[cell.paper] = cell.questions
    n = sum(len(v) for v in by_paper.values())
    units = [sum(v) / len(v) for v in by_paper.values()]
    if not units:
        return Score(value=None, n=0, unscored=len(cells))
    asked = sum(questions.values())
    if asked and len(units) < ENOUGH_PAPERS:
        mean = sum(units) / len(units)
        low, high, method = *wilson(mean, asked), f"over {asked} questions"
    else:
        method = "over papers"
        if len(units) == 1:
            units, method = next(iter(by_paper.values())), "over seeds"
        mean, lower, upper = student(units)
        if lower is None or upper is None:
            return Score(value=mean, n=n, unscored=len(cells) - n)
        low, high = max(0.0, lower), min(1.0, upper)
    return Score(value=mean, low=low, high=high, n=n, unscored=len(cells) - n, method=method)


def _over_questions(scores: Sequence[Score | None]) -> Score | None:
    """The mean over runs that were asked the same questions. More runs are no more questions: the interval is over these."""
    given = [s for s in scores if s]
    known = [(s.value, s.n) for s in given if s.value is not None]
    if not known:
        return Score(value=None, n=0) if given else None
    mean, n = sum(value for value, _ in known) / len(known), min(n for _, n in known)
    low, high = wilson(mean, n)
    return Score(value=mean, low=low, high=high, n=n, method=f"over {n} questions")


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share of `n` (J. Am. Stat. Assoc. 22:209); of use at 0 and 1, too."""
    z2 = 1.96**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = 1.96 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def student(units: Sequence[float]) -> tuple[float, float | None, float | None]:
    """The mean with Student's 95% interval; without one for a single unit and where all are equal."""
    mean = sum(units) / len(units)
    if max(units) - min(units) <= 1e-9:
        return mean, None, None
    spread = math.sqrt(sum((u - mean) ** 2 for u in units) / (len(units) - 1) / len(units))
    half = spread * (_T95[len(units) - 2] if len(units) <= 31 else 1.96)
    return mean, mean - half, mean + half
