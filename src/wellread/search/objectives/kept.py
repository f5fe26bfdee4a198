"""kept: the share of the general questions that the untrained model answers and the taught one answers still.

Use it beside `learned`: a recipe that teaches one paper and wipes out the rest isn't the one that most people want. It
costs an examination of up to search.kept_questions more in each trial.
"""

from wellread.records import Frozen
from wellread.search.outcome import Outcome

DIRECTION = "maximize"


class Params(Frozen):
    """None."""


def value(outcome: Outcome, params: Params) -> float | None:
    """The share, 0 to 1; None where the untrained model knew none of them."""
    return outcome.kept
