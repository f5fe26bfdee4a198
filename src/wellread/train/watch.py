"""Callbacks of the loop: the bar, checkpoints by the clock, Ctrl-C, divergence, collapse, and the development score."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from transformers import TrainerCallback

from wellread.runs.progress import Bar, say

WINDOW = 20
"""Steps that a mean loss is taken over."""


class CollapsedError(Exception):
    """Training goes on for nothing: the loss is no longer a number or only grows, or the output is one word repeated."""

    def __init__(self, what: str, step: int) -> None:
        super().__init__(f"{what} at step {step}")
        self.step = step


class Watch(TrainerCallback):
    """Moves the bar, asks for checkpoints by the clock, and on Ctrl-C for a last one."""

    def __init__(self, bar: Bar, minutes: float) -> None:
        self.bar, self.seconds = bar, minutes * 60
        self.saved = time.monotonic()
        self.stop = False
        self.losses: list[float] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Remember the losses before the checkpoint that the run goes on from."""
        self.losses = [row["loss"] for row in state.log_history if "loss" in row]

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Save when it's time, unless the run is about to end anyway."""
        if self.stop or (time.monotonic() - self.saved > self.seconds and state.global_step < state.max_steps):
            control.should_save = True
        if self.stop:
            control.should_training_stop = True

    def on_save(self, *_: Any, **__: Any) -> None:
        """Count the time to the next checkpoint from the end of this one."""
        self.saved = time.monotonic()

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Show the loss; raise CollapsedError where it has grown to half as much again as it was at the start."""
        if not logs or "loss" not in logs:
            return
        self.bar.step(note=f"loss {float(logs['loss']):.3f}")
        self.losses.append(float(logs["loss"]))
        first, last = self.losses[:WINDOW], self.losses[-WINDOW:]
        if len(self.losses) >= 2 * WINDOW and sum(last) > 1.5 * sum(first):
            raise CollapsedError("the loss grows", state.global_step)


class Evenly(TrainerCallback):
    """Does something after `times` steps that divide a run evenly; the last one is the end."""

    def __init__(self, times: int, steps: int, act: Callable[[int, Any], None]) -> None:
        """`act(step, control)` may raise, or set control.should_training_stop."""
        self.at = {round(steps * k / times) for k in range(1, times + 1)}
        self.act = act

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Act where it's due."""
        if state.global_step in self.at:
            self.act(state.global_step, control)


class Best:
    """The development score so far, and whether it still rises."""

    def __init__(
        self, score: Callable[[], float] | None, patience: int, enough: Callable[[int, float], bool] | None = None
    ) -> None:
        """`enough`, told the step and the score, may end the training."""
        self.score, self.patience, self.enough = score, patience, enough
        self.scores: list[dict[str, float]] = []

    def __call__(self, step: int, control: Any) -> None:
        """Take the score, where there is one to take; end training when the last `patience` scores brought nothing better."""
        if self.score is None:
            return
        self.scores.append({"step": step, "score": self.score()})
        values = [row["score"] for row in self.scores]
        say(f"  step {step}: development score {values[-1]:.3f}")
        if self.enough and self.enough(step, values[-1]):
            control.should_training_stop = True
        if (
            self.patience
            and len(values) > self.patience
            and max(values[-self.patience :]) <= max(values[: -self.patience])
        ):
            say(f"  no better score for {self.patience} in a row: stopped early")
            control.should_training_stop = True


@contextmanager
def interruptible(watch: Watch) -> Iterator[None]:
    """Let the first Ctrl-C ask `watch` to finish the step and save; the second one ends at once."""

    def ask(*_: Any) -> None:
        if watch.stop:
            raise KeyboardInterrupt
        watch.stop = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
