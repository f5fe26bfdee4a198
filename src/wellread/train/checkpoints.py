"""Checkpoints that are either whole or not there. `meta.json`, written last, lists every file with its size."""

import shutil
from pathlib import Path

from wellread.runs.files import read_json, write_json
from wellread.runs.progress import say

META = "meta.json"


def seal(folder: Path, step: int) -> None:
    """Declare the checkpoint in `folder` whole, and drop the older ones beside it."""
    sizes = {p.name: p.stat().st_size for p in sorted(folder.iterdir()) if p.is_file()}
    write_json(folder / META, {"step": step, "files": sizes})
    for other in folder.parent.glob("checkpoint-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def latest(home: Path) -> Path | None:
    """The newest whole checkpoint under `home`; broken ones are removed, which is said."""
    whole = []
    for folder in home.glob("checkpoint-*"):
        if _is_whole(folder):
            whole.append(folder)
        else:
            say(f"{folder.name} is incomplete and not used")
            shutil.rmtree(folder, ignore_errors=True)
    return max(whole, key=lambda p: int(read_json(p / META)["step"]), default=None)


def _is_whole(folder: Path) -> bool:
    if not (folder / META).is_file():
        return False
    sizes = read_json(folder / META)["files"]
    return all((folder / name).is_file() and (folder / name).stat().st_size == n for name, n in sizes.items())
