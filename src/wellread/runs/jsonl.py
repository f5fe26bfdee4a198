"""Records on disk: one JSON object a line, compressed with zstd where the name ends in .zst."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import zstandard
from pydantic import BaseModel

from wellread.errors import InputError

R = TypeVar("R", bound=BaseModel)


def write_records(path: Path, records: Iterable[BaseModel | dict[str, Any]]) -> int:
    """Write `records` to `path`, whole or not at all, and return how many there were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    n = 0
    with half.open("wb") as raw:
        packed = zstandard.ZstdCompressor(level=6).stream_writer(raw) if path.suffix == ".zst" else raw
        with packed as out:
            for record in records:
                row = record.model_dump(mode="json") if isinstance(record, BaseModel) else record
                out.write(json.dumps(row, ensure_ascii=False, sort_keys=False).encode() + b"\n")
                n += 1
    half.replace(path)
    return n


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of `path`, one a line. Raises InputError where a compressed file is damaged."""
    with path.open("rb") as raw:
        plain = (
            zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) if path.suffix == ".zst" else raw
        )
        try:
            for line in io.TextIOWrapper(plain, encoding="utf-8"):
                if line.strip():
                    yield json.loads(line)
        except zstandard.ZstdError:
            raise InputError(f"{path}: damaged, it can't be unpacked", "Make it anew, or take another file.") from None


def read_records(path: Path, kind: type[R]) -> list[R]:
    """All records of `path`, each checked as a `kind`."""
    return [kind.model_validate(row) for row in read_rows(path)]
