"""Signs of life: a worker's trial beats, and a trial that beats no more goes back into the queue.

Optuna's own heartbeat works in databases alone, and compares the clocks of machines. Here a beat is a number that goes up,
and who watches it uses its own clock, so that every storage will do and no two clocks need agree.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from wellread.runs.progress import say

PATIENCE = 3
"""Beats that may be missed."""
ATTEMPTS = 3
"""A trial whose worker fell silent so often is not tried again; one that was stopped always is."""


@contextmanager
def beating(write: Callable[[int], object], seconds: float) -> Iterator[None]:
    """Call `write` with 0, 1, 2 ... every `seconds` while this lasts. A write that fails is made up for by the next."""
    done = threading.Event()

    def beat() -> None:
        count = 0
        while not done.wait(seconds):
            count += 1
            try:
                write(count)
            except Exception:  # the study itself will say what is wrong with the storage
                continue

    write(0)
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


class Watchman:
    """Remembers when each sign of life was last seen to change."""

    def __init__(self, seconds: float) -> None:
        """`seconds` between beats."""
        self.grace = PATIENCE * seconds
        self.seen: dict[int, tuple[Any, float]] = {}

    def silent(self, key: int, beat: Any) -> bool:
        """Whether `key` has shown the same `beat` for too long."""
        now = time.monotonic()
        last, since = self.seen.get(key, (object(), now))
        if beat != last:
            self.seen[key] = (beat, now)
            return False
        return now - since > self.grace


def retry(study: Any, trial: Any, reason: str, *, silent: bool) -> None:
    """Declare the running `trial` lost, and queue its settings again; one of several workers that try succeeds.

    `silent`: its worker gave no sign of life, which may be the trial's own doing, so it isn't tried for ever.
    """
    from optuna.exceptions import OptunaError
    from optuna.trial import TrialState

    attempt = int(trial.user_attrs.get("attempt", 1))
    silences = int(trial.user_attrs.get("silences", 0)) + silent
    last = silences >= ATTEMPTS
    try:  # what is noted after the end is refused by the storage
        note = ("error", f"{reason} {silences} times") if last else ("lost", reason)
        study._storage.set_trial_user_attr(trial._trial_id, *note)
        study.tell(trial.number, state=TrialState.FAIL)
    except (ValueError, OptunaError):  # it has ended meanwhile, or another worker was quicker
        return
    if last:
        say(f"trial {trial.number}: {reason} {silences} times; not tried again")
        return
    say(f"trial {trial.number}: {reason}; queued again")
    origin = trial.user_attrs.get("retry_of", trial.number)
    # A trial may be lost before all its values were drawn: what was queued for it counts then.
    given = trial.params or trial.system_attrs.get("fixed_params", {})
    study.enqueue_trial(given, user_attrs={"attempt": attempt + 1, "silences": silences, "retry_of": origin})


def doubled(trial: Any, others: Iterable[Any]) -> bool:
    """Whether an earlier trial is the same attempt at the same settings: two workers may have queued it at one moment."""
    mine = (trial.user_attrs.get("retry_of"), trial.user_attrs.get("attempt"))
    if mine[0] is None:
        return False
    earlier = (t.user_attrs for t in others if t.number < trial.number)
    return any((e.get("retry_of"), e.get("attempt")) == mine for e in earlier)
