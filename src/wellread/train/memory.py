"""A plain word where memory runs out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellread.errors import WellreadError
from wellread.train.config import TrainConfig

_WORDS = ("out of memory", "can't allocate memory", "cannot allocate memory", "not enough memory")


class OutOfMemoryError(WellreadError):
    """The machine's or the card's memory is too small for a step; the last checkpoint stays."""


@contextmanager
def running_out_is_said(config: TrainConfig, home: Path) -> Iterator[None]:
    """Turn the several ways in which torch says that memory ran out into one OutOfMemoryError.

    The first step of the optimiser, which makes room for its moments, is as likely a place as a backward pass.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as e:
        if not isinstance(e, MemoryError) and not any(word in str(e).lower() for word in _WORDS):
            raise
        kept = "; the last checkpoint is kept" if any(home.glob("checkpoint-*/meta.json")) else ""
        less = [f"train.batch_tokens (now {config.batch_tokens}) or train.longest (now {config.longest})"]
        if config.adapt == "full":
            less.append("train.adapt=lora needs no optimiser state for frozen weights")
        raise OutOfMemoryError(f"out of memory in training{kept}", f"Lower {'; '.join(less)}.") from e
