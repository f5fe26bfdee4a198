"""Which passages speak of something: BM25 over a full-text index (SQLite's FTS5), built when it is first asked."""

import json
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from wellread.corpus.ingested import Corpus
from wellread.errors import ConfigError
from wellread.runs.progress import say

INDEX = "search.sqlite"
_SNIPPET = 32  # words


class Hit(NamedTuple):
    """A passage that was found; a higher score is a better match."""

    score: float
    paper: str
    title: str
    section: str
    snippet: str
    passage: str
    licence: str | None


def search(corpus: Corpus, query: str, most: int) -> list[Hit]:
    """The best `most` passages for the words of `query`, best first; of each paper only its best.

    Raises ConfigError for a query without words.
    """
    words = re.findall(r"\w+", query)
    if not words:
        raise ConfigError(f"query {query!r} has no words", "Name what to look for.")
    with closing(sqlite3.connect(_index(corpus))) as db:
        found = db.execute(
            f"SELECT -bm25(passages, 4.0, 1.0), about, snippet(passages, 1, '', '', '...', {_SNIPPET}) FROM passages "
            "WHERE passages MATCH ? ORDER BY bm25(passages, 4.0, 1.0) LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), most * 20),
        )
        hits: dict[str, Hit] = {}
        for score, about, snippet in found:
            paper, title, section, passage, licence = json.loads(about)
            if paper not in hits and len(hits) < most:
                hits[paper] = Hit(round(score, 3), paper, title, section, " ".join(snippet.split()), passage, licence)
        return list(hits.values())


def _index(corpus: Corpus) -> Path:
    """The index's file, made anew where the corpus has changed since, or where it is damaged."""
    path = corpus.path / INDEX
    if path.is_file():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] == _mark(corpus):
                return path
    say(f"building the index of {corpus.stats['passages']:,} passages, once")
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as db:
        db.execute("PRAGMA journal_mode=OFF")
        db.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(title, text, about UNINDEXED, tokenize='porter unicode61')"
        )
        rows = (
            (p.title, p.text, json.dumps([p.paper, p.title, p.section, p.id, p.licence])) for p in corpus.passages()
        )
        db.executemany("INSERT INTO passages VALUES (?, ?, ?)", rows)
        db.execute(f"PRAGMA user_version = {_mark(corpus)}")
        db.commit()
    half.replace(path)
    return path


def _mark(corpus: Corpus) -> int:
    """The corpus's fingerprint, as far as a user_version holds it."""
    return int(corpus.made.fingerprint[:7], 16)
