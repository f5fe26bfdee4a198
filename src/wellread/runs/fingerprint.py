"""What an artefact was made from, as one hash: stage, version, settings without runtime knobs, inputs.

Runtime knobs (workers, device, paths of files whose content is hashed anyway) are fields marked `runtime()`; they
change how fast or where, never what.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

JSON = dict[str, Any]


def runtime(default: Any = ..., **kw: Any) -> Any:
    """A pydantic field, with or without a default, that doesn't count in fingerprints."""
    return Field(default, json_schema_extra={"runtime": True}, **kw)


def settings(config: BaseModel) -> JSON:
    """`config` as JSON, without its runtime knobs, nested ones included."""
    kept: JSON = {}
    for name, field in type(config).model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("runtime"):
            continue
        value = getattr(config, name)
        kept[name] = settings(value) if isinstance(value, BaseModel) else _plain(value)
    return kept


def _plain(value: Any) -> Any:
    """Values that look the same in every process. Anything else would make fingerprints that never match again."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, BaseModel):
        return settings(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    raise TypeError(f"{type(value).__name__} can't be part of a fingerprint: {value!r}")


def fingerprint(recipe: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over `recipe`, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(_plain(recipe), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 (hex) of a file's content."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def differences(old: Mapping[str, Any], new: Mapping[str, Any], at: str = "") -> list[str]:
    """What changed between two recipes, one line a value: 'train.epochs: 10 -> 20'."""
    lines: list[str] = []
    for key in [*old, *(k for k in new if k not in old)]:
        a, b, where = old.get(key), new.get(key), f"{at}{key}"
        if isinstance(a, Mapping) and isinstance(b, Mapping):
            lines += differences(a, b, f"{where}.")
        elif a != b:
            lines.append(f"{where}: {_short(a)} -> {_short(b)}")
    return lines


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
