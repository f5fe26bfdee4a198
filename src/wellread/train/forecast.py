"""What a training would take, from one forward and backward pass over its largest batch. No weight is changed."""

import resource
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from wellread.models.config import ModelConfig
from wellread.records import Example, Preference
from wellread.runs.provenance import memory_bytes
from wellread.train.adapt import trainable_parameters
from wellread.train.attention import for_short_rows
from wellread.train.config import TrainConfig
from wellread.train.data import used
from wellread.train.loop import autocast
from wellread.train.memory import needs_less, running_out_is_said
from wellread.train.prepare import Prepared, feed, prepare
from wellread.train.sequence import packed_length

MOMENTS = 8
"""Bytes that AdamW keeps for each trained parameter."""
TRIAL = 1 << 22
"""Parameters in the trial step of the optimiser."""


def forecast(
    config: TrainConfig, model_config: ModelConfig, model: Path, examples: list[Example], preferences: list[Preference]
) -> dict[str, Any]:
    """Dose, rejects, notes, trained parameters, peak memory in bytes, and seconds, checkpoints and probes left out.

    Where the peak is more than the machine or the card has, a note says so and what would need less.
    Raises OutOfMemoryError where already this is too much, and what `prepare` raises.
    """
    _forget_peak()
    ready = prepare(config, model_config, model, examples, preferences)
    trained, parameters = trainable_parameters(ready.model)
    largest = max(ready.batches, key=lambda batch: packed_length([ready.encoded.sequences[i] for i in batch]))
    tokens = packed_length([ready.encoded.sequences[i] for i in largest])
    steps = len(ready.batches)
    with running_out_is_said(config):
        seconds, peak = _measure(_only(ready, largest))
        optimiser = _optimiser_seconds(trained, ready)
    needed, there = peak + MOMENTS * trained, _memory(ready)
    notes = ready.encoded.notes
    if there is not None and needed > there:
        more = f"needs {needed / 1e9:.1f} GB of memory, and {ready.device.name} has {there / 1e9:.1f}"
        notes = [*notes, f"This training {more}. {needs_less(config)}"]
    return {
        "dose": ready.dose.model_dump(),
        "notes": notes,
        "rejected": ready.encoded.rejected,
        "trained_parameters": trained,
        "parameters": parameters,
        "device": str(ready.device),
        "memory_bytes": needed,
        "memory_there": there,
        "seconds": seconds * ready.dose.tokens / tokens + steps * optimiser,
    }


def _only(ready: Prepared, batch: list[int]) -> Prepared:
    """The same training with one batch only."""
    encoded, batches = used(ready.encoded, [batch])
    return replace(ready, encoded=encoded, batches=batches)


def _measure(ready: Prepared) -> tuple[float, int]:
    """Seconds of the second of two passes, and the most memory that this process has held since `_forget_peak`."""
    with tempfile.TemporaryDirectory() as scratch, for_short_rows(ready.model, ready.device):
        batches = feed(ready, Path(scratch) / "trunk.bin")
        loss, batch = ready.loss, _to(batches[0], ready)
        seconds = 0.0
        ready.model.train()
        for _ in range(2):
            ready.model.zero_grad(set_to_none=True)  # as before each step: gradients come while activations go
            start = time.perf_counter()
            with autocast(ready.device):
                value = loss(ready.model, batch)
            torch.autograd.backward(value)
            _wait(ready)
            seconds = time.perf_counter() - start
        if batches.rows.trunk is not None:
            batches.rows.trunk.detach()
    return seconds, _peak(ready)


def _to(batch: Any, ready: Prepared) -> Any:
    if isinstance(batch, dict):
        return {name: _to(value, ready) for name, value in batch.items()}
    return batch.to(ready.device.torch)


def _wait(ready: Prepared) -> None:
    if ready.device.name == "cuda":
        torch.cuda.synchronize()


def _forget_peak() -> None:
    """Let the peak be that of this stage, not of one planned before it."""
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
    with suppress(OSError):  # proc(5): 5 resets it; where there is no such file the peak is that of the whole plan
        Path("/proc/self/clear_refs").write_text("5")


def _peak(ready: Prepared) -> int:
    if ready.device.name == "cuda":
        return torch.cuda.max_memory_allocated()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _memory(ready: Prepared) -> int | None:
    """Bytes that the card, or the machine, has in all."""
    if ready.device.name == "cuda":
        return torch.cuda.get_device_properties(ready.device.torch).total_memory
    return memory_bytes()


def _optimiser_seconds(trained: int, ready: Prepared) -> float:
    """A step of AdamW over `trained` parameters, from one over a few million."""
    trial = torch.nn.Parameter(torch.zeros(min(trained, TRIAL), device=ready.device.torch))
    trial.grad = torch.ones_like(trial)
    optimiser = torch.optim.AdamW([trial], fused=True)
    optimiser.step()
    _wait(ready)
    start = time.perf_counter()
    optimiser.step()
    _wait(ready)
    return (time.perf_counter() - start) * trained / trial.numel()
