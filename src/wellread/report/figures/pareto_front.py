"""The Pareto front of several objectives: what can be had of one at which price in another.

Use it to choose between learning much, keeping much and paying little.
"""

from wellread.report import pareto
from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, Point, Series, xy

TITLE = "Pareto front"
PLACE = 15


def draw(material: Material) -> Drawing:
    """Raises LackingError with one objective, or without trials that have all of them."""
    study = material.study
    if len(study.metrics) < 2:
        raise LackingError("the search had a single objective")
    trials = pareto.complete(study)
    if not trials:
        raise LackingError("no trial has a value of every objective")
    best = pareto.front(study)
    front = [t.number for t in best]
    others = [t for t in trials if t.number not in front]
    parts = [("not on the front", others, False), ("on the front", best, len(study.metrics) == 2)]
    drawn = [Series(name, tuple(Point(t.values[0], t.values[1]) for t in ts), line) for name, ts, line in parts if ts]
    axes = [
        Axis(f"{m} ({'more' if d == 'maximize' else 'less'} is better)")
        for m, d in zip(study.metrics, study.directions, strict=True)
    ]
    more = f" Only the first two of {len(axes)} objectives are drawn; the table has all." if len(axes) > 2 else ""
    return Drawing(
        xy("figure-pareto", TITLE, drawn, axes[0], axes[1]),
        f"On the front: no other trial is better in one objective without being worse in another.{more}",
        ("trial", *study.metrics, "on the front"),
        tuple((t.number, *t.values, t.number in front) for t in trials),
    )
