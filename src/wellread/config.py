"""The whole of a run's settings: each room's own, under one roof. YAML in, JSON schema out."""

import copy
import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, Field, ValidationError

from wellread.augment.config import DEFAULT_VIEWS, AugmentConfig
from wellread.augment.own.config import OwnConfig
from wellread.augment.rewriting.config import RewriteConfig
from wellread.corpus.config import CorpusConfig
from wellread.errors import ConfigError, InputError, UnknownNameError, WellreadError, suggest
from wellread.evaluate.config import ExamineConfig, RetentionConfig
from wellread.files import read_yaml
from wellread.models.config import ModelConfig
from wellread.providers.config import ProviderConfig
from wellread.questions.config import QuestionsConfig
from wellread.questions.writing.config import PracticeConfig
from wellread.records import Frozen
from wellread.rehearse.config import RehearseConfig
from wellread.runs.fingerprint import runtime
from wellread.search.config import SearchConfig
from wellread.search.ranges import is_range, ranges
from wellread.train.config import TrainConfig

SMALL = "cpu"
"""The scale that a recipe has where nothing else is said."""
_PATHS = (
    "corpus.papers", "corpus.unrelated", "questions.questions", "rehearse.prompts", "search.test_papers",
    "search.test_questions",
)  # fmt: skip


class RunConfig(Frozen):
    """A run: papers, model, and every setting between them and the report."""

    name: str = Field("", description="the run's name; empty: the first paper's")
    model: ModelConfig = ModelConfig()
    corpus: CorpusConfig
    questions: QuestionsConfig = QuestionsConfig()
    augment: AugmentConfig = AugmentConfig()
    own: OwnConfig = OwnConfig()
    provider: ProviderConfig | None = Field(
        None, description="a language model that writes further tellings and questions to train on; null: nobody does"
    )
    rewrite: RewriteConfig = RewriteConfig()
    write: PracticeConfig = PracticeConfig()
    rehearse: RehearseConfig = RehearseConfig()
    train: TrainConfig = TrainConfig()
    examine: ExamineConfig = ExamineConfig()
    retention: RetentionConfig = RetentionConfig()
    search: SearchConfig = runtime(SearchConfig(), description="how `wellread search` looks for the best settings")
    grid: dict[str, tuple[Any, ...]] = Field(
        default_factory=dict, description="dotted setting -> values; every combination is taught and examined"
    )
    keep_models: bool | None = runtime(
        None, description="keep the taught models; by default those of a single run are kept, those of a grid are not"
    )

    def model_post_init(self, _context: object) -> None:
        """Refuse a grid that stands for no run at all."""
        for name, values in self.grid.items():
            if not values:
                raise ConfigError(f"grid.{name}: no values", "Give some, or leave it out.")


def from_mapping(values: Mapping[str, Any]) -> RunConfig:
    """Settings from nested `values`. Raises ConfigError in one line, with the nearest known name for an unknown one."""
    try:
        return RunConfig.model_validate(_spelled_out(values))
    except ValidationError as e:
        raise one_line(e) from None


def from_recipe(path: Path, overrides: Mapping[str, Any], scale: str = SMALL) -> RunConfig:
    """Settings from a YAML recipe, `overrides` (dotted name -> value) on top. File names in it start at its folder."""
    values = recipe_values(path, overrides, scale)
    if found := next(ranges(values), None):
        fix = f"A search tries what is in it: wellread search {path}."
        raise ConfigError(f"{path}: {found[0]} is a range, and a run takes one value", fix)
    return assembled(path, values)


def recipe_values(path: Path, overrides: Mapping[str, Any], scale: str = SMALL) -> dict[str, Any]:
    """What a YAML recipe says, ranges included, unchecked; its section `full` on top where `scale` is 'full'."""
    if scale not in (SMALL, "full"):
        raise UnknownNameError("scale", scale, (SMALL, "full"))
    if not path.is_file():
        raise InputError(f"{path}: no such recipe", "See recipes/ for those that come with wellread.")
    values = read_yaml(path)
    if not isinstance(values, dict):
        raise InputError(f"{path}: a recipe is a mapping of settings", "See recipes/ for examples.")
    values = {"name": path.stem, **{name: value for name, value in values.items() if value is not None}}
    full = values.pop("full", None)
    if scale != SMALL:
        if not isinstance(full, dict):
            raise ConfigError(f"{path}: it has no section `full`", "Leave --scale out.")
        values = _merged(values, full)
    return overlaid(values, overrides)


