"""The best learning rate against the number of unrelated texts.

Source: Hatakeyama-Sato et al. 2023, task 2b, who found that the best rate falls as texts grow. Use it before you scale a
recipe up.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material, Row
from wellread.report.plot import Axis, Point, Series, loggable, xy
from wellread.report.series import grouped

TITLE = "Best learning rate against unrelated texts"
PLACE = 40
BEST = 3  # trials of each group that are shown, so that one lucky trial doesn't stand for all


def draw(material: Material) -> Drawing:
    """Raises LackingError where rate or texts aren't known, or don't vary."""
    rows = [r for r in material.best_first if r.unrelated is not None and r.lr is not None and r.lr > 0]
    if not rows:
        raise LackingError("needs the learning rate and the number of unrelated texts (--role lr=..., unrelated=...)")
    counts, rates = [r.unrelated or 0.0 for r in rows], [r.lr or 0.0 for r in rows]
    if len(set(counts)) < 2 or len(set(rates)) < 2:
        raise LackingError("learning rate or number of unrelated texts is the same in all trials")
    groups = [part for _, part in grouped(rows, lambda r: r.unrelated, "")]
    ranked = [
        Series(name, tuple(_point(g[i]) for g in groups if len(g) > i), joined=i == 0)
        for i, name in enumerate(("best", "second", "third")[:BEST])
    ]
    drawn = [s for s in ranked if s.points]
    return Drawing(
        xy(
            "figure-rate",
            TITLE,
            drawn,
            Axis("unrelated texts", loggable(counts)),
            Axis("learning rate", loggable(rates)),
        ),
        f"The best trials for each number of unrelated texts, or each quarter of the trials by that number, by {material.goal}.",
        ("trial", "unrelated texts", "learning rate", material.goal),
        tuple((r.trial.number, r.unrelated, r.lr, r.goal) for g in groups for r in g[:BEST]),
    )


def _point(row: Row) -> Point:
    return Point(row.unrelated or 0.0, row.lr or 0.0)
