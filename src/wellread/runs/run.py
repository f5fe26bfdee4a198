"""A run's folder: the settings it was made with, which artefact each stage led to, and the lock that guards it."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wellread.errors import ConfigError, InputError, ModelError, RunConflictError, suggest
from wellread.runs.files import disk_full_is_said, read_json, write_json, write_text
from wellread.runs.fingerprint import differences
from wellread.runs.lock import locked
from wellread.runs.progress import say
from wellread.runs.store import Artifact, Store, open_artifact

INDEX = "run.json"
SETTINGS = "run.yaml"
_ANEW = "Give the command that made the run, with another --out."
#: All that a run leaves which was killed before it could say what it is.
_BEGUN = {".lock", *(name + end for name in (SETTINGS, INDEX) for end in ("", ".half"))}
WORTH = 60.0
"""Seconds of work that aren't thrown away, however unusable an input turns out to be later."""


@dataclass
class Run:
    """A run that this process works on (see `opened`) or looks at (see `look`)."""

    folder: Path
    settings: dict[str, Any]
    """Every setting, defaults and runtime knobs included, as in run.yaml."""
    identity: dict[str, Any]
    """What makes it this run: settings without runtime knobs, and the hashes of the files it reads."""
    store: Store
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    spent: float = 0.0
    """Seconds that making artefacts took in this process."""

    def build(
        self, key: str, recipe: Mapping[str, Any], label: str, make: Callable[[Path], Mapping[str, Any]]
    ) -> Artifact:
        """The artefact of stage `key`, made now unless it is there; run.json knows of it before work starts."""
        path = self.store.folder(recipe, label)
        if not self.store.has(recipe, label):
            self._note(key, path, "running")
        artifact, made = self.store.build(recipe, label, make)
        self._note(key, path, "done")
        if made:
            self.spent += artifact.seconds
        else:
            say(f"{key}: done before")
        return artifact

    def link(self, name: str, target: Path) -> None:
        """Let `name` in the run's folder lead to `target`, whatever it led to before. What is no link stays as it is."""
        place, leads = self.folder / name, seen_from(target, (self.folder / name).parent)
        if place.exists() and not place.is_symlink():
            return
        place.parent.mkdir(exist_ok=True)
        half = place.with_name(place.name + ".half")
        half.unlink(missing_ok=True)
        half.symlink_to(leads)
        half.replace(place)

    def artifact(self, key: str) -> Artifact:
        """The finished artefact of stage `key`. Raises InputError where that stage never ended."""
        if key not in self.stages:
            raise ConfigError(f"{self.folder}: no stage {key!r}", suggest(key, self.stages))
        if self.stages[key]["status"] != "done":
            raise InputError(f"{self.folder}: stage {key} isn't finished", "Give the command that started it again.")
        return open_artifact(self.folder / self.stages[key]["artifact"])

    def texts(self) -> Artifact:
        """The papers' texts as they are trained on: with what a writer told of them, where one did. Raises as `artifact` does."""
        return self.artifact("tellings" if "tellings" in self.stages else "corpus")

    def _note(self, key: str, path: Path, status: str) -> None:
        self.stages[key] = {"artifact": seen_from(path, self.folder), "status": status}
        self.save()

    def save(self) -> None:
        """Write run.json."""
        write_json(self.folder / INDEX, {"stages": self.stages, "identity": self.identity})


@contextmanager
def opened(folder: Path, settings: dict[str, Any], identity: dict[str, Any], artifacts: Path | None) -> Iterator[Run]:
    """Work in `folder`; `settings` and `identity` as in `Run`.

    Raises RunConflictError, before anything is written, where the folder holds another run, or something that isn't a
    run. A new folder is removed again where input, settings or model turn out to be unusable, unless much work has gone into it.
    """
    _refuse_another(folder, identity)
    with disk_full_is_said(folder), locked(folder):
        new = _refuse_another(folder, identity)  # another process may have been quicker
        run = Run(folder, settings, identity, Store(artifacts or folder / "artifacts"))
        if not new:
            run.stages = _index(folder)["stages"]
        write_text(folder / SETTINGS, yaml.safe_dump(settings, sort_keys=False, allow_unicode=True))
        run.save()
        try:
            yield run
        except (InputError, ConfigError, ModelError):
            if new and run.spent < WORTH:
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _refuse_another(folder: Path, identity: dict[str, Any]) -> bool:
    """Whether a run would be new in `folder`. Raises RunConflictError where something else is there."""
    if folder.exists() and not folder.is_dir():
        raise RunConflictError(f"{folder} is a file", "Choose another --out.")
    if not (folder / INDEX).exists():
        if folder.exists() and any(p.name not in _BEGUN for p in folder.iterdir()):
            raise RunConflictError(f"{folder} exists and is not a wellread run", "Choose another --out.")
        return True
    if changed := differences(_index(folder)["identity"], identity):
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        what = f"{folder} holds a run with other settings or texts ({'; '.join(changed[:3])}{more})"
        raise RunConflictError(what, "Choose another --out.")
    return False


def look(folder: Path) -> Run:
    """The run in `folder`, to read. Raises InputError where there is none."""
    if not (folder / INDEX).is_file():
        raise InputError(f"{folder}: not a wellread run", "`wellread runs` lists those under runs/.")
    index = _index(folder)
    first = next(iter(index["stages"].values()), None)
    root = (folder / first["artifact"]).parent.parent if first else folder / "artifacts"
    try:
        settings = yaml.safe_load((folder / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        raise InputError(f"{folder / SETTINGS}: missing or damaged", _ANEW) from None
    return Run(folder, settings, index["identity"], Store(root), index["stages"])


def _index(folder: Path) -> dict[str, Any]:
    try:
        index: dict[str, Any] = read_json(folder / INDEX)
    except (OSError, ValueError):
        index = {}
    if not isinstance(index, dict) or not {"stages", "identity"} <= index.keys():
        raise InputError(f"{folder / INDEX}: damaged", _ANEW)
    return index


def seen_from(path: Path, folder: Path) -> str:
    """`path` relative to `folder`, so that a run can be moved together with its artefacts; links on the way are followed."""
    return os.path.relpath(path.resolve(), folder.resolve())
