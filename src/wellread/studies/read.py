"""A study out of a store. Files are read from a copy, which Optuna upgrades where it is of an older schema."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from wellread.errors import InputError, suggest
from wellread.files import existing
from wellread.studies import convert
from wellread.studies.quiet import quiet
from wellread.studies.study import Study

SQLITE = b"SQLite format 3\x00"
TABLES = {"studies", "trials", "version_info", "alembic_version"}
EXTRA = "pip install 'wellread[search]'"


def is_store(name: str) -> bool:
    """Whether `name` is an address of a database, or a file that Optuna keeps studies in."""
    if name.startswith("journal:") or "://" in name:
        return True
    path = Path(name).expanduser()
    return path.is_file() and (_is_sqlite(path) or _is_journal(path) or path.suffix in (".db", ".sqlite", ".sqlite3"))


def read(store: str, name: str | None = None) -> Study:
    """The study `name` of `store`: a SQLite file, `journal:FILE` or *.log, or postgresql://...

    Without a name the store must hold exactly one study. Nothing is written to the store. Raises InputError for a store
    that can't be read or is from a newer Optuna, for no study, an unknown one, or several to choose from.
    """
    _need_optuna()
    with quiet(), tempfile.TemporaryDirectory(prefix="wellread-study-") as folder:
        storage: Any = None
        shown = _without_password(store)
        try:
            storage = _opened(store, Path(folder))
            found = storage.get_all_studies()
            chosen = _chosen({s.study_name: s for s in found}, name, shown)
            trials = storage.get_all_trials(chosen._study_id, deepcopy=False)
            return convert.study(shown, chosen, trials)
        except (InputError, MemoryError):
            raise
        except Exception as e:  # whatever a damaged file makes of Optuna
            raise InputError(f"{shown}: not to be read as an Optuna store: {_one(e)}", "Is the file whole?") from e
        finally:
            with suppress(AttributeError):
                storage.engine.dispose()


def _need_optuna() -> None:
    try:
        import optuna  # noqa: F401
    except ImportError:
        raise InputError("reading a search needs Optuna, which isn't installed", f"Install it: {EXTRA}") from None


def _chosen(studies: dict[str, Any], name: str | None, store: str) -> Any:
    if not studies:
        raise InputError(f"{store} holds no study", "Give the store that the search was run with.")
    if name is None:
        if len(studies) > 1:
            raise InputError(f"{store} holds {len(studies)} studies", f"Choose with --study: {_some(studies)}")
        return next(iter(studies.values()))
    if name not in studies:
        raise InputError(f"{store} holds no study named {name!r}", suggest(name, studies))
    return studies[name]


def _some(names: dict[str, Any]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:30]) + (f" and {len(shown) - 30} more" if len(shown) > 30 else "")


def _opened(store: str, folder: Path) -> Any:
    """An Optuna storage over `store`, or over a copy of it in `folder`."""
    if store.startswith("sqlite:///"):
        store = store.removeprefix("sqlite:///")
    if "://" in store:
        return _database(store)
    path = existing(store.removeprefix("journal:"))
    if path.is_dir():
        raise InputError(f"{path} is a folder", "Give the file of the search's store.")
    if path.stat().st_size == 0:
        raise InputError(f"{path} is empty (0 bytes)", "Give the file of the search's store.")
    if _is_sqlite(path):
        return _sqlite(path, folder / "copy.db")
    if _is_journal(path):
        return _journal(path, folder / "copy.log")
    raise InputError(f"{path} is neither an SQLite file nor an Optuna journal", "Give the store of a search.")


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(100_000)
    except OSError as e:
        raise InputError(f"{path} can't be read: {e.strerror}", "Give a file that you may read.") from e


def _is_sqlite(path: Path) -> bool:
    return _first_line(path).startswith(SQLITE)


def _is_journal(path: Path) -> bool:
    try:
        row = json.loads(_first_line(path))
    except ValueError:
        return False
    return isinstance(row, dict) and "op_code" in row


def _sqlite(path: Path, copy: Path) -> Any:
    """A copy of `path`, consistent even while workers write, upgraded to the schema of the Optuna installed here."""
    import sqlite3

    import sqlalchemy
    from optuna.storages import RDBStorage

    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with sqlite3.connect(address, uri=True) as live, sqlite3.connect(copy) as ours:
            live.backup(ours)
            tables = {row[0] for row in ours.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= TABLES:
                raise InputError(f"{path}: an SQLite file, but not one of Optuna's", "Give the store of a search.")
            versions = [row[0] for row in ours.execute("SELECT version_num FROM alembic_version")]
        live.close()
        ours.close()
    except sqlite3.Error as e:
        raise InputError(f"{path}: the SQLite file is damaged: {_one(e)}", "Give a whole copy of it.") from e
    try:
        storage = RDBStorage(f"sqlite:///{copy}", skip_compatibility_check=True)
        if versions[0] not in storage.get_all_versions():
            raise _newer(str(path))
        if versions[0] != storage.get_head_version():
            storage.upgrade()
        with sqlite3.connect(copy) as ours:  # SQLite keeps NaN as NULL, on which Optuna would break off
            ours.execute("DELETE FROM trial_values WHERE value IS NULL AND value_type = 'FINITE'")
        ours.close()
    except (sqlalchemy.exc.SQLAlchemyError, AssertionError) as e:
        raise InputError(f"{path}: the store can't be upgraded: {_one(e)}", "Is the file whole?") from e
    return storage


def _newer(store: str) -> InputError:
    import optuna

    what = f"{store}: written by a newer Optuna than the one installed here ({optuna.__version__})"
    return InputError(what, "Update it: pip install -U optuna")


def _journal(path: Path, copy: Path) -> Any:
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    raw = path.read_bytes()
    copy.write_bytes(raw[: raw.rfind(b"\n") + 1])  # a line that is being written at this moment is not ours to read
    try:
        return JournalStorage(JournalFileBackend(str(copy)))
    except Exception as e:  # what stands in a broken line decides what is raised
        raise InputError(f"{path}: not to be read as an Optuna journal: {_one(e)}", "Is the file whole?") from e


def _database(url: str) -> Any:
    """A storage on a database server, in read-only transactions, its tables neither made nor changed."""
    import sqlalchemy
    from optuna.storages import RDBStorage

    shown = _without_password(url)
    plain = url.replace("postgres://", "postgresql://", 1)
    plain = plain.replace("postgresql://", "postgresql+pg8000://", 1)
    kwargs = {"execution_options": {"postgresql_readonly": True}} if plain.startswith("postgresql") else {}
    try:
        with sqlalchemy.create_engine(plain, **kwargs).connect() as connection:
            tables = set(sqlalchemy.inspect(connection).get_table_names())
            if not tables >= TABLES:
                raise InputError(f"{shown} holds no study", "Give the database that the search was run with.")
            versions = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalars().all()
    except ImportError as e:
        raise InputError(f"{shown}: no driver for this kind of database", f"Install it: {EXTRA}") from e
    except sqlalchemy.exc.ArgumentError as e:
        raise InputError(f"{shown} is no address of a database", "Such as postgresql://USER@HOST/DATABASE") from e
    except (sqlalchemy.exc.SQLAlchemyError, OSError) as e:
        fix = "Check host, port, database, user and password, and that the server runs."
        raise InputError(f"{shown} can't be reached: {_one(e)}", fix) from e
    storage = RDBStorage(plain, engine_kwargs=kwargs, skip_table_creation=True, skip_compatibility_check=True)
    if versions[0] not in storage.get_all_versions():
        raise _newer(shown)
    if versions[0] != storage.get_head_version():
        raise InputError(f"{shown}: an older schema", f"Upgrade it: optuna storage upgrade --storage {shown}")
    return storage


def _without_password(store: str) -> str:
    if "://" not in store:
        return store
    scheme, rest = store.split("://", 1)
    login, at, host = rest.rpartition("@")
    return f"{scheme}://{login.split(':', 1)[0]}{at}{host}"


def _one(error: Exception) -> str:
    return " ".join(str(error).split("\n", 1)[0].split())[:200] or type(error).__name__
