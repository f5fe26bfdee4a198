"""A run killed between any two touches of the disk is finished by the same call, and what it made is the same."""

import io
import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wellread.runs import provenance
from wellread.runs.jsonl import read_rows, write_records
from wellread.runs.run import look, opened


class KilledError(BaseException):
    """Nothing is done to the disk from here on, not by `finally` either."""


def dying(patch: pytest.MonkeyPatch, after: int) -> None:
    left = itertools.count(after, -1)

    def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
        def touched(*args: Any, **kw: Any) -> Any:
            if next(left) <= 0:
                raise KilledError
            return real(*args, **kw)

        return touched

    for name in ("replace", "rename", "mkdir", "unlink", "symlink", "rmdir"):
        patch.setattr(os, name, deadly(getattr(os, name)))
    patch.setattr(io, "open", deadly(io.open))


def work(folder: Path) -> None:
    def make(out: Path) -> dict[str, int]:
        return {"n": write_records(out / "data" / "rows.jsonl.zst", [{"a": 1}, {"a": 2}])}

    with opened(folder, {"seed": 1}, {"seed": 1}, None) as run:
        for stage in ("corpus", "train"):
            recipe = {"stage": stage, "version": 1, "config": {}, "inputs": {}}
            made = run.build(stage, recipe, "p", make)
        run.link("model", made.path / "data")


def result(folder: Path) -> dict[str, Any]:
    run = look(folder)
    rows = {key: [*read_rows(run.artifact(key).path / "data" / "rows.jsonl.zst")] for key in run.stages}
    passing = {"seconds.json"}  # left where the kill came after the manifest
    names = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix != ".half" and p.name not in passing}
    return {"rows": rows, "index": json.loads((folder / "run.json").read_text()), "names": names}


def test_at_whatever_touch_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "gather", lambda: {"command": []})
    work(tmp_path / "whole")
    wanted = result(tmp_path / "whole")
    for after in itertools.count():
        folder = tmp_path / str(after)
        with monkeypatch.context() as patch:
            dying(patch, after)
            try:
                work(folder)
            except KilledError:
                pass
            else:
                break
        work(folder)
        assert result(folder) == wanted, f"killed at touch {after}"
    assert after > 30
