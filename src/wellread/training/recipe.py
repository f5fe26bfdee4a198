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
from wellread.train.config import TrainConfig


@dataclass(frozen=True)
class Recipe:
    """What a student is trained by: one stage or several, each with its own settings."""

    model: ModelConfig
    stages: tuple[TrainConfig, ...]
    data: tuple[str, ...]


def read_recipe(path: Path | None, overrides: Mapping[str, Any]) -> Recipe:
    """The recipe in the YAML file `path`, `overrides` (dotted name -> value) on top; no file: one stage of defaults.

    `train` holds settings of every stage, `stages` a list of what each does differently, `data` names of files beside the
    recipe. Raises InputError and ConfigError in one line.
    """
    values: Any = {}
    if path is not None:
        try:
            values = yaml.safe_load(existing(path).read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError, IsADirectoryError) as e:
            raise InputError(f"{path}: not YAML: {' '.join(str(e).split())}", "Mend it there.") from None
    if not isinstance(values, dict) or not isinstance(values.get("stages", []), list):
        raise InputError(
            f"{path}: a recipe is a mapping with train, stages (a list), model, data", "See recipes/train/."
        )
    stages, data = values.pop("stages", None) or [{}], values.pop("data", None) or []
    folder = path.parent if path else Path()
    common = overlaid(values, overrides)
    made = [_stage(path, common, number, own) for number, own in enumerate(stages, 1)]
    return Recipe(made[0][0], tuple(config for _, config in made), tuple(_beside(folder, name) for name in data))


def _stage(path: Path | None, common: dict[str, Any], number: int, own: Any) -> tuple[ModelConfig, TrainConfig]:
    if not isinstance(own, dict):
        raise InputError(f"{path}: stage {number} is not a mapping of settings", "Write it as - objective: clm.")
    train = {**(common.get("train") or {}), **own}
    try:
        whole = from_mapping({**common, "corpus": {"papers": ["-"]}, "train": train})
    except ConfigError as e:
        raise ConfigError(f"{path}: {e.what}" if path else e.what, e.fix) from None
    return whole.model, whole.train


def _beside(folder: Path, source: str) -> str:
    genre, equals, name = source.rpartition("=")
    return f"{genre}{equals}{folder / name}"
