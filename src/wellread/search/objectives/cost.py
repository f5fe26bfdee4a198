"""cost: what the training took; less is better.

Use it beside `learned`. Seconds are those of the machine that did the trial; where machines differ, count tokens.
"""

from typing import Literal

from wellread.records import Frozen
from wellread.search.outcome import Outcome

DIRECTION = "minimize"


class Params(Frozen):
    """What is counted."""

    measure: Literal["seconds", "tokens"] = "seconds"


def value(outcome: Outcome, params: Params) -> float | None:
    """Seconds of training, or tokens that passed through the model."""
    return outcome.seconds["train"] if params.measure == "seconds" else float(outcome.tokens["total"])
