from types import SimpleNamespace

import pytest
import torch

from wellread.errors import UnknownNameError, WellreadError
from wellread.models import device


@pytest.mark.parametrize(("has", "precision"), [(True, "bf16"), (False, "fp32")])
def test_bf16_only_where_the_chip_has_it(monkeypatch: pytest.MonkeyPatch, has: bool, precision: str) -> None:
    monkeypatch.setattr(device, "cpu_has_bf16", lambda: has)
    chosen = device.choose("cpu")
    assert (chosen.name, chosen.precision) == ("cpu", precision)
    assert device.choose("cpu", "fp32").precision == "fp32"


def test_a_gpu_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(WellreadError, match="no CUDA device"):
        device.choose("cuda")
    assert device.choose("auto").name == "cpu"


@pytest.mark.parametrize(("generation", "precision"), [(7, "fp32"), (8, "bf16")])
def test_a_card_that_emulates_bf16_computes_in_32_bits(
    monkeypatch: pytest.MonkeyPatch, generation: int, precision: str
) -> None:
    monkeypatch.setattr(torch.version, "hip", None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: SimpleNamespace(major=generation))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "a card")
    monkeypatch.setattr(torch.cuda, "_check_bf16_tensor_supported", lambda _: True)
    assert device.choose("cuda").precision == precision


def test_an_unknown_device_is_named() -> None:
    with pytest.raises(UnknownNameError, match="cuda"):
        device.check("cudaa")
