"""What the figures of a search are drawn from: one row for each trial with a value, whoever ran the search.

Our own searches note texts, tokens and scores beside each trial. Of other people's only parameters and values are known:
which parameter stands for what goes by its name, or by what the user says.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from wellread.errors import ConfigError, UnknownNameError
from wellread.report.correlations import Correlation, correlations
from wellread.report.importance import importance
from wellread.studies import Study, Trial

Aim = Literal["value", "score-by-unrelated", "gain-by-total"]
AIMS: dict[str, str] = {
    "value": "as the search had it",
    "score-by-unrelated": "score × log10 of the unrelated texts",
    "gain-by-total": "(score − floor) × log10 of all texts",
}

#: What a parameter can stand for -> names by which it is known.
ROLES = {
    "lr": r"(^|[._-])(lr|learning_?rate)$",
    "epochs": r"epoch",
    "unrelated": r"unrelated|irrelevant",
    "total": r"total_?texts|texts_?total",
    "texts": r"(^|[._-])(n_|num_)?(texts|original\w*|multiling\w*|translat\w*|rewrit\w*)$|\btarget\b",
    "instructions": r"instruct|n_qa|qa_pairs",
}


@dataclass(frozen=True)
class Row:
    """A trial with a value. What isn't known of it is None."""

    trial: Trial
    goal: float
    """The objective that the page is about."""
    score: float
    """The examination's score: strict closed-book where it is known, else the value itself."""
    low: float | None = None
    high: float | None = None
    texts: float | None = None
    unrelated: float | None = None
    total: float | None = None
    epochs: float | None = None
    lr: float | None = None
    token_share: float | None = None
    instructions: float | None = None
    choice: float | None = None
    judge: float | None = None
    kept: float | None = None


@dataclass(frozen=True)
class Material:
    """A study made ready for figures."""

    study: Study
    objective: int
    aim: str
    rows: tuple[Row, ...]
    roles: Mapping[str, tuple[str, ...]]
    floor: float | None

    @property
    def goal(self) -> str:
        """What `goal` of the rows is, in words."""
        name = self.study.metrics[self.objective]
        return name if self.aim == "value" else AIMS[self.aim].replace("score", name, 1)

    @cached_property
    def examined(self) -> bool:
        """Whether the trials come with an examination's score and its interval."""
        return any(r.low is not None for r in self.rows)

    @property
    def score(self) -> str:
        """What `score` of the rows is, in words."""
        return "strict score" if self.examined else self.study.metrics[self.objective]

    @property
    def measured(self) -> str:
        """The metric that the objective is made of; strict where nobody noted another."""
        goals = _inside(self.study.attrs.get("identity"), "objectives")
        name = _inside(_inside(goals, self.study.metrics[self.objective]), "metric")
        return name if isinstance(name, str) else "strict"

    @property
    def best_first(self) -> list[Row]:
        """The rows, the best value first."""
        sign = -1.0 if self.study.directions[self.objective] == "maximize" else 1.0
        return sorted(self.rows, key=lambda r: (sign * r.goal, r.trial.number))

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """The row of each trial that has one."""
        return {r.trial.number: r for r in self.rows}

    @cached_property
    def correlations(self) -> list[Correlation]:
        """Each varied parameter with the goal, the strongest first."""
        return correlations(self.study.parameters, [(r.trial.params, r.goal) for r in self.rows])

    @cached_property
    def importance(self) -> dict[str, float] | str:
        """The share of each parameter in the goal's variance by fANOVA; or in words why it isn't known."""
        return importance(self.study.parameters, [(r.trial.params, r.goal) for r in self.rows])


def material(
    study: Study, *, value: str | None = None, aim: str = "value", roles: Sequence[str] = (), floor: float | None = None
) -> Material:
    """A study made ready. `value` names an objective where there are several; `roles` are ROLE=PARAM[+PARAM...].

    Raises ConfigError for an aim that needs numbers that the study hasn't got.
    """
    if aim not in AIMS:
        raise UnknownNameError("--objective", aim, AIMS)
    if floor is not None and not math.isfinite(floor):
        raise ConfigError(f"--floor {floor} is no score", "Give a number, such as 0.1.")
    objective = _objective(study, value)
    known = {**({} if _ours(study) else _guessed(study)), **_given(study, roles)}
    floor = floor if floor is not None else _number(_inside(study.attrs.get("floor"), "strict"))
    # A trial whose settings had been run before has that one's values: it is no second witness.
    made = [_row(study, t, objective, known) for t in study.valued(objective) if t.attrs.get("copy_of") is None]
    rows = [_aimed(r, aim, floor) for r in made]
    if aim == "gain-by-total" and floor is None:
        raise ConfigError("--objective gain-by-total needs the untrained model's score", "Give it: --floor 0.1")
    if made and not any(rows):
        counts = "unrelated" if aim == "score-by-unrelated" else "total"
        raise ConfigError(
            f"--objective {aim}: no trial says how many {counts} texts it had",
            f"Say which parameter counts them: --role {counts}=NAME. Numeric parameters: "
            + ", ".join(p.name for p in study.parameters if p.kind != "choice"),
        )
    return Material(study, objective, aim, tuple(r for r in rows if r), known, floor)


