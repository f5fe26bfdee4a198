"""What is to be examined, and how: the settings of `wellread evaluate`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from wellread.config import overlaid
from wellread.errors import ConfigError, suggest
from wellread.evaluate.config import ExamineConfig, Manner
from wellread.evaluate.engines import Engine
from wellread.evaluate.judging import JudgeConfig, settings_of
from wellread.models.device import DeviceName
from wellread.records import Frozen

#: What can be compared with: name -> who is asked ('base', 'taught' or 'others') and under which condition.
COMPARISONS = {
    "base": ("base", "closed_book"),
    "in-context": ("base", "in_context"),
    "retrieval": ("base", "retrieval"),
    "embedding": ("base", "embedding"),
    "choices-only": ("taught", "choices_only"),
    "others": ("others", "closed_book"),
}


class ExamSettings(Frozen):
    """Everything that `--set` reaches."""

    examine: ExamineConfig = ExamineConfig()
    manner: Manner = Manner(likelihoods=True)
    judge: JudgeConfig | None = None


@dataclass(frozen=True)
class Exam:
    """What is to be examined, and how."""

    models: Mapping[str, str]
    """Label -> model: a run, a folder, `bundled`, a hub id, an address of a server. The first is the one examined."""
    base: str | None = None
    others: str | None = None
    """The model that was taught other papers."""
    questions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    retention: bool = False
    settings: ExamSettings = field(default_factory=ExamSettings)
    engine: Engine = "transformers"
    device: DeviceName = "auto"
    pool: bool = False
    """Whether the models are several seeds of one recipe."""
    shots_from: tuple[str, ...] = ()
    """Files of worked examples."""
    harness: tuple[str, ...] = ()
    """Tasks of lm-evaluation-harness."""
    harness_folder: str | None = None
    """Where further tasks are described."""


def settings_from(values: dict[str, Any], overrides: Mapping[str, Any]) -> ExamSettings:
    """Settings from nested `values`, dotted `overrides` on top. Raises ConfigError in one line."""
    if any(name.startswith("judge.") for name in overrides) and "judge" not in values:
        raise ConfigError(
            "--set judge.... without a judge", "Name one: --judge local, or --judge URL --judge-model NAME"
        )
    try:
        settings = ExamSettings.model_validate(overlaid(values, overrides))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        known = ("examine", "manner", "judge") if len(first["loc"]) == 1 else ()
        fix = suggest(where, known) if known else "See the examples of `wellread evaluate --help`."
        raise ConfigError(f"{where}: {first['msg']}, got {first['input']!r:.60}", fix) from None
    if settings.judge:
        settings_of(settings.judge)
    return settings


def comparisons(names: str) -> tuple[tuple[str, ...], str | None]:
    """`base,others=RUN` as the names of the comparisons and the model that was taught other papers.

    Raises ConfigError for an unknown comparison, and for `others` without a model.
    """
    found: list[str] = []
    others: str | None = None
    for part in (p.strip() for p in names.split(",") if p.strip()):
        name, _, value = part.partition("=")
        if name not in COMPARISONS:
            raise ConfigError(f"unknown comparison {name!r}", suggest(name, COMPARISONS))
        if (name == "others") != bool(value):
            raise ConfigError(f"--compare {part}", "Write others=RUN, the others by their names alone.")
        others = value or others
        found.append(name)
    return tuple(dict.fromkeys(found)), others
