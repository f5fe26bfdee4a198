"""Frozen weights in bf16: the same arithmetic under autocast, nothing else changed, and taken back."""

import pytest
import torch

from wellread.train.halves import keep_halves


@pytest.fixture
def model():
    torch.manual_seed(0)
    made = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Linear(16, 4))
    made[0].requires_grad_(False)
    return made


def passed(model, x):
    """Output and gradients of the trained layer, under autocast."""
    model.zero_grad()
    with torch.autocast("cpu", torch.bfloat16):
        out = model(x)
    out.float().square().sum().backward()
    return out, model[2].weight.grad.clone()


def test_under_autocast_not_a_bit_changes(model):
    x = torch.randn(5, 8)
    before = passed(model, x)
    keep_halves(model, True)
    after = passed(model, x)
    assert "forward" in vars(model[0])
    assert "forward" not in vars(model[2])  # it is trained
    assert torch.equal(before[0], after[0])
    assert torch.equal(before[1], after[1])


def test_elsewhere_the_full_weights_count(model):
    x = torch.randn(5, 8)
    before = model(x)
    keep_halves(model, True)
    assert torch.equal(model(x), before)
    assert model[0].weight.dtype == torch.float32
    model[0].weight.data.mul_(2)
    assert not torch.equal(model(x), before)


def test_a_later_call_reads_the_weights_anew_or_takes_the_copies_back(model):
    x = torch.randn(5, 8)
    keep_halves(model, True)
    model[0].weight.data.mul_(2)
    keep_halves(model, True)
    changed = passed(model, x)[0]
    keep_halves(model, False)
    assert "forward" not in vars(model[0])
    assert torch.equal(passed(model, x)[0], changed)
