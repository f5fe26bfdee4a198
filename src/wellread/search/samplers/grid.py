"""grid: every combination once, in order; all of them are queued when the study is made.

Use it where every value is named: choices, switches, whole numbers, or a range with a step.
"""

from typing import Any

from wellread.records import Frozen

QUEUES = True
"""All trials are known beforehand."""


class Params(Frozen):
    """None."""


def make(params: Params, seed: int) -> Any:
    """What draws a trial that isn't queued: there is none, unless somebody asks for more trials than the grid has."""
    from optuna.samplers import RandomSampler

    return RandomSampler(seed=seed)
