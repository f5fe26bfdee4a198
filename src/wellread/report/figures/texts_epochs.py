"""Score against the number of texts about the subject, for each number of epochs.

Source: Hatakeyama-Sato et al. 2023, task 1a. Use it to see how many tellings of a fact a model needs.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, loggable, xy
from wellread.report.series import caption, series

TITLE = "Score against texts and epochs"
PLACE = 20


def draw(material: Material) -> Drawing:
    """Raises LackingError where texts or epochs aren't known, or didn't vary."""
    rows = [r for r in material.rows if r.texts is not None and r.epochs is not None]
    if not rows:
        raise LackingError("needs the number of texts and of epochs of each trial (--role texts=..., epochs=...)")
    texts = [r.texts for r in rows if r.texts is not None]
    if len(set(texts)) < 2:
        raise LackingError("the number of texts is the same in all trials")
    drawn = series(rows, lambda r: r.texts, lambda r: r.score, lambda r: r.epochs, "epoch")
    return Drawing(
        xy("figure-texts", TITLE, drawn, Axis("texts about the subject", loggable(texts)), Axis(material.score)),
        caption(drawn),
        ("trial", "texts", "epochs", "score", "low", "high"),
        tuple((r.trial.number, r.texts, r.epochs, r.score, r.low, r.high) for r in rows),
    )
