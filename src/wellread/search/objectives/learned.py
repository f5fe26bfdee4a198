"""learned: the score less that of the untrained model.

Use it beside `kept` and `cost`, for the front of what can be learned at what price.
"""

from wellread.records import Frozen
from wellread.search.objectives import score
from wellread.search.outcome import Outcome

DIRECTION = "maximize"


class Params(Frozen):
    """Which score."""

    metric: str = "strict"


def value(outcome: Outcome, params: Params) -> float | None:
    """The gain, None where either could not be scored."""
    taught = score.value(outcome, score.Params(metric=params.metric))
    before = outcome.floor[params.metric].value
    return None if taught is None or before is None else taught - before
