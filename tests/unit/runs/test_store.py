import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from wellread.errors import DiskFullError, InputError, RunConflictError
from wellread.runs.files import disk_full_is_said, need_room
from wellread.runs.lock import locked
from wellread.runs.store import MANIFEST, Store, open_artifact

RECIPE = {"stage": "corpus", "version": 1, "config": {"a": 1}, "inputs": {"files": "ff"}}


def write(out: Path) -> dict[str, int]:
    (out / "data").mkdir(exist_ok=True)
    (out / "data" / "x").write_text("1")
    return {"n": 1}


def test_made_once_then_found(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, made = store.build(RECIPE, "p", write)
    again, made_again = store.build(RECIPE, "p", lambda out: pytest.fail("made twice"))
    assert (made, made_again) == (True, False)
    assert first == again
    assert first.stats == {"n": 1}
    assert {"config.yaml", "provenance.json", "stats.json", MANIFEST} <= {p.name for p in first.path.iterdir()}


@pytest.mark.parametrize("change", [{"version": 2}, {"config": {"a": 2}}, {"inputs": {"files": "00"}}])
def test_a_change_makes_another_folder(tmp_path: Path, change: dict) -> None:
    store = Store(tmp_path)
    first, _ = store.build(RECIPE, "p", write)
    second, made = store.build({**RECIPE, **change}, "p", write)
    assert made
    assert first.path != second.path
    assert len(store.all("corpus")) == 2


def test_an_interrupted_one_is_not_complete_and_is_continued(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def dies(out: Path) -> dict[str, int]:
        (out / "half").write_text("kept")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.build(RECIPE, "p", dies)
    folder = store.folder(RECIPE, "p")
    with pytest.raises(InputError, match="no finished artefact"):
        open_artifact(folder)
    assert store.all("corpus") == []
    _, made = store.build(RECIPE, "p", lambda out: {"seen": (out / "half").read_text()})
    assert made
    assert open_artifact(folder).stats == {"seen": "kept"}


def test_two_processes_do_not_share_a_folder(tmp_path: Path) -> None:
    code = f"from wellread.runs.lock import locked\nwith locked(__import__('pathlib').Path({str(tmp_path)!r})): pass"
    with locked(tmp_path):
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"pid {os.getpid()}" in other.stderr
    with locked(tmp_path):
        pass


def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError, match="the disk is full"), disk_full_is_said(tmp_path):
        raise OSError(28, "No space left on device")
    with pytest.raises(DiskFullError), disk_full_is_said(tmp_path):
        raise RuntimeError("[enforce fail at inline_container.cc] . PytorchStreamWriter failed writing file data/3")
    with pytest.raises(ValueError, match="other"), disk_full_is_said(tmp_path):
        raise ValueError("other")
    with pytest.raises(DiskFullError, match=r"needs 1,000,000,000,000\.0 MB"):
        need_room(tmp_path / "not" / "yet", 10**18, "this")


def test_a_folder_in_use_is_a_conflict(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(RunConflictError, match="in use"), locked(tmp_path):
        pass


def test_a_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    made, _ = Store(tmp_path).build(RECIPE, "p", write)
    (made.path / MANIFEST).write_text("")
    with pytest.raises(InputError, match=r"manifest\.json: damaged"):
        open_artifact(made.path)


def test_an_artefact_that_another_process_makes_is_waited_for(tmp_path: Path) -> None:
    begun, may_end = Event(), Event()

    def slowly(out: Path) -> dict[str, int]:
        begun.set()
        assert may_end.wait(30)
        return write(out)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(Store(tmp_path).build, RECIPE, "p", slowly)
        assert begun.wait(30)
        second = pool.submit(Store(tmp_path).build, RECIPE, "p", lambda out: pytest.fail("made twice"))
        time.sleep(0.2)
        assert not second.done()
        may_end.set()
        assert (first.result(30)[1], second.result(30)[1]) == (True, False)


def test_a_reopened_artefact_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.build(RECIPE, "p", write)
    assert store.has(RECIPE, "p")
    store.reopen(RECIPE, "p")
    assert not store.has(RECIPE, "p")
    assert store.build(RECIPE, "p", write)[1]


def test_an_artefact_of_another_fingerprint_is_never_taken(tmp_path: Path) -> None:
    store = Store(tmp_path)
    made, _ = store.build(RECIPE, "p", write)
    manifest = made.path / MANIFEST
    manifest.write_text(manifest.read_text().replace(made.fingerprint, made.fingerprint[:8] + "0" * 56))
    with pytest.raises(InputError, match="made from something else"):
        store.build(RECIPE, "p", write)
