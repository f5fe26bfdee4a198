import copy
from contextlib import nullcontext
from pathlib import Path

import pytest
import torch
from transformers import AutoConfig, AutoModelForCausalLM

from wellread.testing import tiny
from wellread.train.adapt import adapt
from wellread.train.batches import Rows
from wellread.train.config import LoraSettings, TrainConfig
from wellread.train.loss import next_token_loss
from wellread.train.sequence import IGNORED, Sequence
from wellread.train.trunk import Trunk, frozen_depth

OPENING = [5, 6, 7, 8]


def pair(prompt: list[int], answer: list[int]) -> Sequence:
    ids = OPENING + prompt + answer
    return Sequence(ids, [IGNORED] * (len(ids) - len(answer)) + answer, "pair", shared=len(OPENING))


SEQUENCES = [
    pair([11, 12], [13, 2]),
    Sequence([21, 22, 23, 2], [21, 22, 23, 2], "text"),
    pair([31], [32, 33, 2]),
    Sequence([41, 42, 2], [41, 42, 2], "text"),
]
ORDER = [[0, 1, 2], [3], [2, 3, 0], [1]]


@pytest.mark.parametrize("spill", [False, True])
@pytest.mark.parametrize("family", ["llama", "mistral", "qwen2", "gemma2", "gemma3_text"])
@pytest.mark.parametrize("how", ["full", "lora"])
def test_training_from_the_cache_is_the_same_training(family: str, how: str, spill: bool, tmp_path: Path) -> None:
    config = TrainConfig(adapt=how, layers="1:", lora=LoraSettings(r=2, groups=("q", "up")))
    base = tiny.model(family)
    curves = []
    for cached in (False, True):
        torch.manual_seed(0)
        model = adapt(copy.deepcopy(base), config)
        rows = Rows(SEQUENCES)
        assert frozen_depth(model) == 1
        if cached:
            rows.trunk = Trunk(model, 1)
            rows.trunk.fill(SEQUENCES, nullcontext(), tmp_path / "trunk.bin" if spill else None)
            rows.trunk.attach()
        optimiser = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=1e-2)
        losses = []
        for batch in ORDER * 4:
            loss = next_token_loss(model, rows.row(batch))
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
            losses.append(loss.item())
        curves.append(losses)
        if rows.trunk is not None:
            with pytest.raises(KeyError):
                model(torch.tensor([[5, 6]]))
            rows.trunk.detach()
        assert next_token_loss(model, Rows(SEQUENCES).row([0])).item() < losses[0]
    assert curves[0] == pytest.approx(curves[1], rel=1e-3)
    assert curves[0][-1] < 0.99 * curves[0][1]
    assert (tmp_path / "trunk.bin").exists() is spill


def test_aside_the_model_reads_for_itself() -> None:
    model = adapt(tiny.model(), TrainConfig(layers="1:"))
    ids = torch.tensor([[5, 6, 7]])
    before = model(ids).logits
    trunk = Trunk(model, 1)
    trunk.fill(SEQUENCES, nullcontext(), None)
    trunk.attach()
    with trunk.aside():
        assert torch.equal(model(ids).logits, before)
    with pytest.raises(KeyError):
        model(ids)


@pytest.mark.parametrize(
    ("config", "depth"),
    [
        (TrainConfig(layers="all"), 0),
        (TrainConfig(layers="50%:"), 1),
        (TrainConfig(layers="1:"), 1),
        (TrainConfig(layers=":1"), 0),
        (TrainConfig(adapt="lora", lora=LoraSettings(groups=("q", "lm_head")), layers="1:"), 1),
        (TrainConfig(adapt="lora", lora=LoraSettings(groups=("q", "embed_tokens")), layers="1:"), 0),
        (TrainConfig(adapt="lora", lora=LoraSettings(groups=("lm_head",))), 2),
        (TrainConfig(adapt="prefix"), 0),
    ],
)
def test_the_frozen_part_is_found(config: TrainConfig, depth: int) -> None:
    assert frozen_depth(adapt(tiny.model(), config)) == depth


def test_layers_that_drop_values_at_random_are_not_cached() -> None:
    assert frozen_depth(adapt(tiny.model("gpt2"), TrainConfig(layers="1:"))) == 0


@pytest.mark.parametrize(("share", "depth"), [(0.1, 0), (0.0, 1)])
def test_nor_are_those_that_drop_by_a_function(share: float, depth: int) -> None:
    shape = {"vocab_size": 99, "hidden_size": 16, "ffn_dim": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = AutoConfig.for_model("opt", **shape, word_embed_proj_dim=16, dropout=share)
    model = AutoModelForCausalLM.from_config(config)
    assert not any(isinstance(m, torch.nn.Dropout) for m in model.modules())
    assert frozen_depth(adapt(model, TrainConfig(layers="1:"))) == depth
