"""The one way in which a run speaks: rich bars on a terminal, plain lines in a log, nothing under --json.

All of it goes to standard error; standard output is kept for results.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Mode = Literal["auto", "plain", "silent"]


class Bar(Protocol):
    """A task under way."""

    def step(self, n: int = 1, note: str = "") -> None:
        """`n` more are done; `note` is a short remark such as the loss."""


class _Silent:
    def step(self, n: int = 1, note: str = "") -> None:
        pass


class _Plain:
    """A line each ten seconds, so that a log stays readable."""

    every = 10.0

    def __init__(self, label: str, total: int, done: int) -> None:
        self.label, self.total, self.done, self.first = label, total, done, done
        self.start = self.last = time.monotonic()

    def step(self, n: int = 1, note: str = "") -> None:
        self.done += n
        now = time.monotonic()
        if now - self.last >= self.every and self.done < self.total:
            self.last = now
            left = (now - self.start) / max(1, self.done - self.first) * (self.total - self.done)
            say(f"  {self.label} {self.done}/{self.total} {note}  {left:.0f} s left")


class _Rich:
    def __init__(self, progress: Progress, label: str, total: int, done: int) -> None:
        self.progress = progress
        self.task = progress.add_task(label, total=total, completed=done, note="")

    def step(self, n: int = 1, note: str = "") -> None:
        self.progress.update(self.task, advance=n, note=note)


_mode: Mode = "auto"


def set_mode(mode: Mode) -> None:
    """Choose how progress shows: 'auto' looks whether standard error is a terminal."""
    global _mode
    _mode = mode


def mode() -> Mode:
    """How progress shows."""
    return _mode


@contextmanager
def hushed() -> Iterator[None]:
    """Nothing shows for a while: what is under way is told in another way."""
    before = _mode
    set_mode("silent")
    try:
        yield
    finally:
        set_mode(before)


def say(text: str) -> None:
    """One line for the user to read."""
    if _mode != "silent":
        print(text, file=sys.stderr, flush=True)


@contextmanager
def bar(label: str, total: int, done: int = 0) -> Iterator[Bar]:
    """Show how far a task of `total` parts has come; `done` parts were finished by an earlier run."""
    if _mode == "silent":
        yield _Silent()
    elif _mode == "auto" and sys.stderr.isatty():
        columns = (
            TextColumn("  {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
        )
        console = Console(stderr=True)
        with Progress(
            *columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True
        ) as progress:
            yield _Rich(progress, label, total, done)
    else:
        yield _Plain(label, total, done)
