"""Callbacks of the loop: the bar, checkpoints by the clock, Ctrl-C, divergence, collapse, and the development score."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from transformers import TrainerCallback

from wellread.runs.progress import Bar, say
from wellread.train.parallel import agreed

WINDOW = 20
"""Steps that a mean loss is taken over."""


class CollapsedError(Exception):
    """Training goes on for nothing: the loss is no longer a number or only grows, or the output is one word repeated."""

    def __init__(self, what: str, step: int) -> None:
        super().__init__(f"{what} at step {step}")
        self.step = step


class Watch(TrainerCallback):
    """Moves the bar, asks for checkpoints by the clock, and on Ctrl-C for a last one."""

    def __init__(self, bar: Bar, minutes: float, share: float = 1.0, turn: int = 0) -> None:
        """Checkpoints come after `minutes`, or more rarely: writing them may take `share` of the time.

        Losses before and after step `turn` aren't compared: they are of other things.
        """
        self.bar, self.seconds, self.share, self.turn = bar, minutes * 60, share, turn
        self.saved = self.begun = time.monotonic()
        self.took = 0.0  # to write the last one, in seconds
        self.asked = self.stop = False  # by Ctrl-C here; and in whichever process
        self.losses: list[float] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Remember the losses before the checkpoint that the run goes on from."""
        self.losses = [row["loss"] for row in state.log_history if "loss" in row]

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Save when it's time, unless the run is about to end anyway."""
        over = control.should_training_stop or state.global_step >= state.max_steps
        due = time.monotonic() - self.saved > max(self.seconds, self.took * (1 / self.share - 1))
        self.stop, due = agreed(self.asked and not over, due and not over)
        if self.stop or due:
            control.should_save = True
            self.begun = time.monotonic()
        if self.stop:
            control.should_training_stop = True

    def on_save(self, *_: Any, **__: Any) -> None:
        """Count the time to the next checkpoint from the end of this one."""
        self.saved = time.monotonic()
        self.took = self.saved - self.begun

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Show the loss; raise CollapsedError where it has grown by half, and by a nat, from what it was at the start."""
        if not logs or "loss" not in logs:
            return
        self.bar.step(note=f"loss {float(logs['loss']):.3f}")
        self.losses.append(float(logs["loss"]))
        since = self.losses[self.turn :] or self.losses
        first, last = sum(since[:WINDOW]), sum(since[-WINDOW:])
        if len(since) >= 2 * WINDOW and last > first + max(first / 2, WINDOW):
            raise CollapsedError("the loss grows", state.global_step)


class Evenly(TrainerCallback):
    """Does something after `times` steps that divide a run evenly; the last one is the end."""

    def __init__(self, times: int, steps: int, act: Callable[[Any, Any], None]) -> None:
        """`act(state, control)` may raise, or set control.should_training_stop."""
        self.at = {round(steps * k / times) for k in range(1, times + 1)}
        self.act = act

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Act where it's due."""
        if state.global_step in self.at:
            self.act(state, control)


class Best:
    """The development score so far, and whether it still rises. Scores are kept with the losses, in each checkpoint."""

    def __init__(
        self,
        score: Callable[[], float],
        patience: int,
        enough: Callable[[int, float], bool] | None = None,
        keep: Callable[[int, float], None] | None = None,
    ) -> None:
        """`enough` and `keep` are told step and score: the one may end the training, the other keep the weights."""
        self.score, self.patience, self.enough, self.keep = score, patience, enough, keep

    def __call__(self, state: Any, control: Any) -> None:
        """Take the score; end training when the last `patience` scores brought nothing better."""
        state.log_history.append({"step": state.global_step, "score": self.score()})
        values = [row["score"] for row in scores(state)]
        say(f"  step {state.global_step}: development score {values[-1]:.3f}")
        if self.keep:
            self.keep(state.global_step, values[-1])
        before, lately = values[: -self.patience], values[-self.patience :]
        tired = bool(self.patience and before and max(lately) <= max(before))
        enough = bool(self.enough and self.enough(state.global_step, values[-1]))
        tired, enough = agreed(tired, enough)
        if tired:
            say(f"  no better score for {self.patience} in a row: stopped early")
        if tired or enough:
            control.should_training_stop = True


def scores(state: Any) -> list[dict[str, float]]:
    """The development scores of a Trainer's state, {step, score} each, those before an interruption too."""
    return [row for row in state.log_history if "score" in row]


@contextmanager
def interruptible(watch: Watch) -> Iterator[None]:
    """Let the first Ctrl-C ask `watch` to finish the step and save; the second one ends at once."""

    def ask(*_: Any) -> None:
        if watch.asked:
            raise KeyboardInterrupt
        watch.asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
