"""What has been read so far, in an SQLite file in the corpus folder. A killed run loses at most the last second.

A file that has the size and the time of its last reading isn't read again. Papers of one file go together: when the file
changes or vanishes, so do they.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wellread.corpus.ingest.job import Read
from wellread.corpus.ingest.walk import Found
from wellread.errors import InputError

NAME = "ledger.sqlite"
_EVERY = 1.0  # seconds between commits
_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER);
CREATE TABLE IF NOT EXISTS files (number INTEGER PRIMARY KEY, path TEXT UNIQUE, source TEXT, size INTEGER, mtime INTEGER,
    seen INTEGER, done INTEGER);
CREATE TABLE IF NOT EXISTS papers (number INTEGER PRIMARY KEY, key TEXT UNIQUE, file INTEGER, source TEXT, place TEXT,
    late INTEGER, id TEXT, sha256 TEXT, doi TEXT, draw TEXT, part TEXT, reason TEXT, detail TEXT, fault INTEGER,
    clash TEXT, clash_detail TEXT, clash_fault INTEGER, paper TEXT, counts TEXT, minhash BLOB);
CREATE TABLE IF NOT EXISTS texts (number INTEGER PRIMARY KEY, passages BLOB, asides BLOB, boilerplate BLOB);
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, part TEXT);
CREATE INDEX IF NOT EXISTS by_file ON papers (file);
CREATE INDEX IF NOT EXISTS in_order ON papers (late, place, key);
CREATE INDEX IF NOT EXISTS drawn ON papers (draw);
"""
_PAPER = ("key", "file", "source", "place", "late", "id", "sha256", "doi", "draw", "part", "reason", "detail", "fault", "paper",
          "counts", "minhash")  # fmt: skip
_ADD = (
    f"INSERT INTO papers ({', '.join(_PAPER)}) VALUES ({', '.join('?' * len(_PAPER))}) "
    f"ON CONFLICT (key) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _PAPER)} RETURNING number"
)
ORDER = "ORDER BY late, place, key"


class Seen(NamedTuple):
    """What the ledger knows of a file."""

    number: int
    news: bool
    """Whether there is something to read in it."""
    changed: bool
    """Whether it had been read before and is another now."""


