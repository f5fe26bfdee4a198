"""What --plan measures is what training does."""

from pathlib import Path

import pytest
import torch

from wellread.models.config import ModelConfig
from wellread.records import Example
from wellread.runs.jsonl import write_records
from wellread.train import stage
from wellread.train.adapt import adapt
from wellread.train.config import TrainConfig
from wellread.train.forecast import forecast

TEXTS = [Example(id=f"t{i}", paper="p", passage=f"t{i}", maker="text", text=f"Quor {i} melts.") for i in range(4)]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[torch.dtype, bool]]:
    """Number format and dropout of every pass with a gradient through an upper layer's matrix."""
    seen: list[tuple[torch.dtype, bool]] = []

    def watched(model, config):
        made = adapt(model, config)
        block = made.model.layers[1]
        block.mlp.gate_proj.register_forward_hook(
            lambda _m, _i, out: seen.append((out.dtype, block.training)) if torch.is_grad_enabled() else None
        )
        return made

    monkeypatch.setattr("wellread.train.prepare.adapt", watched)
    return seen


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_the_plan_s_pass_is_a_step_s_pass(precision: str, passes, tiny_folder: Path, tmp_path: Path) -> None:
    """A plan in 32 bits of a training in 16 would say twice the activations and, on a card, several times the time."""
    model = ModelConfig(device="cpu", precision=precision)
    config = TrainConfig(epochs=1, probes=0)
    forecast(config, model, tiny_folder, TEXTS, [])
    planned = set(passes)
    passes.clear()
    write_records(tmp_path / "data" / "examples.jsonl.zst", TEXTS)
    stage.run(config, model, {"model": tiny_folder, "augment": tmp_path}, tmp_path / "out")
    assert planned == set(passes) == {(torch.bfloat16 if precision == "bf16" else torch.float32, True)}


def test_the_plan_counts_what_recomputing_takes_and_saves(passes, tiny_folder: Path) -> None:
    """Each of its passes goes through a layer twice, as each step will."""
    for activations in ("kept", "recomputed"):
        config = TrainConfig(epochs=1, activations=activations)
        forecast(config, ModelConfig(device="cpu", precision="fp32"), tiny_folder, TEXTS, [])
    assert len(passes) == 2 + 4


@pytest.mark.parametrize(("there", "said"), [(10**6, True), (10**15, False), (None, False)])
def test_a_plan_that_the_machine_is_too_small_for_says_so(
    there: int | None, said: bool, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellread.train.forecast.memory_bytes", lambda: there)
    config = TrainConfig(epochs=1)
    plan = forecast(config, ModelConfig(device="cpu", precision="fp32"), tiny_folder, TEXTS, [])
    assert plan["memory_there"] == there
    notes = [note for note in plan["notes"] if note.startswith("This training needs")]
    assert len(notes) == said
    assert all("and cpu has 0.0. Lower train.batch_tokens" in note for note in notes)
