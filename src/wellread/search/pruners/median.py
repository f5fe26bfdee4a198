"""median: a trial is ended where its best probe so far is below the median of what others had at the same probe.

Use it where scores rise steadily during training.
"""

from typing import Any

from pydantic import Field

from wellread.records import Frozen


class Params(Frozen):
    """When it begins."""

    startup: int = Field(5, ge=0, description="so many trials go to their end whatever they show")
    warmup: int = Field(0, ge=0, description="so many hundredths of a trial are let pass")


def make(params: Params) -> Any:
    """Optuna's pruner; a probe's step is the hundredths of the training that are done."""
    from optuna.pruners import MedianPruner

    return MedianPruner(n_startup_trials=params.startup, n_warmup_steps=params.warmup)
