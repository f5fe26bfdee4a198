"""The space of a search: every range of a recipe by its dotted name, and the recipe around it."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wellread.errors import ConfigError
from wellread.search.ranges import Infeasible, Params, Range, as_range, is_range, ranges

CLOSED = ("search", "grid", "questions", "examine", "name", "corpus.unrelated")
"""Settings that all trials of a study share, or their scores couldn't be compared."""
MOST_POINTS = 2_000

Settings = dict[str, Any]
"""Dotted setting -> value."""


@dataclass(frozen=True)
class Space:
    """What may be chosen."""

    dimensions: dict[str, Range] = field(default_factory=dict)

    def suggest(self, trial: Any) -> Settings:
        """A value for each range, drawn by Optuna's `trial`. Raises Infeasible for a point that no recipe can have."""
        chosen: Settings = {}
        missing: Infeasible | None = None
        for name, range_ in self.dimensions.items():
            try:
                chosen[name] = range_.suggest(trial, name)
            except Infeasible as e:
                missing = e  # the others are drawn all the same, so that the trial is whole
        if missing:
            raise missing
        return chosen

    def params(self, settings: Mapping[str, Any], where: str = "") -> Params:
        """What a trial with these settings keeps; settings that aren't named are left to the sampler.

        Raises ConfigError for a name that isn't a range and for a value outside its range.
        """
        found: Params = {}
        for name, value in settings.items():
            if name not in self.dimensions:
                known = ", ".join(self.dimensions)
                raise ConfigError(f"{where}{name} is not searched", f"The recipe has ranges for: {known}.")
            try:
                found |= self.dimensions[name].params(name, value)
            except ConfigError as e:
                raise ConfigError(f"{where}{e.what}", e.fix) from None
        return found

    @property
    def size(self) -> int | None:
        """How many points it has; None where they can't be counted."""
        counts = [points and len(points) for points in self._points()]
        return None if None in counts else math.prod(c for c in counts if c)

    def grid(self) -> Iterator[Params]:
        """Every point, the last range varying fastest. Raises ConfigError where there are too many."""
        for name, points in zip(self.dimensions, self._points(), strict=True):
            if points is None:
                fix = "Give it a step, name choices, or take another sampler."
                raise ConfigError(f"search.sampler: grid can't count the values of {name}", fix)
        if (self.size or 0) > MOST_POINTS:
            raise ConfigError(
                f"search.sampler: grid of {self.size:,} points; {MOST_POINTS:,} are the most", "Take another sampler."
            )
        for some in itertools.product(*(points or [] for points in self._points())):
            yield {name: value for part in some for name, value in part.items()}

    def _points(self) -> list[list[Params] | None]:
        return [range_.points(name) for name, range_ in self.dimensions.items()]

    def describe(self) -> dict[str, str]:
        """Each range in words."""
        return {name: str(range_) for name, range_ in self.dimensions.items()}

    def first(self) -> Settings:
        """The settings of some point."""
        return {name: range_.ends()[0] for name, range_ in self.dimensions.items()}

    def check(self, assemble: Callable[[Settings], object]) -> None:
        """Try each range's ends in the recipe, by `assemble`, which raises ConfigError for a value that can't be."""
        usual = self.first()
        assemble(usual)
        for name, range_ in self.dimensions.items():
            for value in range_.ends():
                assemble({**usual, name: value})


def space_of(values: Mapping[str, Any]) -> tuple[Space, dict[str, Any]]:
    """The space in a recipe's nested `values`, and the recipe without its ranges. An entry of its grid is one of choices.

    Raises ConfigError for a bad range, for a range where all trials must agree, and where there is none at all.
    """
    found: dict[str, Range] = {}
    for name, range_ in ranges({k: v for k, v in values.items() if k not in ("search", "grid")}):
        found[name] = as_range(name, range_)
    for name, given in (values.get("grid") or {}).items():
        found[name] = as_range(f"grid.{name}", {"choices": given if isinstance(given, Mapping) else list(given or [])})
    for name in found:
        if any(name == c or name.startswith(f"{c}.") for c in CLOSED):
            raise ConfigError(f"{name}: a range, and it must be the same in all trials", "Give it one value.")
    if not found:
        fix = "Put one in the place of a value: learning_rate: {low: 1.0e-5, high: 1.0e-3, log: true}."
        raise ConfigError("nothing to search: no value of the recipe is a range", fix)
    return Space(found), {k: v for k, v in _without(values).items() if k != "grid"}


def _without(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without(value) if isinstance(value, Mapping) else value
        for key, value in values.items()
        if not is_range(value)
    }
