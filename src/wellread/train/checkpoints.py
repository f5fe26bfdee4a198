"""Checkpoints that are either whole or not there. `meta.json`, written last, lists every file with its size."""

import shutil
from pathlib import Path

from wellread.errors import RunConflictError
from wellread.runs.files import read_json, write_json
from wellread.runs.progress import say

META = "meta.json"


def seal(folder: Path, step: int, *, recipe: str = "", keep: int = 1) -> None:
    """Declare the checkpoint in `folder` whole, and drop all beside it but the newest `keep`.

    `recipe` is the fingerprint of what is trained, and on what.
    """
    sizes = {str(p.relative_to(folder)): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()}
    write_json(folder / META, {"step": step, "recipe": recipe, "files": sizes})
    others = sorted(folder.parent.glob("checkpoint-*"), key=step_of)
    for other in others[:-keep]:
        shutil.rmtree(other, ignore_errors=True)


def step_of(folder: Path) -> int:
    """The step after which the checkpoint was written."""
    return int(folder.name.rsplit("-", 1)[1])


def latest(home: Path, recipe: str = "") -> Path | None:
    """The newest whole checkpoint under `home`. A broken one is removed, which is said, and the one before it taken.

    Raises RunConflictError for a checkpoint that was written by another recipe.
    """
    for folder in sorted(home.glob("checkpoint-*"), key=step_of, reverse=True):
        if not _is_whole(folder):
            say(f"{folder.name} is incomplete and not used")
            shutil.rmtree(folder, ignore_errors=True)
        elif read_json(folder / META).get("recipe", "") != recipe:
            what = f"{folder} was written by a training with other settings or texts"
            raise RunConflictError(what, "Choose another --out, or remove the checkpoints there.")
        else:
            return folder
    return None


def _is_whole(folder: Path) -> bool:
    try:
        sizes = read_json(folder / META)["files"]
        return all((folder / name).stat().st_size == n for name, n in sizes.items())
    except (OSError, ValueError, KeyError):
        return False
