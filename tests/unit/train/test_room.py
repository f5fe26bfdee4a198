"""The low-disk check before training starts."""

import re
from pathlib import Path

import pytest

from wellread.errors import DiskFullError
from wellread.models.config import ModelConfig
from wellread.records import Example
from wellread.runs import files
from wellread.runs.jsonl import write_records
from wellread.train import stage
from wellread.train.config import TrainConfig

CPU = ModelConfig(device="cpu", precision="fp32")
TEXT = Example(id="t", paper="p", passage="t", maker="text", text="Quor melts at 146 °C.")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 0}))


def needed(model: Path, place: Path, **settings) -> float:
    """Megabytes that a training in place/out asks for."""
    write_records(place / "data" / "examples.jsonl.zst", [TEXT])
    with pytest.raises(DiskFullError) as caught:
        stage.run(TrainConfig(**settings), CPU, {"model": model, "augment": place}, place / "out")
    return float(re.search(r"needs ([\d,.]+) MB", str(caught.value))[1].replace(",", ""))


def test_what_an_interrupted_attempt_wrote_counts_once(tiny_folder: Path, tmp_path: Path, full_disk) -> None:
    fresh = needed(tiny_folder, tmp_path, keep_checkpoints=9)
    left = tmp_path / "out" / "checkpoints" / "checkpoint-3" / "model.safetensors"
    left.parent.mkdir(parents=True)
    left.write_bytes(bytes(1_000_000))
    assert needed(tiny_folder, tmp_path, keep_checkpoints=9) == pytest.approx(fresh - 1, abs=0.15)


def test_patience_needs_room_for_the_best_weights(tiny_folder: Path, tmp_path: Path, full_disk) -> None:
    settings = {"layers": "all", "keep_checkpoints": 1}
    without, trained = needed(tiny_folder, tmp_path, **settings), 0.1
    assert needed(tiny_folder, tmp_path, **settings, patience=1) > without + 2 * 4 * trained - 0.15


def test_what_is_made_anew_takes_no_room(tiny_folder: Path, tmp_path: Path, full_disk) -> None:
    half = tmp_path / "out" / "model.half"
    half.mkdir(parents=True)
    (tmp_path / "out" / "trunk.bin").write_bytes(b"half")
    needed(tiny_folder, tmp_path)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["rejected"]
