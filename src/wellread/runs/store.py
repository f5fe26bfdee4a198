"""Artefacts: one folder for each thing made, complete as soon as its manifest exists.

    <root>/<stage>/<label>-<fingerprint8>/
        config.yaml provenance.json stats.json data/ rejected/ ... manifest.json (written last)

A changed setting or input gives another fingerprint, so another folder: nothing is overwritten or wrongly reused.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wellread.errors import InputError
from wellread.runs import provenance
from wellread.runs.files import disk_full_is_said, read_json, write_json, write_text
from wellread.runs.fingerprint import fingerprint
from wellread.runs.lock import waiting_for

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Artifact:
    """A finished artefact."""

    path: Path
    manifest: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what it was made from."""
        return str(self.manifest["fingerprint"])

    @property
    def stats(self) -> dict[str, Any]:
        """What the stage counted."""
        stats: dict[str, Any] = read_json(self.path / "stats.json")
        return stats

    @property
    def seconds(self) -> float:
        """Wall-clock time that making it took, over all its attempts but those that were killed outright."""
        return float(self.manifest["seconds"])


def open_artifact(path: Path) -> Artifact:
    """The finished artefact at `path`. Raises InputError where there is none, or a damaged one."""
    if not (path / MANIFEST).is_file():
        raise InputError(f"{path}: no finished artefact here", "Run the command that makes it again; it continues.")
    try:
        manifest: dict[str, Any] = read_json(path / MANIFEST)
    except ValueError:
        fix = "Delete this folder and run the command that made it again."
        raise InputError(f"{path / MANIFEST}: damaged", fix) from None
    return Artifact(path, manifest)


@dataclass(frozen=True)
class Store:
    """The artefacts under one root."""

    root: Path

    def all(self, stage: str) -> list[Artifact]:
        """Every finished artefact of `stage`."""
        return [open_artifact(p.parent) for p in sorted((self.root / stage).glob(f"*/{MANIFEST}"))]

    def folder(self, recipe: Mapping[str, Any], label: str) -> Path:
        """Where the artefact made by `recipe` (with its 'stage') lives."""
        return self.root / str(recipe["stage"]) / f"{label}-{fingerprint(recipe)[:8]}"

    def has(self, recipe: Mapping[str, Any], label: str) -> bool:
        """Whether the artefact made by `recipe` is finished."""
        return (self.folder(recipe, label) / MANIFEST).is_file()

    def reopen(self, recipe: Mapping[str, Any], label: str) -> None:
        """Let the finished artefact made by `recipe` count as unfinished, so that it is made again."""
        (self.folder(recipe, label) / MANIFEST).unlink(missing_ok=True)

    def build(
        self, recipe: Mapping[str, Any], label: str, make: Callable[[Path], Mapping[str, Any]]
    ) -> tuple[Artifact, bool]:
        """The artefact of `recipe`: the finished one if there is one, else made now by `make(folder)`.

        `recipe` holds 'stage', 'version', 'config', 'inputs'. `make` writes into the folder, continues what an
        interrupted attempt left there, and returns the stats. Returns the artefact and whether it was made now.
        """
        folder = self.folder(recipe, label)
        if self.has(recipe, label):
            return self._finished(folder, recipe), False
        with waiting_for(folder), disk_full_is_said(folder):
            if self.has(recipe, label):  # another process finished it while we waited
                return self._finished(folder, recipe), False
            write_text(folder / "config.yaml", yaml.safe_dump(recipe["config"], sort_keys=False, allow_unicode=True))
            write_json(folder / "provenance.json", provenance.gather())
            spent = folder / "seconds.json"
            before = float(read_json(spent)) if spent.exists() else 0.0
            start = time.monotonic()
            try:
                stats = make(folder)
            finally:
                seconds = before + time.monotonic() - start
                write_json(spent, round(seconds, 3))
            write_json(folder / "stats.json", stats)
            write_json(
                folder / MANIFEST,
                {**recipe, "fingerprint": fingerprint(recipe), "seconds": round(seconds, 3)},
            )
            spent.unlink()
            return open_artifact(folder), True

    def _finished(self, folder: Path, recipe: Mapping[str, Any]) -> Artifact:
        """The artefact in `folder`, whose name holds but the beginning of the fingerprint."""
        found = open_artifact(folder)
        if found.fingerprint != fingerprint(recipe):
            raise InputError(f"{folder} was made from something else", "Move that folder away.")
        return found
