"""Importance: each parameter's share in the variance of the objective (fANOVA).

Source: Hutter, Hoos and Leyton-Brown 2014. Use it beside the correlations, which miss effects that rise and then fall.
"""

from wellread.report.bars import level_bars
from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.wording import number

TITLE = "Importance of each parameter"
PLACE = 24
MOST = 30


def draw(material: Material) -> Drawing:
    """Raises LackingError where there is none, with the reason."""
    found = material.importance
    if isinstance(found, str):
        raise LackingError(found.removeprefix("importance "))
    rows = [(name, share) for name, share in found.items()]
    drawn = [(name, [(share, None, None)]) for name, share in rows[:MOST]]
    more = f" {len(rows) - MOST} more of less importance aren't drawn." if len(rows) > MOST else ""
    left_out = [p.name for p in material.study.parameters if p.name not in found]
    unlike = f" Not in it, as not every trial has them or they don't vary: {', '.join(left_out)}." if left_out else ""
    return Drawing(
        level_bars(
            "figure-importance", TITLE, drawn, ("share of the variance",), (0.0, max(s for _, s in rows) or 1.0), number
        ),
        f"The shares add up to 1.{more}{unlike}",
        ("parameter", "share"),
        tuple(rows),
    )
