"""Where a study is kept: a SQLite file, a PostgreSQL database, or a journal on a shared disk."""

import logging
import re
import warnings
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError, InputError, WellreadError
from wellread.files import existing
from wellread.runs.files import disk_full_is_said

INSTALL = "pip install 'wellread[search]'"
WAIT = 120
"""Seconds that a writer of a SQLite file waits for another one."""


def library() -> Any:
    """Optuna, told to be quiet. Raises ConfigError with the line that installs it."""
    try:
        import optuna
    except ModuleNotFoundError:
        raise ConfigError("searches need Optuna, which is not installed", INSTALL) from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    warnings.filterwarnings("ignore", module="optuna")
    return optuna


def open_storage(where: str, *, make: bool = True) -> Any:
    """Optuna's storage for `where`: PATH, sqlite:///PATH, postgresql://..., journal:PATH, or a PATH that ends in .log.

    A file that isn't there is made, with its folder, unless `make` is off. Raises InputError where it can't be reached or read, or is of a newer Optuna.
    """
    optuna = library()
    journal = (
        where.removeprefix("journal:") if where.startswith("journal:") else where if where.endswith(".log") else None
    )
    if not make and ("://" not in where or where.startswith("sqlite:///")):
        existing(where.removeprefix("sqlite:///").removeprefix("journal:"))
    if journal is not None:
        return _journal(optuna, Path(journal).expanduser())
    if "://" not in where:
        where = f"sqlite:///{Path(where).expanduser()}"
    if where.startswith("sqlite:///"):
        path = Path(where.removeprefix("sqlite:///"))
        _folder_of(path)
        if path.is_dir():
            raise InputError(f"storage {path} is a folder", "Name a file in it, such as search.db.")
    try:
        with disk_full_is_said(Path()):
            kept = optuna.storages.RDBStorage(driven(where), engine_kwargs=_patience(where))
    except WellreadError:
        raise
    except Exception as e:
        raise _said(where, e) from e
    if kept.engine.dialect.name == "sqlite":
        _take_turns(kept.engine)
    return kept


def _take_turns(engine: Any) -> None:
    """Let whoever looks into a SQLite file and then writes keep it for himself in between.

    SQLite has no lock on rows: two workers could otherwise both see a queued trial, and both begin it.
    """
    from sqlalchemy import event

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def driven(url: str) -> str:
    """The address with the driver that wellread installs: pg8000 for PostgreSQL."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return f"postgresql+pg8000://{url.removeprefix(scheme)}"
    return url


def shown(where: str) -> str:
    """`where` without a password, whether or not it is a good address."""
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", where)


def _patience(url: str) -> dict[str, Any]:
    return (
        {"connect_args": {"timeout": WAIT, "isolation_level": None}}
        if url.startswith("sqlite")
        else {"pool_pre_ping": True}
    )


def _folder_of(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise InputError(f"storage {path}: its folder can't be made: {e.strerror}", "Name another --storage.") from e


def _journal(optuna: Any, path: Path) -> Any:
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

    _folder_of(path)
    try:
        # A lock by opening a file holds on network disks where links don't.
        return optuna.storages.JournalStorage(JournalFileBackend(str(path), lock_obj=JournalFileOpenLock(str(path))))
    except (OSError, ValueError, KeyError) as e:
        raise InputError(f"storage {path} can't be read as a journal: {e}", "Name another --storage.") from e


def _said(where: str, error: Exception) -> WellreadError:
    """What a database's complaint means."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    if isinstance(error, ArgumentError | NoSuchModuleError):
        return ConfigError(
            f"storage {shown(where)!r} is no address", "Write a PATH, postgresql://USER@HOST/NAME, or journal:PATH."
        )
    if isinstance(error, ModuleNotFoundError | ImportError):
        return ConfigError(f"storage {shown(where)}: its driver is not installed ({error})", INSTALL)
    first = str(getattr(error, "orig", error)).strip().splitlines()[0][:160]
    if isinstance(error, RuntimeError) and "version" in str(error):
        if "storage upgrade" in str(error):
            fix = f"Upgrade it: optuna storage upgrade --storage {shown(where)}. To look at it only: wellread report."
            return InputError(f"storage {shown(where)} was written by an older Optuna", fix)
        return InputError(f"storage {shown(where)} was written by a newer Optuna", "pip install --upgrade optuna")
    if where.startswith("sqlite"):
        return InputError(f"storage {shown(where)} can't be used: {first}", "Name a new file, or a study's.")
    fix = "Check that the server runs and takes connections from here, and the user, password and database's name."
    return InputError(f"storage {shown(where)} can't be reached: {first}", fix)
