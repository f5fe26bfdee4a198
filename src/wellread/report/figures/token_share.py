"""Score against the share of the training tokens that are about the subject.

Use it instead of counts of texts where texts differ much in length.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, loggable, xy
from wellread.report.series import caption, series

TITLE = "Score against token share"
PLACE = 60


def draw(material: Material) -> Drawing:
    """Raises LackingError where the tokens weren't counted, or their share didn't vary."""
    rows = [r for r in material.rows if r.token_share is not None]
    if not rows:
        raise LackingError("needs the tokens of each trial, which only wellread's own searches note")
    shares = [r.token_share for r in rows if r.token_share is not None]
    if len(set(shares)) < 2:
        raise LackingError("the share is the same in all trials")
    drawn = series(rows, lambda r: r.token_share, lambda r: r.score, means=False)
    return Drawing(
        xy(
            "figure-share",
            TITLE,
            drawn,
            Axis("share of tokens about the subject", loggable(shares)),
            Axis(material.score),
        ),
        f"{caption(drawn)} 1 is a mix of nothing but texts about the subject.",
        ("trial", "token share", "score", "low", "high"),
        tuple((r.trial.number, r.token_share, r.score, r.low, r.high) for r in rows),
    )
