"""Memory that runs out, wherever it does, is said in one line that says what to lower."""

from pathlib import Path

import pytest
import torch

from wellread.models.config import ModelConfig
from wellread.models.device import Device
from wellread.records import Example
from wellread.testing import tiny
from wellread.train.config import TrainConfig
from wellread.train.forecast import forecast
from wellread.train.memory import OutOfMemoryError, running_out_is_said
from wellread.train.prepare import prepare
from wellread.train.quantised import load_quantised

CPU = ModelConfig(device="cpu", precision="fp32")
TEXTS = [Example(id="t", paper="p", passage="t", maker="text", text="Quor melts.")]
NO_ROOM = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


def too_large(*_: object, **__: object) -> None:
    raise NO_ROOM


@pytest.mark.parametrize(
    "error", [NO_ROOM, MemoryError(), RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate")]
)
def test_every_way_to_say_it_is_known(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(OutOfMemoryError, match=r"now 128.*Fewer train\.layers"), running_out_is_said(TrainConfig()):
        raise error
    with pytest.raises(RuntimeError, match="shapes"), running_out_is_said(TrainConfig()):
        raise RuntimeError("shapes differ")
    (tmp_path / "checkpoint-3").mkdir()
    (tmp_path / "checkpoint-3" / "meta.json").touch()
    with (
        pytest.raises(OutOfMemoryError, match=r"checkpoint is kept.*train\.base=nf4"),
        running_out_is_said(TrainConfig(adapt="lora"), tmp_path),
    ):
        raise error


def test_the_advice_names_recomputing_where_it_would_help() -> None:
    for config, named in [
        (TrainConfig(), True),
        (TrainConfig(adapt="lora"), True),
        (TrainConfig(activations="recomputed"), False),
        (TrainConfig(adapt="prefix"), False),
    ]:
        with pytest.raises(OutOfMemoryError) as said, running_out_is_said(config):
            raise NO_ROOM
        assert ("train.activations=recomputed" in str(said.value)) is named


def test_a_model_that_does_not_fit_onto_its_card(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.nn.Module, "to", too_large)
    for look in (prepare, forecast):
        with pytest.raises(OutOfMemoryError):
            look(TrainConfig(), CPU, tiny_folder, TEXTS, [])


def test_a_plan_whose_pass_does_not_fit(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.autograd, "backward", too_large)
    with pytest.raises(OutOfMemoryError):
        forecast(TrainConfig(), CPU, tiny_folder, TEXTS, [])


def test_a_quantised_model_that_does_not_fit_is_no_broken_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The advice was to set train.base to plain, which takes eight times the room."""
    pytest.importorskip("bitsandbytes")
    monkeypatch.setattr("transformers.AutoModelForCausalLM.from_pretrained", too_large)
    with pytest.raises(torch.OutOfMemoryError):
        load_quantised(tiny.folder(tmp_path / "m"), "nf4", Device("cpu", "fp32", "as asked"))
