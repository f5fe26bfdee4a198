"""Small files written whole or not at all, and room on the disk."""

import errno
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wellread.errors import DiskFullError

_FULL_WORDS = (
    "No space left on device",
    "Disk quota exceeded",
    "database or disk is full",
    "file write failed",
    "PytorchStreamWriter failed",
)


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path` by rename, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


def write_json(path: Path, value: Any) -> None:
    """Put `value` at `path` as JSON, by rename."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def read_json(path: Path) -> Any:
    """The JSON value in `path`."""
    return json.loads(path.read_text(encoding="utf-8"))


def need_room(folder: Path, nbytes: int, what: str) -> None:
    """Raise DiskFullError before work starts where `nbytes` for `what` would not fit."""
    free = shutil.disk_usage(_existing(folder)).free
    if free < nbytes:
        raise DiskFullError(
            f"{folder}: {what} needs {nbytes / 1e6:,.1f} MB and the disk has {free / 1e6:,.1f} MB free",
            "Make room, or choose another --out, then give the same command again.",
        )


@contextmanager
def disk_full_is_said(folder: Path) -> Iterator[None]:
    """Turn the many ways in which libraries report a full disk into one DiskFullError."""
    try:
        yield
    except Exception as e:
        full = isinstance(e, OSError) and e.errno in (errno.ENOSPC, errno.EDQUOT)
        if full or any(word in str(e) for word in _FULL_WORDS):
            raise DiskFullError(
                f"{folder}: the disk is full",
                "Make room, then give the same command again: it goes on where it stopped.",
            ) from e
        raise


def size_of(folder: Path) -> int:
    """Bytes in all files under `folder`; 0 where it isn't there."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _existing(folder: Path) -> Path:
    return next(p for p in [folder.absolute(), *folder.absolute().parents] if p.exists())
