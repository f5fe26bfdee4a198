"""Correlation of each parameter with the objective: Pearson and Spearman with 95% bootstrap intervals.

Source: Hatakeyama-Sato et al. 2023, task 2a. Use it on random trials; a search that closes in bends it.
"""

from wellread.report.bars import level_bars
from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.wording import signed

TITLE = "Correlation of each parameter"
PLACE = 22
MOST = 30


def draw(material: Material) -> Drawing:
    """Raises LackingError with too few trials, or where nothing varies."""
    found = material.correlations
    if not found:
        raise LackingError("needs four trials with a value, of parameters that vary")
    drawn = [(c.name, [c.pearson, c.spearman]) for c in found[:MOST]]
    more = f" {len(found) - MOST} weaker ones aren't drawn." if len(found) > MOST else ""
    n = min(c.n for c in found), max(c.n for c in found)
    from_ = f"{n[0]}" if n[0] == n[1] else f"{n[0]} to {n[1]}"
    return Drawing(
        level_bars("figure-correlations", TITLE, drawn, ("Pearson", "Spearman"), (-1.0, 1.0), signed),
        f"With {material.goal}, over {from_} trials; whiskers are 95% bootstrap intervals. On/off settings count as 1 and 0, "
        f"parameters on a logarithmic range by their logarithm. A correlation is no cause.{more}",
        ("parameter", *(f"{c}{end}" for c in ("pearson", "spearman") for end in ("", " low", " high")), "trials"),
        tuple((c.name, *c.pearson, *c.spearman, c.n) for c in found),
    )
