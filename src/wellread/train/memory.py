"""A plain word where memory runs out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellread.errors import WellreadError
from wellread.train.config import TrainConfig

_WORDS = ("out of memory", "can't allocate memory", "cannot allocate memory", "not enough memory", "alloc_failed")


class OutOfMemoryError(WellreadError):
    """The machine's or the card's memory is too small for a step; the last checkpoint stays."""


@contextmanager
def running_out_is_said(config: TrainConfig, home: Path | None = None) -> Iterator[None]:
    """Turn the several ways in which torch says that memory ran out into one OutOfMemoryError.

    A model may not even fit onto its card. The first step of the optimiser, which makes room for its moments, is as likely
    a place as a backward pass. `home` is where checkpoints are, if there are any yet.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as e:
        if not ran_out(e):
            raise
        kept = "; the last checkpoint is kept" if home and any(home.glob("checkpoint-*/meta.json")) else ""
        raise OutOfMemoryError(f"out of memory in training{kept}", needs_less(config)) from e


def needs_less(config: TrainConfig) -> str:
    """What to set for a training that takes less memory."""
    fix = f"Lower train.batch_tokens (now {config.batch_tokens}) or train.longest (now {config.longest})."
    if config.activations == "kept" and config.adapt != "prefix":
        fix += " train.activations=recomputed keeps less of each layer, for more time."
    if config.adapt == "full":
        fix += " Fewer train.layers, or train.adapt=lora, need less optimiser state."
    elif config.base == "plain":
        fix += " train.base=nf4 keeps frozen weights in an eighth of the room."
    return fix


def ran_out(error: Exception) -> bool:
    """Whether `error` says that memory ran out."""
    return isinstance(error, MemoryError) or any(word in str(error).lower() for word in _WORDS)