def _objective(study: Study, name: str | None) -> int:
    if name is None:
        return 0
    if name not in study.metrics:
        raise UnknownNameError("--value", name, study.metrics)
    return study.metrics.index(name)


def _ours(study: Study) -> bool:
    return "wellread" in study.attrs


def _guessed(study: Study) -> dict[str, tuple[str, ...]]:
    """Numeric parameters by what their names say; each stands for one thing at most."""
    found: dict[str, tuple[str, ...]] = {}
    left = [p.name for p in study.parameters if p.kind != "choice"]
    for role, pattern in ROLES.items():
        names = tuple(n for n in left if re.search(pattern, n, re.IGNORECASE))
        names = tuple(sorted(names, key=lambda n: n.casefold() not in ("epoch", "epochs")))  # made, not planned
        if names:
            found[role] = names if role in ("texts", "unrelated") else names[:1]
            left = [n for n in left if n not in found[role]]
    return found


def _given(study: Study, roles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    known = [p.name for p in study.parameters if p.kind != "choice"]
    for given in roles:
        role, _, names = given.partition("=")
        if role not in ROLES:
            raise UnknownNameError("role", role, ROLES)
        for name in names.split("+"):
            if name not in known:
                raise UnknownNameError(f"--role {role}: numeric parameter", name, known)
        found[role] = tuple(names.split("+"))
    return found


def _row(study: Study, trial: Trial, objective: int, roles: Mapping[str, tuple[str, ...]]) -> Row:
    value = trial.value(objective)
    assert value is not None
    attrs, by_role = trial.attrs, {role: _sum(trial.params, names) for role, names in roles.items()}
    closed = _inside(attrs.get("scores"), "closed_book")
    strict = _number(_inside(closed, "strict"))
    spread = _inside(closed, "interval")
    low, high = spread if strict is not None and isinstance(spread, list | tuple) and len(spread) == 2 else (None, None)
    texts, unrelated, total = (
        by_role.get(role) if role in by_role else _number(_inside(attrs.get("texts"), key))
        for role, key in (("texts", "target"), ("unrelated", "unrelated"), ("total", "total"))
    )
    if total is None and texts is not None and unrelated is not None:
        total = texts + unrelated
    tokens, of = (_number(_inside(attrs.get("tokens"), k)) for k in ("target", "total"))
    settings = {**(attrs.get("settings") or {}), **trial.params}
    return Row(
        trial=trial, goal=value, score=value if strict is None else strict, low=_number(low), high=_number(high),
        texts=texts, unrelated=unrelated, total=total,
        epochs=by_role.get("epochs", _first(attrs.get("epochs"), attrs.get("exposures"))),
        lr=by_role.get("lr", _number(settings.get("train.learning_rate"))),
        token_share=tokens / of if tokens is not None and of else None,
        instructions=by_role.get("instructions", _number(_inside(attrs.get("texts"), "instructions"))),
        choice=_first(_inside(closed, "choice_letter"), _inside(closed, "choice_likelihood")),
        judge=_number(_inside(closed, "judge")),
        kept=_number(attrs.get("kept")),
    )  # fmt: skip


def _aimed(row: Row, aim: str, floor: float | None) -> Row | None:
    """The row with the goal that was asked for; None where its numbers are missing."""
    if aim == "value":
        return row
    texts = row.unrelated if aim == "score-by-unrelated" else row.total
    if texts is None or (aim == "gain-by-total" and floor is None):
        return None
    gained = row.score - (floor or 0.0) if aim == "gain-by-total" else row.score
    return replace(row, goal=gained * math.log10(max(1.0, texts)))


def _sum(params: Mapping[str, Any], names: Sequence[str]) -> float | None:
    values = [_number(params.get(n)) for n in names]
    return None if any(v is None for v in values) else sum(v for v in values if v is not None)


def _inside(group: Any, key: str) -> Any:
    return group.get(key) if isinstance(group, Mapping) else None


def _first(*given: Any) -> float | None:
    return next((n for n in map(_number, given) if n is not None), None)


def _number(given: Any) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if math.isfinite(given) else None
