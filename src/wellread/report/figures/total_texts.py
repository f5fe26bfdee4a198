"""Score against the number of all texts, by epochs, with the line of the untrained model.

Source: Hatakeyama-Sato et al. 2023, task 2b. Use it to see what a model still learns in a growing mix.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, loggable, xy
from wellread.report.series import caption, series
from wellread.report.wording import count

TITLE = "Score against all texts"
PLACE = 50


def draw(material: Material) -> Drawing:
    """Raises LackingError where the number isn't known, or didn't vary."""
    rows = [r for r in material.rows if r.total is not None]
    if not rows:
        raise LackingError("needs the number of all texts of each trial (--role total=..., or texts= and unrelated=)")
    counts = [r.total for r in rows if r.total is not None]
    if len(set(counts)) < 2:
        raise LackingError("the number of all texts is the same in all trials")
    told = [r for r in rows if r.epochs is not None]
    by_epochs = (lambda r: r.epochs) if 2 * len(told) > len(rows) else None
    unknown = len(rows) - len(told) if by_epochs else 0
    rows = told if by_epochs else rows
    levels = [(material.floor, "untrained")] if material.floor is not None else []
    drawn = series(rows, lambda r: r.total, lambda r: r.score, by_epochs, "epoch", means=False)
    return Drawing(
        xy("figure-total", TITLE, drawn, Axis("all texts", loggable(counts)), Axis(material.score), levels),
        caption(drawn)
        + (f" {count(unknown, 'trial')} whose epochs aren't known: left out." if unknown else "")
        + (" Dashed: the untrained model." if levels else " The untrained model's score isn't known (--floor)."),
        ("trial", "all texts", "epochs", "score", "low", "high"),
        tuple((r.trial.number, r.total, r.epochs, r.score, r.low, r.high) for r in rows),
    )
