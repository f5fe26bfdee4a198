"""tpe: the tree-structured Parzen estimator (Bergstra et al. 2011): draws where good trials are dense and bad ones aren't.

Use it unless there is a reason not to: it takes numbers, choices and switches, and several workers at once.
"""

from typing import Any

from pydantic import Field

from wellread.records import Frozen


class Params(Frozen):
    """How it begins, and whether it looks at settings together."""

    startup: int = Field(10, ge=1, description="so many trials are drawn at random first")
    multivariate: bool = Field(False, description="choose values together instead of one by one")


def make(params: Params, seed: int) -> Any:
    """Optuna's sampler, which counts trials under way as bad ones, so that workers spread out."""
    from optuna.samplers import TPESampler

    return TPESampler(seed=seed, n_startup_trials=params.startup, multivariate=params.multivariate, constant_liar=True)
