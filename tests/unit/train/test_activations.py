"""Activations that are computed again change no loss; they take a second forward pass through each trained layer."""

import copy
from contextlib import nullcontext
from typing import Any

import pytest
import torch

from wellread.errors import ConfigError, ModelError
from wellread.runs.fingerprint import settings
from wellread.testing import tiny
from wellread.train.activations import recompute
from wellread.train.adapt import adapt
from wellread.train.batches import Rows
from wellread.train.config import LoraSettings, TrainConfig
from wellread.train.loss import next_token_loss
from wellread.train.sequence import IGNORED, Sequence
from wellread.train.trunk import Trunk

OPENING = [5, 6, 7, 8]
SEQUENCES = [
    Sequence([*OPENING, 11, 12, 13, 2], [IGNORED] * 6 + [13, 2], "pair", shared=4),
    Sequence([21, 22, 23, 24, 25, 2], [21, 22, 23, 24, 25, 2], "text"),
    Sequence([*OPENING, 31, 32, 33, 2], [IGNORED] * 5 + [32, 33, 2], "pair", shared=4),
]
LORA: dict[str, Any] = {"adapt": "lora", "lora": LoraSettings(r=2, groups=("q", "up"), dropout=0.3)}


def curve(base: Any, config: TrainConfig, cached: bool) -> tuple[list[float], list[int]]:
    """The losses of a few steps over packed rows, and how often each of the two layers was gone through."""
    torch.manual_seed(0)
    model = adapt(copy.deepcopy(base), config)
    plain = model.get_base_model() if hasattr(model, "get_base_model") else model
    recompute(plain, config.activations == "recomputed")
    rows, passes = Rows(SEQUENCES), [0, 0]
    if cached:
        rows.trunk = Trunk(model, 1)
        rows.trunk.fill(SEQUENCES, nullcontext(), None)
        rows.trunk.attach()
    layers = (plain.transformer.h if hasattr(plain, "transformer") else plain.model.layers)[:2]
    for number, layer in enumerate(layers):
        layer.mlp.register_forward_pre_hook(lambda *_, n=number: passes.__setitem__(n, passes[n] + 1))
    optimiser = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=1e-2)
    model.train()
    losses = []
    for batch in ([0, 1, 2], [1], [2, 0]):
        loss = next_token_loss(model, rows.row(batch))
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    return losses, passes


@pytest.mark.parametrize(
    ("how", "cached", "kept", "again"),
    [
        ({"layers": "all"}, False, [3, 3], [6, 6]),
        ({"layers": "1:"}, False, [3, 3], [3, 6]),
        ({"layers": "1:"}, True, [0, 3], [0, 6]),
        (LORA, False, [3, 3], [6, 6]),
        ({**LORA, "layers": "1:"}, True, [0, 3], [0, 6]),
    ],
    ids=["full", "upper layer", "upper layer, cached trunk", "lora", "lora, cached trunk"],
)
@pytest.mark.parametrize("family", ["llama", "gemma2"])
def test_losses_are_the_same(family: str, how: dict, cached: bool, kept: list[int], again: list[int]) -> None:
    base = tiny.model(family)
    losses, passes = curve(base, TrainConfig(**how), cached)
    same, twice = curve(base, TrainConfig(**how, activations="recomputed"), cached)
    assert same == pytest.approx(losses, abs=1e-6)
    assert losses[0] != pytest.approx(losses[-1], abs=1e-3)
    assert (passes, twice) == (kept, again)


def test_what_is_dropped_at_random_is_dropped_again() -> None:
    base = tiny.model("gpt2")
    losses, _ = curve(base, TrainConfig(layers="all"), False)
    again, passes = curve(base, TrainConfig(layers="all", activations="recomputed"), False)
    assert again == pytest.approx(losses, abs=1e-6)
    assert passes == [6, 6]


def test_it_can_be_taken_back_and_is_no_other_training() -> None:
    model = tiny.model().train()
    recompute(model, True)
    assert all(layer.gradient_checkpointing for layer in model.model.layers)
    recompute(model, False)
    assert not any(layer.gradient_checkpointing for layer in model.model.layers)
    assert settings(TrainConfig(activations="recomputed")) == settings(TrainConfig())


def test_where_it_does_not_go_it_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"train\.activations"):
        adapt(tiny.model(), TrainConfig(adapt="prefix", activations="recomputed"))
    model = tiny.model()
    model.supports_gradient_checkpointing = False
    recompute(model, False)
    with pytest.raises(ModelError, match=r"train\.activations: LlamaForCausalLM"):
        recompute(model, True)
