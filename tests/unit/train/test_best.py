"""With patience, what is kept are the weights with the best development score."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from wellread.errors import DiskFullError
from wellread.models.config import ModelConfig
from wellread.models.load import CausalLM, load_model
from wellread.records import Example
from wellread.runs import files
from wellread.runs.jsonl import write_records
from wellread.testing import tiny
from wellread.train import stage
from wellread.train.best import FILE, Keeper, forget, give_back, kept
from wellread.train.config import TrainConfig

CPU = ModelConfig(device="cpu", precision="fp32")
RISING_AND_FALLING = [0.1, 0.4, 0.4, 0.2, 0.9]
"""Tired, with a patience of 2, after the fourth; the second is the best."""


class Marks:
    """A development score of given values, which remembers the weights that it saw and may kill the process."""

    def __init__(self, values: list[float], kill_at: int | None = None) -> None:
        self.values, self.kill_at, self.seen = values, kill_at, []

    def __call__(self, model: CausalLM, _tokenizer: Any) -> float:
        if len(self.seen) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen.append(parameters(model))
        return self.values[len(self.seen) - 1]


def parameters(model: CausalLM) -> dict[str, torch.Tensor]:
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def same(some: dict[str, torch.Tensor], others: dict[str, torch.Tensor]) -> bool:
    return some.keys() == others.keys() and all(torch.equal(some[name], others[name]) for name in some)


def train(model: Path, place: Path, score: Marks, **settings) -> dict[str, Any]:
    texts = [Example(id=f"t{i}", paper=f"p{i}", passage="p", maker="text", text=f"Quor {i} melts.") for i in range(5)]
    write_records(place / "data" / "examples.jsonl.zst", texts)
    how = {"scores": 5, "epochs": 10, "probes": 0, "learning_rate": 0.01, "batch_tokens": 32, **settings}
    return stage.run(TrainConfig(**how), CPU, {"model": model, "augment": place}, place / "out", score=score)


@pytest.mark.parametrize("adapt", ["full", "lora"])
def test_the_best_weights_are_kept_and_the_first_of_equals(adapt: str, tiny_folder: Path, tmp_path: Path) -> None:
    marks = Marks(RISING_AND_FALLING)
    stats = train(tiny_folder, tmp_path, marks, patience=2, adapt=adapt)
    assert [row["score"] for row in stats["scores"]] == RISING_AND_FALLING[:4]
    assert stats["kept"] == {"step": stats["scores"][1]["step"], "score": 0.4}
    written = parameters(load_model(tmp_path / "out" / "model"))
    if adapt == "full":
        assert same(written, marks.seen[1])
        assert not same(written, marks.seen[3])
    else:
        from wellread.train.export import merge

        assert same(written, parameters(merge(tiny_folder, tmp_path / "out" / "adapter")))
        learned = {name: p for name, p in marks.seen[1].items() if "lora" in name}
        from safetensors.torch import load_file

        saved = load_file(tmp_path / "out" / "adapter" / "adapter_model.safetensors")
        assert same(saved, {name.replace(".default", ""): p for name, p in learned.items()})
    card = (tmp_path / "out" / "model" / "README.md").read_text()
    assert f"- step {stats['kept']['step']}: 0.400 (kept)" in card
    assert f"were laid out; the weights are those after step {stats['kept']['step']}." in card
    assert stats["kept"]["step"] < stats["steps"] == stats["scores"][3]["step"] < stats["dose"]["steps"]
    assert not (tmp_path / "out" / "checkpoints").exists()


def test_without_patience_the_last_weights_stay(tiny_folder: Path, tmp_path: Path) -> None:
    marks = Marks(RISING_AND_FALLING[::-1])
    stats = train(tiny_folder, tmp_path, marks)
    assert stats["kept"] is None
    assert stats["steps"] == stats["dose"]["steps"]
    assert "laid out" not in (tmp_path / "out" / "model" / "README.md").read_text()
    assert same(parameters(load_model(tmp_path / "out" / "model")), marks.seen[-1])


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {here!r})
from test_best import Marks, RISING_AND_FALLING, train
often = {{"checkpoint_minutes": 1e-9, "checkpoint_share": 1}}
train(Path({model!r}), Path({place!r}), Marks(RISING_AND_FALLING, 3), patience=2, **often)
"""


def test_the_best_weights_survive_a_kill(tiny_folder: Path, tmp_path: Path) -> None:
    whole = Marks(RISING_AND_FALLING)
    expected = train(tiny_folder, tmp_path / "whole", whole, patience=2)
    place = tmp_path / "killed"
    code = KILLED.format(here=str(Path(__file__).parent), model=str(tiny_folder), place=str(place))
    assert subprocess.run([sys.executable, "-c", code], timeout=300).returncode == -signal.SIGKILL
    assert kept(place / "out" / "checkpoints")["score"] == 0.4
    rest = Marks(RISING_AND_FALLING[3:])
    stats = train(tiny_folder, place, rest, patience=2, checkpoint_minutes=1e-9)
    assert len(rest.seen) == 1
    assert (stats["kept"], stats["scores"]) == (expected["kept"], expected["scores"])
    assert same(parameters(load_model(place / "out" / "model")), whole.seen[1])


def test_what_another_attempt_left_is_forgotten_where_training_begins_anew(tiny_folder: Path, tmp_path: Path) -> None:
    Keeper(load_model(tiny_folder), tmp_path / "out" / "checkpoints")(99, 1.0)
    stats = train(tiny_folder, tmp_path, Marks(RISING_AND_FALLING), patience=2)
    assert stats["kept"]["score"] == 0.4


def test_a_damaged_file_gives_way_to_the_next_score(tmp_path: Path, capsys) -> None:
    model = tiny.model()
    keep = Keeper(model, tmp_path)
    keep(3, 0.5)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-10])
    keep(6, 0.4)
    assert "best.safetensors is damaged" in capsys.readouterr().err
    assert kept(tmp_path) == {"step": 6, "score": 0.4}


def test_only_what_is_trained_is_kept_and_nothing_half(tmp_path: Path) -> None:
    model = tiny.model()
    model.model.layers[0].requires_grad_(False)
    before = parameters(model)
    keep = Keeper(model, tmp_path)
    (tmp_path / f"{FILE}.half").write_bytes(b"killed")
    assert give_back(model, tmp_path) is None
    keep(3, 0.5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1)
    keep(4, 0.5)
    assert give_back(model, tmp_path) == {"step": 3, "score": 0.5}
    for name, parameter in model.named_parameters():
        assert torch.equal(parameter, before[name] + (".layers.0." in name))
    assert [p.name for p in tmp_path.iterdir()] == [FILE]
    forget(tmp_path)
    assert kept(tmp_path) is None


def test_a_full_disk_is_noticed_before_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = Keeper(tiny.model(), tmp_path)
    keep(1, 0.1)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 10}))
    with pytest.raises(DiskFullError, match="the best weights needs"):
        keep(2, 0.2)
    assert kept(tmp_path) == {"step": 1, "score": 0.1}
