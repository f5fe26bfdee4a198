"""Ranges as a recipe writes them, in the place of a value: numbers, choices, and sets of switches.

learning_rate: {low: 1.0e-5, high: 1.0e-3, log: true}
base: {choices: [plain, nf4]}                      # or named: {choices: {attention: [q, k, v, o], mlp: [gate, up]}}
groups: {any_of: [q, k, v, o], at_least: 1}        # each on or off
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field, ValidationError, model_validator

from wellread.errors import ConfigError
from wellread.records import Frozen

Params = dict[str, Any]
"""What Optuna keeps of a trial: name -> number, word or switch."""


class Infeasible(Exception):  # noqa: N818 - not an error: a point of the space that stands for nothing
    """A combination that no recipe can have."""


class Span(Frozen):
    """Numbers from `low` to `high`, both included; whole ones where both are whole."""

    low: int | float
    high: int | float
    log: bool = Field(False, description="as likely between 1 and 10 as between 10 and 100")
    step: int | float | None = Field(None, gt=0)

    @model_validator(mode="after")
    def _sound(self) -> "Span":
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError("low and high must be finite")
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        if self.log and self.low <= 0:
            raise ValueError(f"a log range can't begin at {self.low:g}; take a low above 0")
        if self.log and self.step:
            raise ValueError("log and step exclude each other")
        return self

    @property
    def whole(self) -> bool:
        """Whether it holds whole numbers alone."""
        return all(isinstance(v, int) for v in (self.low, self.high, self.step or 1))

    def suggest(self, trial: Any, name: str) -> Any:
        """A value for Optuna's `trial`."""
        if self.whole:
            return trial.suggest_int(name, self.low, self.high, step=self.step or 1, log=self.log)
        return trial.suggest_float(name, self.low, self.high, step=self.step, log=self.log)

    def params(self, name: str, value: Any) -> Params:
        """What a trial with this value keeps. Raises ConfigError for a value outside."""
        try:
            number = int(value) if self.whole and float(value) == int(value) else float(value)
        except (TypeError, ValueError):
            raise ConfigError(f"{name}: {value!r} is no number", "Correct it.") from None
        if not self.low <= number <= self.high or (self.whole and isinstance(number, float)):
            raise ConfigError(f"{name}: {value!r} is not in the range {self}", "Widen the range, or leave it out.")
        return {name: number}

    def points(self, name: str) -> list[Params] | None:
        """All of its points; None where they can't be counted."""
        step = self.step or (1 if self.whole else None)
        if step is None:
            return [{name: self.low}] if self.low == self.high else None
        count = math.floor((self.high - self.low) / step + 1e-9) + 1
        return [{name: self.low + k * step} for k in range(count)]

    def ends(self) -> list[Any]:
        """Values that show whether the setting takes what the range holds."""
        return [self.low, self.high]

    def __str__(self) -> str:
        more = ", log" if self.log else f", step {self.step:g}" if self.step else ""
        return f"{self.low:g} to {self.high:g}{more}"


class Choices(Frozen):
    """One of several values; a list or a mapping among them goes by a name."""

    choices: dict[str, Any] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: Any) -> Any:
        given = values.get("choices") if isinstance(values, dict) else None
        return {**values, "choices": {label(v): v for v in given}} if isinstance(given, list | tuple) else values

    def suggest(self, trial: Any, name: str) -> Any:
        """A value for Optuna's `trial`."""
        return self.choices[str(trial.suggest_categorical(name, list(self.choices)))]

    def params(self, name: str, value: Any) -> Params:
        """What a trial with this value keeps; the choice's name will do. Raises ConfigError for another value."""
        found = label(value) if label(value) in self.choices else None
        found = found or next((key for key, v in self.choices.items() if v == value), None)
        if found is None:
            raise ConfigError(f"{name}: {value!r} is not among the choices", f"They are {', '.join(self.choices)}.")
        return {name: found}

    def points(self, name: str) -> list[Params] | None:
        """All of its points."""
        return [{name: key} for key in self.choices]

    def ends(self) -> list[Any]:
        """All values."""
        return list(self.choices.values())

    def __str__(self) -> str:
        return "one of " + ", ".join(self.choices)


class AnyOf(Frozen):
    """Each of several on or off; a trial keeps them as `setting.member`: true or false."""

    any_of: tuple[str, ...] = Field(min_length=1)
    at_least: int = Field(1, ge=0)

    def suggest(self, trial: Any, name: str) -> Any:
        """Those that are on, in the recipe's order. Raises Infeasible where they are too few."""
        on = [m for m in self.any_of if trial.suggest_categorical(f"{name}.{m}", [True, False])]
        if len(on) < self.at_least:
            raise Infeasible(f"{name}: {len(on)} are on, at least {self.at_least} must be")
        return on

    def params(self, name: str, value: Any) -> Params:
        """What a trial with these on keeps. Raises ConfigError for one that isn't in the set."""
        on = [value] if isinstance(value, str) else list(value)
        if unknown := [m for m in on if m not in self.any_of]:
            raise ConfigError(f"{name}: {unknown[0]!r} is not in the set", f"It holds {', '.join(self.any_of)}.")
        if len(on) < self.at_least:
            raise ConfigError(f"{name}: {len(on)} are on, at least {self.at_least} must be", "Name more.")
        return {f"{name}.{m}": m in on for m in self.any_of}

    def points(self, name: str) -> list[Params] | None:
        """All sets that are large enough; None where there are too many to list."""
        if len(self.any_of) > 16:
            return None
        every = ([m for k, m in enumerate(self.any_of) if n >> k & 1] for n in range(2 ** len(self.any_of)))
        return [self.params(name, on) for on in every if len(on) >= self.at_least]

    def ends(self) -> list[Any]:
        """All of them, then each alone (or the first few together)."""
        few = max(1, self.at_least)
        return [list(self.any_of), *([m, *[o for o in self.any_of if o != m][: few - 1]] for m in self.any_of)]

    def __str__(self) -> str:
        return f"at least {self.at_least} of " + ", ".join(self.any_of)


Range = Span | Choices | AnyOf
_KINDS: dict[str, type[Range]] = {"low": Span, "high": Span, "choices": Choices, "any_of": AnyOf}


def is_range(value: Any) -> bool:
    """Whether a recipe's `value` is meant as a range."""
    return isinstance(value, Mapping) and any(key in value for key in _KINDS)


def as_range(name: str, value: Mapping[str, Any]) -> Range:
    """The range that is written as `value`. Raises ConfigError in one line."""
    kind = next(_KINDS[key] for key in _KINDS if key in value)
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join([name, *(str(part) for part in first["loc"])])
        if first["type"] == "extra_forbidden":
            raise ConfigError(f"{where}: no part of a range", f"It has {', '.join(kind.model_fields)}.") from None
        if first["type"] == "missing":
            raise ConfigError(f"{where}: not set", "A range has low and high, choices, or any_of.") from None
        if first["type"] in ("too_short", "missing"):
            raise ConfigError(f"{where}: an empty range", "Name at least one value.") from None
        raise ConfigError(f"{where}: {first['msg'].removeprefix('Value error, ')}", "Correct it.") from None


def ranges(values: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Dotted name and range of every range in the nested `values`."""
    for key, value in values.items():
        if is_range(value):
            yield f"{at}{key}", value
        elif isinstance(value, Mapping):
            yield from ranges(value, f"{at}{key}.")


def label(value: Any) -> str:
    """A short name for a value: original+qa for a list of words, JSON for anything nested."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return "+".join(value) or "none"
    return json.dumps(value, ensure_ascii=False)
