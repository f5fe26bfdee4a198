"""score_by_unrelated: the score times log10 of the number of unrelated texts.

Source: Hatakeyama-Sato et al. 2023 (arXiv 2312.03360), the objective of Task 2: learn the target among as many other texts as
can be. Without unrelated texts, or with one, it is 0.
"""

import math

from wellread.records import Frozen
from wellread.search.objectives import score
from wellread.search.outcome import Outcome

DIRECTION = "maximize"


class Params(Frozen):
    """Which score; soft is the published one."""

    metric: str = "strict"


def value(outcome: Outcome, params: Params) -> float | None:
    """The product, None where nothing could be scored."""
    scored = score.value(outcome, score.Params(metric=params.metric))
    return None if scored is None else scored * math.log10(max(1, outcome.texts["unrelated"]))
