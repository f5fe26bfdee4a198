"""LoRA's products in place: peft's own outputs and gradients in bf16, nothing else changed, and taken back."""

import pytest
import torch
from peft import LoraConfig, get_peft_model

from wellread.train.halves import keep_halves
from wellread.train.low_rank import add_in_place


class Net(torch.nn.Module):
    def __init__(self, bias: bool) -> None:
        super().__init__()
        self.a, self.b = torch.nn.Linear(24, 40, bias=bias), torch.nn.Linear(40, 24, bias=bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.b(self.a(x).relu())


def made(bias: bool = False, **kw: object) -> torch.nn.Module:
    torch.manual_seed(0)
    net = get_peft_model(Net(bias), LoraConfig(**{"r": 8, "lora_alpha": 20, "target_modules": ["a", "b"], **kw}))
    for name, parameter in net.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    return net


def layers(net: torch.nn.Module) -> list[torch.nn.Module]:
    return [net.base_model.model.a, net.base_model.model.b]


def changed(net: torch.nn.Module) -> list[bool]:
    return ["forward" in vars(layer) for layer in layers(net)]


def passed(net: torch.nn.Module, x: torch.Tensor) -> list[torch.Tensor]:
    """Output, the input's gradient and the adapters', under autocast."""
    net.zero_grad()
    x = x.clone().requires_grad_()
    with torch.autocast("cpu", torch.bfloat16):
        out = net(x)
    out.float().square().sum().backward()
    assert x.grad is not None
    return [out.detach().float(), x.grad, *(p.grad.clone() for p in net.parameters() if p.grad is not None)]


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("shape", [(7, 24), (1, 7, 24)])
def test_the_same_as_pefts(bias: bool, shape: tuple[int, ...]) -> None:
    torch.manual_seed(1)
    net, x = made(bias), torch.randn(shape)
    keep_halves(net, True)
    before = passed(net, x)
    add_in_place(net)
    assert changed(net) == [True, True]
    after = passed(net, x)
    assert len(after) == 6
    for ours, theirs in zip(after, before, strict=True):
        assert ours.dtype == theirs.dtype
        assert ours.shape == theirs.shape
        assert float((ours - theirs).norm() / theirs.norm()) < 0.01


def test_the_first_trained_layer_asks_nothing_of_what_is_below_it() -> None:
    net = made()
    keep_halves(net, True)
    add_in_place(net)
    with torch.autocast("cpu", torch.bfloat16):
        net(torch.randn(3, 24)).float().sum().backward()
    assert all(p.grad is not None for name, p in net.named_parameters() if "lora" in name)


def test_elsewhere_peft_computes() -> None:
    net, x = made(), torch.randn(3, 24)
    before = net(x)
    keep_halves(net, True)
    add_in_place(net)
    assert torch.equal(net(x), before)  # no autocast
    with torch.autocast("cpu", torch.bfloat16), net.disable_adapter():
        without = net(x)
    with torch.autocast("cpu", torch.bfloat16):
        assert not torch.equal(net(x), without)


@pytest.mark.parametrize("kw", [{"lora_dropout": 0.1}, {"use_dora": True}, {"lora_bias": True}])
def test_what_is_more_than_two_products_is_left_to_peft(kw: dict[str, object]) -> None:
    net = made(bias=True, **kw)
    keep_halves(net, True)
    add_in_place(net)
    assert changed(net) == [False, False]


def test_without_copies_of_the_weights_it_is_taken_back() -> None:
    net = made()
    keep_halves(net, True)
    add_in_place(net)
    keep_halves(net, False)
    add_in_place(net)
    assert changed(net) == [False, False]
