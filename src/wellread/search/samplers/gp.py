"""gp: a Gaussian process over the settings, and the trial expected to improve most.

Use it for few, expensive trials over numbers. It thinks for about a second a trial.
"""

from typing import Any

from wellread.records import Frozen


class Params(Frozen):
    """None."""


def make(params: Params, seed: int) -> Any:
    """Optuna's sampler."""
    from optuna.samplers import GPSampler

    return GPSampler(seed=seed)
