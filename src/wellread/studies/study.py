"""What a search left behind, whoever ran it: a Study with its Trials and the Parameters that they varied."""

import math
from typing import Any, Literal

from pydantic import Field

from wellread.records import Frozen

State = Literal["complete", "pruned", "failed", "running", "waiting"]


class Parameter(Frozen):
    """One setting that was varied, and between which values."""

    name: str
    kind: Literal["number", "integer", "choice"]
    log: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[Any, ...] = Field(default=(), description="the values that were named; numbers have a range as well")


class Trial(Frozen):
    """One trial. `values` has one number for each objective; it is empty where the trial didn't come to an end."""

    number: int
    state: State
    values: tuple[float, ...] = ()
    params: dict[str, Any] = Field(default_factory=dict)
    seconds: float | None = Field(default=None, description="from start to end, where both are known")
    attrs: dict[str, Any] = Field(default_factory=dict, description="what whoever ran it noted beside it")

    def value(self, objective: int = 0) -> float | None:
        """The value of one objective; None where there is no finite one."""
        if self.state != "complete" or objective >= len(self.values):
            return None
        found = self.values[objective]
        return found if math.isfinite(found) else None


class Study(Frozen):
    """A search: what was to be made large or small, over which parameters, and every trial."""

    name: str
    source: str = Field(description="the file or address that it was read from, without a password")
    directions: tuple[Literal["maximize", "minimize"], ...]
    metrics: tuple[str, ...] = Field(description="one name for each objective; 'value' where nobody named it")
    parameters: tuple[Parameter, ...] = ()
    trials: tuple[Trial, ...] = ()
    attrs: dict[str, Any] = Field(default_factory=dict)

    def valued(self, objective: int = 0) -> list[Trial]:
        """The trials with a finite value, in their order."""
        return [t for t in self.trials if t.value(objective) is not None]

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        return next(p for p in self.parameters if p.name == name)
