"""A judge's scores beside the keyword scores, trial by trial.

Use it to see whether the cheap score can stand for the dear one: points along a rising line say yes.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, Point, Series, xy

TITLE = "Judge against keyword score"
PLACE = 80


def draw(material: Material) -> Drawing:
    """Raises LackingError where no judge scored the trials."""
    rows = [r for r in material.rows if r.judge is not None]
    if len(rows) < 2:
        raise LackingError("needs a judge's score of two trials or more")
    drawn = [Series("", tuple(Point(r.score, r.judge or 0.0) for r in rows))]
    return Drawing(
        xy("figure-judge", TITLE, drawn, Axis(material.score), Axis("judge's score")),
        "Each mark is a trial.",
        ("trial", "score", "judge"),
        tuple((r.trial.number, r.score, r.judge) for r in rows),
    )
