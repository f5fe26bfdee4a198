"""Multiple choice against the number of instructions (prompt and answer pairs) in the training mix.

Use it to see whether training on texts alone costs a model the form of an examination.
"""

from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.plot import Axis, loggable, xy
from wellread.report.series import caption, series

TITLE = "Multiple choice against instructions"
PLACE = 70


def draw(material: Material) -> Drawing:
    """Raises LackingError where either isn't known, or the number didn't vary."""
    rows = [r for r in material.rows if r.choice is not None and r.instructions is not None]
    if not rows:
        raise LackingError("needs a multiple-choice score and the number of instructions of each trial")
    counts = [r.instructions for r in rows if r.instructions is not None]
    if len(set(counts)) < 2:
        raise LackingError("the number of instructions is the same in all trials")
    drawn = series(rows, lambda r: r.instructions, lambda r: r.choice)
    return Drawing(
        xy("figure-choice", TITLE, drawn, Axis("instructions", loggable(counts)), Axis("multiple choice, share right")),
        caption(drawn),
        ("trial", "instructions", "multiple choice"),
        tuple((r.trial.number, r.instructions, r.choice) for r in rows),
    )
