"""cmaes: covariance matrix adaptation (Hansen and Ostermeier 2001).

Use it for a hundred trials and more over numbers; choices and switches are drawn at random beside it.
"""

from typing import Any

from wellread.records import Frozen


class Params(Frozen):
    """None."""


def make(params: Params, seed: int) -> Any:
    """Optuna's sampler."""
    from optuna.samplers import CmaEsSampler

    return CmaEsSampler(seed=seed)
