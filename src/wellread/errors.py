"""What can go wrong by the user's hand, each with the fix in its message.

A `WellreadError` ends the program with one line and its exit code. Anything else is a bug and shows its traceback.
"""

import difflib
from collections.abc import Iterable


class WellreadError(Exception):
    """A mistake or a circumstance that the user can mend: what and where, then what to do."""

    exit_code = 2

    def __init__(self, what: str, fix: str = "") -> None:
        """`what` names the thing and the place; `fix` says what to do next."""
        super().__init__(f"{what.rstrip('.')}. {fix}".strip() if fix else what)
        self.what = what
        self.fix = fix


class InputError(WellreadError):
    """A file or a folder that can't be used: missing, empty, broken, of the wrong kind."""


class ConfigError(WellreadError):
    """A setting that is unknown or out of range."""


class UnknownNameError(ConfigError):
    """A name that no plug-in, model or setting answers to; the message lists those that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """`kind` is the word for the thing ('view', 'model'); `known` are the names that would do."""
        names = sorted(known)
        super().__init__(f"unknown {kind} {name!r}", suggest(name, names))


class ModelError(WellreadError):
    """A model that can't be had, or can't do what is asked of it."""


class RunConflictError(WellreadError):
    """The output folder belongs to another run, or another process is at work in it."""


class DiskFullError(WellreadError):
    """No room for what would be written; nothing finished is lost."""


class StoppedError(WellreadError):
    """The user stopped the run; the same command continues it."""

    exit_code = 130


def suggest(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest to `name`, and list them all."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known: {', '.join(names)}"
