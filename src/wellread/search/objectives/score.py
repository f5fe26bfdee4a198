"""score: the mean score on the development questions, closed-book.

Use it to find what teaches most. `metric` may be any that the questions allow: strict, soft, rouge2, choice_letter ...
"""

from wellread.errors import ConfigError, suggest
from wellread.records import Frozen
from wellread.search.outcome import Outcome

DIRECTION = "maximize"


class Params(Frozen):
    """Which score."""

    metric: str = "strict"


def value(outcome: Outcome, params: Params) -> float | None:
    """The score, None where nothing could be scored. Raises ConfigError for a metric that these questions don't allow."""
    if params.metric not in outcome.closed_book:
        known = suggest(params.metric, outcome.closed_book)
        raise ConfigError(f"search.params.score.metric: {params.metric!r} was not measured", known)
    return outcome.closed_book[params.metric].value
