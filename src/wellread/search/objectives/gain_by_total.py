"""gain_by_total: (score - floor) times log10 of the number of all texts.

Source: Hatakeyama-Sato et al. 2023 (arXiv 2312.03360). Use it where the number of target texts is sought too, and the
untrained model already answers some of the questions.
"""

import math

from wellread.records import Frozen
from wellread.search.objectives import learned
from wellread.search.outcome import Outcome

DIRECTION = "maximize"


class Params(Frozen):
    """Which score; soft is the published one."""

    metric: str = "strict"


def value(outcome: Outcome, params: Params) -> float | None:
    """The product, None where nothing could be scored."""
    gained = learned.value(outcome, learned.Params(metric=params.metric))
    return None if gained is None else gained * math.log10(max(1, outcome.texts["total"]))
