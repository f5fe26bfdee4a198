"""Optuna's own objects as our records."""

import math
from collections.abc import Sequence
from typing import Any, Literal

from wellread.studies.study import Parameter, Study, Trial

_STATES = {"COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed", "RUNNING": "running", "WAITING": "waiting"}
_METRICS = "study:metric_names"  # the system attribute in which Optuna keeps the names of the objectives


def study(source: str, found: Any, trials: Sequence[Any]) -> Study:
    """`found` (an optuna FrozenStudy) with its `trials` (FrozenTrials); `source` says where they were read."""
    named = found.system_attrs.get(_METRICS) or []
    many = len(found.directions)
    metrics = named if len(named) == many else ["value"] if many == 1 else [f"value {i + 1}" for i in range(many)]
    return Study(
        name=found.study_name,
        source=source,
        directions=tuple("minimize" if d.name == "MINIMIZE" else "maximize" for d in found.directions),
        metrics=tuple(metrics),
        parameters=tuple(_parameters(trials)),
        trials=tuple(_trial(t) for t in trials),
        attrs=dict(found.user_attrs),
    )


def _trial(trial: Any) -> Trial:
    begun, ended = trial.datetime_start, trial.datetime_complete
    return Trial.model_validate({
        "number": trial.number,
        "state": _STATES[trial.state.name],
        "values": tuple(trial.values or ()),
        "params": dict(trial.params),
        "seconds": (ended - begun).total_seconds() if begun and ended else None,
        "attrs": dict(trial.user_attrs),
    })  # fmt: skip


def _parameters(trials: Sequence[Any]) -> list[Parameter]:
    """Each parameter once, in the order in which trials first had it; its range is the widest that any trial had."""
    found: dict[str, Parameter] = {}
    for trial in trials:
        for name, distribution in trial.distributions.items():
            new = _parameter(name, distribution)
            found[name] = _wider(found[name], new) if name in found else new
    return list(found.values())


def _parameter(name: str, distribution: Any) -> Parameter:
    if type(distribution).__name__ == "CategoricalDistribution":
        return _choice(name, tuple(distribution.choices))
    kind = "integer" if type(distribution).__name__ == "IntDistribution" else "number"
    low, high, log = distribution.low, distribution.high, distribution.log
    return Parameter.model_validate({"name": name, "kind": kind, "low": low, "high": high, "log": log})


def _choice(name: str, choices: tuple[Any, ...]) -> Parameter:
    """One of several values; a number of which several were named is a number, so that it can be counted and correlated."""
    numbers = [c for c in choices if isinstance(c, int | float) and not isinstance(c, bool) and math.isfinite(c)]
    if len(numbers) < len(choices) or not numbers:
        return Parameter(name=name, kind="choice", choices=choices)
    whole = all(isinstance(c, int) for c in numbers)
    kind: Literal["integer", "number"] = "integer" if whole else "number"
    return Parameter(name=name, kind=kind, low=min(numbers), high=max(numbers), choices=choices)


def _wider(one: Parameter, other: Parameter) -> Parameter:
    choices = (*one.choices, *(c for c in other.choices if c not in one.choices))
    if "choice" in (one.kind, other.kind):
        return Parameter(name=one.name, kind="choice", choices=choices)
    if not (one.choices and other.choices):
        choices = ()  # a range holds more than what was named
    low = min(v for v in (one.low, other.low) if v is not None)
    high = max(v for v in (one.high, other.high) if v is not None)
    kind = one.kind if one.kind == other.kind else "number"
    return one.model_copy(
        update={"kind": kind, "low": low, "high": high, "log": one.log and other.log, "choices": choices}
    )
