"""A worker: takes trial after trial from the study until enough have ended, whoever ended them."""

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wellread.errors import DiskFullError, StoppedError, WellreadError
from wellread.runs.progress import say
from wellread.search.beat import Watchman, beating, doubled, retry
from wellread.search.outcome import Outcome
from wellread.search.ranges import Infeasible
from wellread.search.space import Settings
from wellread.search.study import Wanted, counts, sampler, values
from wellread.search.terminal import line

FIRST_ERRORS = 3
"""When a worker's first so many trials all fail, something is wrong with the recipe."""
INFEASIBLE = 200
"""Points in a row that stand for nothing, after which the space is held to be empty."""


class Pruned(Exception):  # noqa: N818 - not an error: the trial has shown enough
    """The pruner ended the trial."""


Enough = Callable[[int, float], bool]
"""Told hundredths of the training done and the development score, says whether that's enough."""
Attempt = Callable[[Settings, int, Enough | None], tuple[Outcome | None, dict[str, Any]]]
"""Teach and examine by these settings, for trial so-and-so: what came of it (None: pruned), and attributes to keep."""


@dataclass
class Worker:
    """One process at work on a study."""

    study: Any
    wanted: Wanted
    attempt: Attempt
    target: int
    index: int = 0
    errors: list[WellreadError] = field(default_factory=list)
    done: int = 0
    begun: int = 0
    """Trials in the study when it was last looked at."""
    watchman: Watchman = field(init=False)

    def __post_init__(self) -> None:
        """Begin to watch the others."""
        self.watchman = Watchman(self.wanted.config.heartbeat)
        self.name = f"{socket.gethostname()}:{os.getpid()}"

    def work(self) -> None:
        """Do trials until `target` have ended in the study. Raises StoppedError on Ctrl-C; the trial goes back."""
        infeasible = 0
        while self._more():
            trial = self._ask()
            others = [t for t in self.study.get_trials(deepcopy=False) if t.number != trial.number]
            try:
                settings = self.wanted.space.suggest(trial)
            except Infeasible as e:
                infeasible += 1
                self._void(trial, f"no trial: {e}")
                if infeasible == INFEASIBLE:
                    raise WellreadError(
                        f"{INFEASIBLE} draws in a row stand for nothing ({e})", "Widen the space."
                    ) from None
                continue
            infeasible = 0
            if self._surplus(trial, others) or doubled(trial, others):
                self._void(trial, "no trial: enough are under way")
            elif not self._copied(trial, others):
                self._try(trial, settings)

    def _more(self) -> bool:
        """Wait until there is a trial to begin, then True; False when enough have ended."""
        while True:
            trials = self.study.get_trials(deepcopy=False)
            for trial in trials:
                if trial.state.name == "RUNNING" and self.watchman.silent(trial.number, trial.user_attrs.get("beat")):
                    retry(self.study, trial, "its worker fell silent", silent=True)
            self.begun = len(trials)
            ended = sum(counts(t) for t in trials)
            if ended >= self.target:
                return False
            if ended + sum(t.state.name == "RUNNING" for t in trials) < self.target:
                return True
            time.sleep(min(1.0, self.wanted.config.heartbeat))  # others are at the last trials; one may be lost yet

    def _ask(self) -> Any:
        self.study.sampler = sampler(self.wanted.config, [self.index, self.begun])
        trial = self.study.ask()
        # Workers that ask at the same moment have seen the same study; a trial's number is its own.
        self.study.sampler = sampler(self.wanted.config, [trial.number])
        return trial

    def _void(self, trial: Any, why: str) -> None:
        """End a trial that counts for nothing."""
        trial.set_user_attr("void", why)
        self.study.tell(trial, state=_state("FAIL"))

    def _surplus(self, trial: Any, others: list[Any]) -> bool:
        """Whether others began the last trials at the same moment."""
        before = [t for t in others if t.number < trial.number]
        taken = sum(counts(t) or (t.state.name == "RUNNING" and "void" not in t.user_attrs) for t in before)
        return bool(taken >= self.target)

    def _copied(self, trial: Any, others: list[Any]) -> bool:
        """Whether the same settings were tried before; their values are taken over then."""
        params = trial.params
        earlier = next((t for t in others if t.state.name == "COMPLETE" and t.params == params), None)
        if earlier is None:
            return False
        for key, value in earlier.user_attrs.items():
            if key not in ("beat", "attempt", "silences", "retry_of", "warm", "copy_of"):
                trial.set_user_attr(key, value)
        trial.set_user_attr("copy_of", earlier.user_attrs.get("copy_of", earlier.number))
        self.study.tell(trial, earlier.values)
        say(f"trial {trial.number}: the settings of trial {earlier.number}; not run again, its values are taken over")
        return True

    def _try(self, trial: Any, settings: Settings) -> None:
        start = time.monotonic()
        probing = None if self.wanted.config.pruner == "none" else _Probe(trial)
        with beating(lambda n: trial.set_user_attr("beat", n), self.wanted.config.heartbeat):
            trial.set_user_attr("worker", self.name)
            try:
                outcome, attributes = self.attempt(settings, trial.number, probing)
            except (StoppedError, DiskFullError, KeyboardInterrupt) as e:
                retry(self.study, self._frozen(trial), "stopped", silent=False)
                if isinstance(e, DiskFullError):
                    raise
                raise StoppedError(
                    "stopped; the trial under way goes back into the queue", "The same command goes on."
                ) from e
            except WellreadError as e:
                self._failed(trial, e)
                return
            except BaseException as e:
                self._fail(trial, f"{type(e).__name__}: {e}")
                raise
        self.errors.clear()
        self._end(trial, settings, outcome, attributes, time.monotonic() - start)

    def _frozen(self, trial: Any) -> Any:
        return next(t for t in self.study.get_trials(deepcopy=False) if t.number == trial.number)

    def _failed(self, trial: Any, error: WellreadError) -> None:
        """A trial that can't be: recorded, not repeated. Raises `error` where the first few all failed."""
        self._fail(trial, str(error))
        say(f"trial {trial.number}: {error}")
        self.errors.append(error)
        if self.done == 0 and len(self.errors) >= min(FIRST_ERRORS, self.target):
            raise error

    def _fail(self, trial: Any, why: str) -> None:
        self._tell(trial, {"error": why}, None, "FAIL")

    def _end(
        self, trial: Any, settings: Settings, outcome: Outcome | None, attributes: dict[str, Any], seconds: float
    ) -> None:
        if outcome is None:
            self._tell(trial, {**attributes, "error": None}, None, "PRUNED")
            say(f"trial {trial.number}: pruned after {seconds:.0f} s")
            self.done += 1
            return
        attributes = {**attributes, **outcome.attributes(), "error": None}
        worth = values(self.wanted.config, outcome)
        if None in worth:
            name = self.wanted.config.objectives[worth.index(None)]
            self._tell(trial, {**attributes, "error": f"{name}: nothing could be scored"}, None, "FAIL")
            say(f"trial {trial.number}: {name} could not be scored")
            return
        self.done += 1
        if self._tell(trial, attributes, [float(v or 0) for v in worth], "COMPLETE"):
            say(line(self.study, self.wanted, self.target, trial.number, settings, outcome))

    def _tell(self, trial: Any, attributes: dict[str, Any], worth: list[float] | None, state: str) -> bool:
        """End the trial; False where another worker gave it up meanwhile and its result comes too late."""
        from optuna.exceptions import UpdateFinishedTrialError

        try:
            for key, value in attributes.items():
                trial.set_user_attr(key, value)
            self.study.tell(trial, worth, state=_state(state))
        except (UpdateFinishedTrialError, ValueError):
            if self._frozen(trial).state.name == "RUNNING":
                raise
            say(f"trial {trial.number}: given up by another worker meanwhile; this result isn't used")
            return False
        return True


class _Probe:
    """Reports development scores to the study, and asks its pruner."""

    def __init__(self, trial: Any) -> None:
        self.trial = trial

    def __call__(self, hundredths: int, score: float) -> bool:
        """Whether the trial has shown enough."""
        self.trial.report(score, hundredths)
        return bool(self.trial.should_prune())


def _state(name: str) -> Any:
    from optuna.trial import TrialState

    return TrialState[name]
