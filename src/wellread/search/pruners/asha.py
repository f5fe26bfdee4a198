"""asha: asynchronous successive halving (Li et al. 2020, arXiv 1810.05934): of the trials that come so far, the best go on.

Use it with many workers and long trials. Few trials reach the end, so the early probes must say something about it.
"""

from typing import Any

from pydantic import Field

from wellread.records import Frozen


class Params(Frozen):
    """Where the rungs are."""

    first: int = Field(25, ge=1, le=99, description="hundredths of a trial before the first decision")
    reduction: int = Field(2, ge=2, description="one trial in so many goes on")


def make(params: Params) -> Any:
    """Optuna's pruner; a probe's step is the hundredths of the training that are done."""
    from optuna.pruners import SuccessiveHalvingPruner

    return SuccessiveHalvingPruner(min_resource=params.first, reduction_factor=params.reduction)
