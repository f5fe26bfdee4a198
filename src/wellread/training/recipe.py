"""What a student is trained by: one stage or a chain of them, read from YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wellread.config import from_mapping, overlaid
from wellread.errors import ConfigError, InputError
from wellread.files import existing
from wellread.models.config import ModelConfig
from wellread.records import Frozen
from wellread.train.config import TrainConfig


@dataclass(frozen=True)
class Recipe:
    """What a student is trained by: one stage or several, each with its own settings."""

    model: ModelConfig
    stages: tuple[TrainConfig, ...]
    data: tuple[str, ...]


def read_recipe(path: Path | None, overrides: Mapping[str, Any]) -> Recipe:
    """The recipe in the YAML file `path`; no file: one stage of defaults.

    `train` holds settings of every stage, `stages` a list of what each does differently, `data` names of files beside the
    recipe. `overrides` (dotted name -> value) go on top, in every stage. Raises InputError and ConfigError in one line.
    """
    values: Any = {}
    if path is not None:
        try:
            values = yaml.safe_load(existing(path).read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError, IsADirectoryError) as e:
            raise InputError(f"{path}: not YAML: {' '.join(str(e).split())}", "Mend it there.") from None
    if not isinstance(values, dict) or not isinstance(values.get("stages") or [], list):
        raise InputError(
            f"{path}: a recipe is a mapping with train, stages (a list), model, data", "See recipes/train/."
        )
    stages, data = values.pop("stages", None) or [{}], values.pop("data", None) or []
    data = [data] if isinstance(data, str) else data
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise InputError(f"{path}: data is {data!r}, not a list of file names", "Write it as data: [papers/].")
    folder = path.parent if path else Path()
    made = [_stage(path, values, number, own, overrides) for number, own in enumerate(stages, 1)]
    return Recipe(made[0][0], tuple(config for _, config in made), tuple(_beside(folder, name) for name in data))


def _stage(
    path: Path | None, common: dict[str, Any], number: int, own: Any, overrides: Mapping[str, Any]
) -> tuple[ModelConfig, TrainConfig]:
    if not isinstance(own, dict):
        raise InputError(f"{path}: stage {number} is not a mapping of settings", "Write it as - objective: clm.")
    shared = common.get("train") or {}
    if not isinstance(shared, dict):
        raise InputError(f"{path}: train is not a mapping of settings", "Write it as train: {adapt: lora}.")
    train = {**shared, **{name: _over(shared.get(name), value, name) for name, value in own.items()}}
    try:
        whole = from_mapping(overlaid({**common, "corpus": {"papers": ["-"]}, "train": train}, overrides))
    except ConfigError as e:
        raise ConfigError(f"{path}: {e.what}" if path else e.what, e.fix) from None
    return whole.model, whole.train


def _over(shared: Any, own: Any, name: str) -> Any:
    """A stage's value of the setting `name`: of a group such as lora, what it doesn't name stays as it is for all."""
    field = TrainConfig.model_fields.get(name)
    group = field is not None and isinstance(field.default, Frozen)
    return {**shared, **own} if group and isinstance(shared, dict) and isinstance(own, dict) else own


def _beside(folder: Path, source: str) -> str:
    genre, equals, name = source.rpartition("=")
    return f"{genre}{equals}{folder / name}"
