"""numeric: 1 if the answer holds the right number, within a tolerance and in any unit of the same quantity; else 0.

`146 °C` is met by '419.15 K' and, at 1%, by '146.5 degrees Celsius'. An answer without any number in a unit of that quantity
is wrong; one with several of which one is right is unparsed (None), since which is meant can't be told. Numbers that the
question itself holds aren't looked at.
"""

from pydantic import Field

from wellread.quantities import Quantity, quantities, same_kind
from wellread.records import Frozen, Question


class Params(Frozen):
    """How near is right, where the question itself doesn't say."""

    tolerance: float = Field(0.01, ge=0, description="largest difference, as a share of the right value")


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with a number to be met."""
    return bool(question.number)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """1.0 or 0.0; None where the answer holds right and wrong numbers of the same kind."""
    wanted = quantities(question.number or "")
    if len(wanted) != 1:
        return None
    given = {(q.value, q.kind) for q in quantities(question.question)}
    named = [q for q in quantities(answer) if same_kind(q, wanted[0]) and (q.value, q.kind) not in given]
    tolerance = params.tolerance if question.tolerance is None else question.tolerance
    met = [_near(q, wanted[0], tolerance) for q in named]
    if any(met) and not all(met):
        return None
    return float(any(met))


def _near(have: Quantity, wanted: Quantity, tolerance: float) -> bool:
    """Whether the values agree. The tolerance is a share of the number as it was written: 1% of 0 °C isn't 2.7 K."""
    value = have.value if wanted.kind else have.written
    return abs(value - wanted.value) <= tolerance * abs(wanted.written) * wanted.factor + 1e-9 * abs(wanted.value)