class Ledger:
    """Opened for one run."""

    def __init__(self, folder: Path) -> None:
        """Open or create the ledger in `folder`; a new run begins. Raises InputError where it is damaged."""
        self.db = sqlite3.connect(folder / NAME, isolation_level=None)
        try:
            self.db.execute("PRAGMA journal_mode=WAL")
        except sqlite3.DatabaseError as error:
            fix = f"Delete the folder {folder} and give the same command again."
            raise InputError(f"{folder / NAME} is damaged: {error}", fix) from error
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(_SCHEMA)
        self.db.execute("BEGIN")
        self.run = self.state("run") + 1
        self.note("run", self.run)
        self.last = time.monotonic()

    def close(self) -> None:
        """Keep everything and close the file."""
        self.commit()
        self.db.close()

    def commit(self) -> None:
        """Make everything so far safe from a kill."""
        if self.db.in_transaction:
            self.db.execute("COMMIT")
        self.db.execute("BEGIN")
        self.last = time.monotonic()

    def state(self, name: str) -> int:
        """A number that was noted, or 0."""
        row = self.db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def note(self, name: str, value: int) -> None:
        """Keep a number."""
        self.db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def see(self, found: Found) -> Seen:
        """Note that `found` is there. What was known of an older state of it is forgotten."""
        query = "SELECT number, size, mtime, seen, done FROM files WHERE path = ?"
        row = self.db.execute(query, (found.path,)).fetchone()
        if row is None:
            first = (found.path, found.source, found.size, found.mtime, self.run)
            new = self.db.execute(
                "INSERT INTO files (path, source, size, mtime, seen, done) VALUES (?, ?, ?, ?, ?, 0)", first
            )
            return Seen(int(new.lastrowid or 0), True, False)
        number, size, mtime, seen, done = row
        if seen == self.run:  # named twice, or within a folder that is named too
            return Seen(number, False, False)
        if (size, mtime) == (found.size, found.mtime):
            self.db.execute("UPDATE files SET seen = ? WHERE number = ?", (self.run, number))
            return Seen(number, not done, False)
        # A paper that changes stays in its part; in a dump it can change its place, which its DOI doesn't.
        remember = "INSERT OR REPLACE INTO parts SELECT coalesce(doi, key), part FROM papers WHERE file = ? AND part IS NOT NULL"
        self.db.execute(remember, (number,))
        self._forget_papers(number)
        values = (found.size, found.mtime, self.run, number)
        self.db.execute("UPDATE files SET size = ?, mtime = ?, seen = ?, done = 0 WHERE number = ?", values)
        return Seen(number, True, True)

    def _forget_papers(self, file: int) -> None:
        self.db.execute("DELETE FROM texts WHERE number IN (SELECT number FROM papers WHERE file = ?)", (file,))
        self.db.execute("DELETE FROM papers WHERE file = ?", (file,))
        self.note("changed", 1)

    def keys(self, file: int) -> set[str]:
        """The papers of an unfinished file that were read before the run was stopped."""
        return {key for (key,) in self.db.execute("SELECT key FROM papers WHERE file = ?", (file,))}

    def add(self, read: Read, draw: str | None) -> None:
        """Keep what became of a job."""
        job, paper, refusal = read.job, read.paper or {}, read.refusal
        name = paper.get("doi") or job.key
        kept = self.db.execute("SELECT part FROM parts WHERE name = ?", (name,)).fetchone() if not refusal else None
        values = (
            job.key, job.file, job.source, job.place, read.late, paper.get("id"), paper.get("sha256"), paper.get("doi"),
            draw, kept and kept[0], *(refusal or (None, None, None)), json.dumps(paper, ensure_ascii=False),
            json.dumps(read.counts or {}, ensure_ascii=False), read.minhash,
        )  # fmt: skip
        (number,) = self.db.execute(_ADD, values).fetchone()
        texts = (number, read.passages, read.asides, read.boilerplate)
        self.db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)", texts)
        self.note("changed", 1)
        if time.monotonic() - self.last > _EVERY:
            self.commit()

    def done(self, file: int) -> None:
        """Note that everything in a file has been read."""
        self.db.execute("UPDATE files SET done = 1 WHERE number = ?", (file,))

    def forget_gone(self, roots: list[Path]) -> int:
        """Forget the files under `roots` that aren't there any more, and return how many they were."""
        tops = [str(root.resolve()) for root in roots]
        gone = [
            number
            for number, path in self.db.execute("SELECT number, path FROM files WHERE seen < ?", (self.run,))
            if any(path == top or path.startswith(f"{top.rstrip('/')}/") for top in tops)
        ]
        for number in gone:
            self._forget_papers(number)
            self.db.execute("DELETE FROM files WHERE number = ?", (number,))
        return len(gone)

    def rows(self, columns: str, where: str, order: str = ORDER) -> Iterator[tuple[Any, ...]]:
        """The `columns` of the papers that `where` chooses."""
        yield from self.db.execute(f"SELECT {columns} FROM papers WHERE {where} {order}")

    def update(self, assignment: str, values: Iterable[tuple[Any, ...]]) -> None:
        """Set columns of papers: `assignment` such as 'part = ?'; the last of each of `values` is the paper's number."""
        self.db.executemany(f"UPDATE papers SET {assignment} WHERE number = ?", values)

    def forget_clashes(self) -> None:
        """Every paper that was read may be kept again."""
        self.db.execute(
            "UPDATE papers SET clash = NULL, clash_detail = NULL, clash_fault = NULL WHERE clash IS NOT NULL"
        )

    def texts(self, number: int) -> tuple[bytes, bytes, bytes]:
        """Passages, asides and boilerplate of a paper, compressed."""
        found: tuple[bytes, bytes, bytes] = self.db.execute(
            "SELECT passages, asides, boilerplate FROM texts WHERE number = ?", (number,)
        ).fetchone()
        return found
