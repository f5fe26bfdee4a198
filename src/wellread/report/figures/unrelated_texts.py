"""Score against the number of unrelated texts in the training mix, with intervals.

Source: Hatakeyama-Sato et al. 2023, task 1b. Use it to see how far unrelated texts dilute what is learned.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, loggable, xy
from wellread.report.series import caption, series

TITLE = "Score against unrelated texts"
PLACE = 30


def draw(material: Material) -> Drawing:
    """Raises LackingError where the number isn't known, or didn't vary."""
    rows = [r for r in material.rows if r.unrelated is not None]
    if not rows:
        raise LackingError("needs the number of unrelated texts of each trial (--role unrelated=...)")
    counts = [r.unrelated for r in rows if r.unrelated is not None]
    if len(set(counts)) < 2:
        raise LackingError("the number of unrelated texts is the same in all trials")
    known = all(r.texts is not None for r in rows)
    by_texts = (lambda r: r.texts) if known and len({r.texts for r in rows}) > 1 else None
    drawn = series(rows, lambda r: r.unrelated, lambda r: r.score, by_texts, "text")
    return Drawing(
        xy("figure-unrelated", TITLE, drawn, Axis("unrelated texts", loggable(counts)), Axis(material.score)),
        caption(drawn) + (" Series: texts about the subject." if by_texts else ""),
        ("trial", "unrelated texts", "texts", "score", "low", "high"),
        tuple((r.trial.number, r.unrelated, r.texts, r.score, r.low, r.high) for r in rows),
    )
