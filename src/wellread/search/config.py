"""How to search. Every default is written here, once."""

from typing import Any

from pydantic import Field, ValidationError

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime

OBJECTIVES = "wellread.search.objectives"
SAMPLERS = "wellread.search.samplers"
PRUNERS = "wellread.search.pruners"


class ProbeSettings(Frozen):
    """A cheap look at the development questions during training, for the pruner."""

    questions: int = Field(12, ge=1, description="so many of them, drawn evenly")
    times: int = Field(4, ge=1, description="how often in a trial; the last one is the end and isn't taken")


class SearchConfig(Frozen):
    """What is sought, how, and on which questions the winner is examined."""

    objectives: tuple[str, ...] = Field(("score",), min_length=1, description="several: a Pareto front is sought")
    sampler: str = Field("tpe", description="how the next trial is chosen: random, tpe, gp, cmaes, nsga2, grid")
    pruner: str = Field("none", description="when a trial is ended early: none, median, asha; one objective only")
    params: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="settings of an objective, of the sampler or of the pruner, by its name"
    )
    probe: ProbeSettings = ProbeSettings()
    trials: int | None = runtime(None, ge=1, description="how many; null: the whole grid, else 20")
    queue: tuple[dict[str, Any], ...] = Field((), description="trials to begin with: dotted setting -> value")
    seed: int = Field(0, description="of the sampler")
    kept_questions: int = Field(60, ge=1, description="general questions that the objective `kept` asks, at most")
    test_papers: tuple[str, ...] = runtime(
        (), description="the winner is taught these too, and examined on their questions"
    )
    test_questions: tuple[str, ...] = runtime(
        (), description="files of questions on the same papers, for the winner alone"
    )
    test_share: float = Field(
        0.5, gt=0, lt=1, description="without either of these: the share of the questions that is kept for the winner"
    )
    winner_seeds: tuple[int, ...] = Field(
        (101, 102, 103), description="the winner is taught anew with each, then examined on the test questions; []: not"
    )
    heartbeat: float = runtime(20.0, gt=0, description="seconds; a worker silent for three of them is given up")

    def model_post_init(self, _context: object) -> None:
        """Refuse names and settings that no plug-in answers to, so that a slip shows before any work is done."""
        chosen = [(OBJECTIVES, name) for name in self.objectives]
        chosen += [(SAMPLERS, self.sampler), (PRUNERS, self.pruner)]
        for package, name in chosen:
            plugin_settings(package, name, self.params.get(name, {}))
        for name in self.params:
            if name not in [n for _, n in chosen]:
                raise UnknownNameError("search.params: name", name, [n for _, n in chosen])
        if len(set(self.objectives)) < len(self.objectives):
            raise ConfigError("search.objectives: one is named twice", "Name each once.")
        if self.pruner != "none" and len(self.objectives) > 1:
            raise ConfigError(f"search.pruner: {self.pruner} needs a single objective", "Set search.pruner to none.")
        if self.test_papers and self.test_questions:
            raise ConfigError("search: both test_papers and test_questions", "Keep one of them.")


def plugin_settings(package: str, name: str, values: dict[str, Any]) -> Any:
    """The `Params` of plug-in `name`, made from `values`. Raises UnknownNameError and ConfigError."""
    kind: type[Frozen] = plugins.load(package, name).Params
    for key in values:
        if key not in kind.model_fields:
            raise UnknownNameError(f"setting of {name!r}:", key, kind.model_fields)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in ("search.params", name, *first["loc"]))
        raise ConfigError(f"{where}: {first['msg']}, got {first['input']!r}", "Correct it.") from None