def assembled(path: Path, values: Mapping[str, Any], chosen: Mapping[str, Any] | None = None) -> RunConfig:
    """The settings of the recipe `path`, which says `values`, with those that were `chosen` (by dotted name)."""
    try:
        return with_paths(from_mapping(overlaid(dict(values), chosen or {})), lambda name: path.parent / name)
    except ConfigError as e:
        raise ConfigError(f"{path}: {e.what}", e.fix) from None


def _merged(values: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with `other` on top, group by group; a range is replaced whole."""
    done = dict(values)
    for key, value in other.items():
        old = done.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping) and not is_range(old) and not is_range(value):
            value = _merged(old, value)
        done[key] = value
    return done


def overlaid(values: dict[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with `overrides` (dotted name -> value) put on top."""
    values = copy.deepcopy(values)
    for name, value in overrides.items():
        put(values, name, value)
    return values


def cells(config: RunConfig) -> list[tuple[dict[str, Any], RunConfig]]:
    """The runs that a grid stands for: each combination of its values, and the settings with them put in."""
    done = []
    for values in itertools.product(*config.grid.values()):
        chosen = dict(zip(config.grid, values, strict=True))
        plain = config.model_dump(mode="json", exclude={"grid"})
        done.append((chosen, from_mapping(overlaid(plain, chosen))))
    return done


def _spelled_out(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """`views: on`, `off` or `a,b` as the names that are meant. YAML reads `on` and `off` as true and false."""
    augment = values.get("augment")
    if not isinstance(augment, Mapping) or isinstance(augment.get("views"), list | tuple):
        return values
    views = augment.get("views", AugmentConfig().views)
    if views in (True, "on"):
        views = DEFAULT_VIEWS
    elif views in (False, None, "off"):
        views = ()
    elif isinstance(views, str):
        views = tuple(v.strip() for v in views.split(",") if v.strip())
    return {**values, "augment": {**augment, "views": views}}


def schema() -> dict[str, Any]:
    """The JSON schema of a recipe."""
    return RunConfig.model_json_schema()


def put(values: dict[str, Any], dotted: str, value: Any) -> None:
    """Set `dotted` in nested `values`. Raises ConfigError where a part of the name is no group."""
    *rooms, last = dotted.split(".")
    for room in rooms:
        if values.get(room) is None:  # a group that a recipe names and says nothing of
            values[room] = {}
        inner = values[room]
        if not isinstance(inner, dict):
            raise ConfigError(f"{dotted}: {room} is not a group of settings", "See `wellread config schema`.")
        values = inner
    values[last] = value


def with_paths(config: RunConfig, moved: Callable[[Path], Path]) -> RunConfig:
    """The same settings, each file name in them as `moved` has it; a relative name in a recipe begins where that lies."""

    def move(names: Any) -> Any:
        if isinstance(names, str):
            return str(moved(Path(names).expanduser()))
        return [move(name) for name in names] if names else names

    values = config.model_dump(mode="json")
    for dotted in _PATHS:
        room, name = dotted.split(".")
        values[room][name] = move(values[room][name])
    values["grid"] = {k: move(v) if k in _PATHS else v for k, v in values["grid"].items()}
    return RunConfig.model_validate(values)


def one_line(error: ValidationError, kind: type[BaseModel] = RunConfig) -> WellreadError:
    """The first mistake that pydantic found in settings of `kind`, with the nearest known name for an unknown one."""
    first = error.errors()[0]
    where = ".".join(str(p) for p in first["loc"])
    if first["type"] == "extra_forbidden":
        *path, name = (str(p) for p in first["loc"])
        return ConfigError(f"unknown setting {where!r}", suggest(name, _fields(kind, path)))
    if first["type"] == "missing":
        return ConfigError(f"{where}: not set", "Add it to the recipe.")
    got = repr(first["input"])
    more = f" (and {len(error.errors()) - 1} more)" if len(error.errors()) > 1 else ""
    what = first["msg"].replace("valid tuple", "list")
    return ConfigError(f"{where}: {what}, got {got[:60]}{more}", "See `wellread config schema`.")


def _fields(model: type[BaseModel], path: list[str]) -> list[str]:
    """Names of the settings in the group that `path` leads to."""
    for name in path:
        field = model.model_fields.get(name)
        inner = [t for t in (field.annotation, *get_args(field.annotation)) if isinstance(t, type)] if field else []
        model = next((t for t in inner if issubclass(t, BaseModel)), model)
    return list(model.model_fields)
