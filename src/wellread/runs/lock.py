"""One process at a time in a folder. The kernel drops the lock when the process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wellread.errors import RunConflictError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process. Raises RunConflictError where another one holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+") as f:
        try:
            fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            f.seek(0)
            who = f.read().strip() or "?"
            raise RunConflictError(
                f"{folder} is in use by another wellread process (pid {who})", "Wait for it or stop it."
            ) from None
        f.truncate(0)
        f.write(str(os.getpid()))
        f.flush()
        yield


@contextmanager
def waiting_for(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process, waiting for as long as another one holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        yield
