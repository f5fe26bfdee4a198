"""History: the value of each trial in the order in which they were run, and the best so far.

Use it to see whether the search still went up when it ended.
"""

from collections.abc import Sequence
from itertools import accumulate

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, Point, Series, xy

TITLE = "Value of each trial, and the best so far"
PLACE = 10


def draw(material: Material) -> Drawing:
    """Raises LackingError with fewer than two trials."""
    if len(material.rows) < 2:
        raise LackingError("needs two trials with a value")
    better = max if material.study.directions[material.objective] == "maximize" else min
    goals = [r.goal for r in material.rows]
    numbers = [float(r.trial.number) for r in material.rows]
    best = list(accumulate(goals, better))
    drawn = [
        Series("each trial", tuple(map(Point, numbers, goals))),
        Series("best so far", _steps(numbers, best), joined=True, marked=False),
    ]
    return Drawing(
        xy("figure-history", TITLE, drawn, Axis("trial, in order"), Axis(material.goal)),
        "The best of many trials is partly luck: the more were run, the more.",
        ("trial", material.goal, "best so far"),
        tuple(zip((r.trial.number for r in material.rows), goals, best, strict=True)),
    )


def _steps(numbers: Sequence[float], best: Sequence[float]) -> tuple[Point, ...]:
    """Level until the trial that did better, then straight up."""
    points = [Point(numbers[0], best[0])]
    for number, value in zip(numbers[1:], best[1:], strict=True):
        points += [Point(number, points[-1].y), Point(number, value)]
    return tuple(points)
