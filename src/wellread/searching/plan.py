"""What a search is, from a recipe and a command line: any process can take part with it."""

from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from wellread.config import SMALL, RunConfig, assembled, recipe_values
from wellread.errors import ConfigError
from wellread.files import existing
from wellread.pipeline import sources
from wellread.runs.fingerprint import hash_file, settings
from wellread.search.config import SearchConfig
from wellread.search.space import Settings, space_of
from wellread.search.study import Wanted, queue


@dataclass(frozen=True)
class Search:
    """A search as it is asked for. It holds plain values alone, so that it travels to other processes."""

    recipe: Path
    overrides: dict[str, Any] = field(default_factory=dict)
    scale: str = SMALL
    storage: str | None = None
    study: str | None = None
    out: Path | None = None
    trials: int | None = None
    warm_from: tuple[str, ...] = ()

    @cached_property
    def plan(self) -> "Plan":
        """The recipe read and checked."""
        return Plan(self)

    @property
    def home(self) -> Path:
        """The folder of its artefacts and answers."""
        return self.out or Path("searches") / self.plan.name

    @property
    def store(self) -> str:
        """Where the study is kept."""
        return self.storage or str(self.home / "search.db")


class Plan:
    """A recipe's space, and the recipe around it. Raises ConfigError and InputError for what can't be, before any work."""

    def __init__(self, search: Search) -> None:
        """Read, and try the ends of every range."""
        self.recipe = search.recipe
        values = recipe_values(search.recipe, search.overrides, search.scale)
        try:
            self.space, self.values = space_of(values)
        except ConfigError as e:
            raise ConfigError(f"{search.recipe}: {e.what}", e.fix) from None
        self.space.check(self.config)
        self.usual = self.config(self.space.first())
        self.name = search.study or self.usual.name
        self.text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
        queue(self._wanted({}, {}))  # a queued trial outside its range shows now

    @property
    def search(self) -> SearchConfig:
        """How it is searched."""
        return self.usual.search

    def config(self, chosen: Settings) -> RunConfig:
        """The run for one point of the space. Raises ConfigError where there can be none."""
        return assembled(self.recipe, self.values, chosen)

    def wanted(self, questions: dict[str, int]) -> Wanted:
        """The study, which is another one where anything differs that its trials share."""
        base = flat(settings(self.usual))
        shared = {
            k: v for k, v in base.items() if not any(k == d or k.startswith(f"{d}.") for d in self.space.dimensions)
        }
        search = self.search
        goals = {name: search.params.get(name, {}) for name in search.objectives}
        identity = {
            "space": self.space.describe(),
            "objectives": goals,
            "settings": shared,
            "files": sources(self.usual),
            "examination": {"kept": search.kept_questions, "test_share": search.test_share, **_set_aside(search)},
        }
        about = {
            "version": version("wellread"),
            "recipe": self.text,
            "objectives": list(search.objectives),
            "model": self.usual.model.name,
            "questions": questions,
        }
        return self._wanted(identity, about)

    def _wanted(self, identity: dict[str, Any], about: dict[str, Any]) -> Wanted:
        return Wanted(self.name, self.search, self.space, identity, about)


def _set_aside(search: SearchConfig) -> dict[str, Any]:
    """What else decides which questions the trials are examined on; nothing where a share of them is set aside."""
    if search.test_questions:
        return {"test_questions": [hash_file(existing(name)) for name in search.test_questions]}
    return {"set_aside": "nothing"} if search.test_papers or not search.winner_seeds else {}


def flat(values: dict[str, Any], at: str = "") -> dict[str, Any]:
    """Nested settings as dotted name -> value; an empty group stays one."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict) and value:
            found |= flat(value, f"{at}{name}.")
        else:
            found[f"{at}{name}"] = value
    return found


def told(config: RunConfig, *, whole: bool = False) -> dict[str, Any]:
    """Dotted settings of `config` that are not the default ones; with `whole` the runtime knobs, file names among them, too."""
    usual = RunConfig.model_validate({"corpus": {"papers": ["-"]}})
    before, now = (flat(c.model_dump(mode="json") if whole else settings(c)) for c in (usual, config))
    return {k: v for k, v in now.items() if before.get(k) != v and k != "name"}
