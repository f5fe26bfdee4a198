"""Published logs as a search: each object with settings and a score is a trial, as the seed's authors counted them.

Hatakeyama-Sato et al. 2023 (arXiv 2312.03360) wrote such an object after each epoch: settings, score, every answer.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wellread.errors import InputError
from wellread.evaluate.log_rows import SCORE, first_of, holds_answer, named
from wellread.studies import Parameter, Study, Trial

_OUTCOME = re.compile("loss|score|accuracy|seconds|time", re.IGNORECASE)
HUGE = 1e100
DECADES = 2.0
"""Numbers above nought that span so many powers of ten are taken for drawn on a logarithmic scale."""


def trials_of(logs: Mapping[Path, Any]) -> Study:
    """Every trial in `logs` (file -> what stands in it), those that say the same once.

    A setting is a number, a word, or on and off, at the top of the object or one level below; what is the same in all
    trials is left out. Raises InputError where there are no two trials, or nothing varies.
    """
    every = [(_settings(r), float(first_of(r, SCORE))) for log in logs.values() for r in _records(log)]
    found = list({json.dumps(one, sort_keys=True): one for one in every}.values())
    paths = list(logs)
    parameters = _parameters([params for params, _ in found])
    if len(found) < 2 or not parameters:
        raise InputError(
            f"{paths[0]}{' and the others' if len(paths) > 1 else ''}: no trials of different settings",
            "Each trial is an object with settings and a score; without --trials the answers alone are scored again.",
        )
    names = {p.name for p in parameters}
    trials = tuple(
        Trial(number=i, state="complete", values=(score,), params={k: v for k, v in params.items() if k in names})
        for i, (params, score) in enumerate(found)
    )
    return Study(
        name=paths[0].parent.name or "logs",
        source=str(paths[0]) if len(paths) == 1 else f"{len(paths)} logs in {paths[0].parent}",
        directions=("maximize",),
        metrics=("score",),
        parameters=tuple(parameters),
        trials=trials,
    )


def _records(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every object with a score of its own that is not one answer, however deep it stands."""
    if isinstance(node, dict):
        score = first_of(node, SCORE)
        if _is_number(score) and not holds_answer(node):
            yield node
            return
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _records(part)


def _settings(record: Mapping[str, Any]) -> dict[str, Any]:
    score = named(record, SCORE)
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if name == score or _OUTCOME.search(name):
            continue
        if isinstance(value, dict) and value and all(isinstance(v, str | int | float) for v in value.values()):
            flat |= {f"{name}.{key}": v for key, v in value.items()}
        elif isinstance(value, str | int | float):
            flat[name] = value
    return {k: v for k, v in flat.items() if isinstance(v, str | bool) or _is_number(v)}


def _is_number(value: Any) -> bool:
    """Whether it is one that a figure can show; JSON also has numbers that no float holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -HUGE < value < HUGE


def _parameters(trials: Sequence[Mapping[str, Any]]) -> list[Parameter]:
    """What varies over the trials; a word that is another one in every trial is a name, not a setting."""
    found = []
    for name in dict.fromkeys(name for params in trials for name in params):
        given = [params[name] for params in trials if name in params]
        different = list(dict.fromkeys(given))
        numbers = [v for v in given if _is_number(v)]
        if len(different) < 2:
            continue
        if len(numbers) == len(given):
            low, high = min(numbers), max(numbers)
            log = low > 0 and math.log10(high) - math.log10(low) >= DECADES
            kind = "integer" if all(isinstance(v, int) for v in numbers) else "number"
            found.append(Parameter.model_validate({"name": name, "kind": kind, "low": low, "high": high, "log": log}))
        elif len(different) < len(given):
            found.append(Parameter(name=name, kind="choice", choices=tuple(different)))
    return found
