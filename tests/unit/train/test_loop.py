"""The Trainer's settings."""

from pathlib import Path

import pytest
import torch

from wellread.models.device import Device
from wellread.train.config import TrainConfig
from wellread.train.loop import arguments


def test_several_cards_in_one_process_drop_no_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With four, the Trainer would draw four batches a step, of which the collator keeps one."""
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 4)
    assert arguments(TrainConfig(), 3, Device("cuda", "fp32", "a test"), tmp_path).train_batch_size == 1
