"""One process at a time in a folder. The kernel drops the lock when the process dies, however it dies."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wellread.errors import InputError, RunConflictError
from wellread.runs.progress import say


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process, making it where it is missing.

    Raises RunConflictError where another process holds it, InputError where it can't be made or written to.
    """
    with _file(folder) as f:
        if not _taken(f):
            raise RunConflictError(
                f"{folder} is in use by another wellread process ({_who(f)})", "Wait for it or stop it."
            )
        yield


@contextmanager
def waiting_for(folder: Path) -> Iterator[None]:
    """As `locked`, but wait for as long as another process holds it."""
    with _file(folder) as f:
        if not _taken(f):
            say(f"{folder}: waiting for another wellread process ({_who(f)}), which is at work there")
            fcntl.flock(f, fcntl.LOCK_EX)
        yield


def _file(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / ".lock").open("a+")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise InputError(f"{folder} can't be written to: {error.strerror}", "Choose another place.") from error


def _taken(f: IO[str]) -> bool:
    """Take the lock, and note who has it; False where another process does."""
    try:
        fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    f.truncate(0)
    f.write(str(os.getpid()))
    f.flush()
    return True


def _who(f: IO[str]) -> str:
    f.seek(0)
    return f"pid {f.read().strip() or '?'}"
