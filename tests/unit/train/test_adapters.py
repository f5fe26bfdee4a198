import pytest
import torch

from wellread.errors import ModelError, UnknownNameError
from wellread.testing import tiny
from wellread.train.adapters import adapt, merged, trainable_parameters
from wellread.train.config import LoraSettings, TrainConfig

IDS = torch.tensor([[5, 6, 7, 8, 9]])


def test_lora_trains_little_and_merges_exactly() -> None:
    config = TrainConfig(adapt="lora", lora=LoraSettings(r=4))
    base = tiny.model()
    _, every = trainable_parameters(base)
    model = adapt(base, config)
    few, _ = trainable_parameters(model)
    assert 0 < few < every / 4
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "lora_B" in name:
                p.normal_(std=0.05)
        before = model(IDS).logits
        plain = merged(model, config)
        assert torch.allclose(plain(IDS).logits, before, atol=4e-5)
        assert not torch.allclose(tiny.model()(IDS).logits, before, atol=1e-3)
    assert not any("lora" in name for name, _ in plain.named_parameters())


def test_full_trains_everything_and_a_tied_weight_counts_once() -> None:
    trained, every = trainable_parameters(adapt(tiny.model(tied=True), TrainConfig()))
    assert trained == every
    assert trainable_parameters(tiny.model(tied=False))[1] > every


def test_a_group_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownNameError, match="gate"):
        LoraSettings(groups=("gat",))


def test_a_group_that_this_model_lacks_is_named() -> None:
    with pytest.raises(ModelError, match="gate_proj"):
        adapt(tiny.model("gpt2"), TrainConfig(adapt="lora"))
