"""nsga2: the genetic algorithm of Deb et al. 2002, for several objectives.

Use it for a Pareto front over a hundred trials and more.
"""

from typing import Any

from pydantic import Field

from wellread.records import Frozen


class Params(Frozen):
    """How many trials make a generation."""

    population: int = Field(20, ge=2)


def make(params: Params, seed: int) -> Any:
    """Optuna's sampler."""
    from optuna.samplers import NSGAIISampler

    return NSGAIISampler(seed=seed, population_size=params.population)
