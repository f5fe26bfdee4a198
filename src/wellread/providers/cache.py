"""Every reply ever paid for, in one SQLite file, keyed by the full payload.

What is promised: a reply whose `put` has returned is on disk and is never asked for again, whatever is killed. A reply that
was under way or being written when the process died is asked for again: at most `concurrency` of each, so at most twice
`concurrency` requests are paid a second time for each kill. Errors are never put here.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from wellread.errors import DiskFullError, InputError
from wellread.files import sha256
from wellread.models.cache import cache_dir
from wellread.providers.records import Reply, Request

_TABLE = """
CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, asked TEXT NOT NULL, model TEXT NOT NULL, payload TEXT NOT NULL, text TEXT NOT NULL,
    finish TEXT NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, run TEXT NOT NULL,
    time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX IF NOT EXISTS by_asked ON replies (asked, model);
CREATE INDEX IF NOT EXISTS by_run ON replies (run);
"""
_REPLY = "text, finish, tokens_in, tokens_out"


class Row(NamedTuple):
    """A reply to keep. `run` is the run that paid for it."""

    payload: dict[str, Any]
    request: Request
    model: str
    reply: Reply
    run: str


def default_path() -> Path:
    """providers.sqlite in the user's cache folder."""
    return cache_dir() / "providers.sqlite"


def key(payload: dict[str, Any]) -> str:
    """SHA-256 (hex) of a payload, whatever the order of its fields."""
    return sha256(_json(payload).encode())


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True)


def _asked(request: Request) -> str:
    return sha256(_json(request.model_dump()).encode())


class Cache:
    """The open file. Several threads may use it; writes come one after another."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, made where it is missing unless `read_only`. Raises InputError where `path` isn't such a file."""
        self.path = path
        self._lock = threading.Lock()
        try:
            if read_only:
                self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
                self._db.execute("SELECT key FROM replies LIMIT 1")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, timeout=60, check_same_thread=False, isolation_level=None)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")  # a commit outlives a power cut, not only a crash
                self._db.executescript(_TABLE)
        except sqlite3.Error as error:
            raise InputError(
                f"{path} is not a cache of replies: {error}", "Move it away, or name another file."
            ) from None

    def get(self, payload: dict[str, Any]) -> Reply | None:
        """The reply to `payload`, or None."""
        with self._lock:
            row = self._db.execute(f"SELECT {_REPLY} FROM replies WHERE key = ?", (key(payload),)).fetchone()
        return _reply(row)

    def recorded(self, request: Request, model: str) -> Reply | None:
        """The reply of `model` to `request`, whichever endpoint gave it, or None."""
        with self._lock:
            found = self._db.execute(
                f"SELECT {_REPLY} FROM replies WHERE asked = ? AND model = ? ORDER BY time, key",
                (_asked(request), model),
            )
            return _reply(found.fetchone())

    def digest(self, model: str) -> str:
        """SHA-256 (hex) over what is recorded of `model`: every request with its first reply."""
        sql = "SELECT asked, text, MIN(time) FROM replies WHERE model = ? GROUP BY asked ORDER BY asked"
        with self._lock:
            return sha256(_json([row[:2] for row in self._db.execute(sql, (model,))]).encode())

    def models(self) -> list[str]:
        """The models that replies are recorded of."""
        with self._lock:
            return [row[0] for row in self._db.execute("SELECT DISTINCT model FROM replies ORDER BY model")]

    def put(self, rows: Iterable[Row]) -> None:
        """Keep `rows`, all in one transaction, on disk when this returns. Raises DiskFullError."""
        values = [
            (key(r.payload), _asked(r.request), r.model, _json(r.payload), r.reply.text, r.reply.finish, r.reply.tokens_in,
             r.reply.tokens_out, r.run)
            for r in rows
        ]  # fmt: skip
        sql = f"INSERT OR IGNORE INTO replies (key, asked, model, payload, {_REPLY}, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany(sql, values)
                self._db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if "full" in str(error):
                    raise DiskFullError(
                        f"{self.path}: the disk is full", "Make room, then give the same command again."
                    ) from None
                raise

    def spent(self, run: str) -> tuple[int, int]:
        """Tokens read and written in all replies that `run` paid for."""
        sums = "COALESCE(SUM(tokens_in), 0), COALESCE(SUM(tokens_out), 0)"
        with self._lock:
            row = self._db.execute(f"SELECT {sums} FROM replies WHERE run = ?", (run,)).fetchone()
        return int(row[0]), int(row[1])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _reply(row: tuple[Any, ...] | None) -> Reply | None:
    return Reply(text=row[0], finish=row[1], tokens_in=row[2], tokens_out=row[3]) if row else None
