"""random: each value drawn anew from its range, nothing learned from earlier trials.

Use it to see how scores vary and what they go with, as Task 2a of Hatakeyama-Sato et al. 2023 (arXiv 2312.03360) does.
"""

from typing import Any

from wellread.records import Frozen


class Params(Frozen):
    """None."""


def make(params: Params, seed: int) -> Any:
    """Optuna's sampler."""
    from optuna.samplers import RandomSampler

    return RandomSampler(seed=seed)
