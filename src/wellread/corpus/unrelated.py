"""Texts about other things, to be trained on beside the papers: what a reader meets on the way to what he is to learn."""

import random
from collections.abc import Iterator
from pathlib import Path

from wellread.corpus.config import CorpusConfig
from wellread.corpus.find import find
from wellread.errors import InputError
from wellread.files import existing, read_bytes, sha256
from wellread.records import UNRELATED, Passage
from wellread.runs.jsonl import read_rows

LEAST_WORDS = 10
"""A shorter paragraph is a heading or a caption, no text."""


def paragraphs(config: CorpusConfig) -> list[Passage]:
    """The first `config.unrelated_texts` paragraphs of `config.unrelated`, mixed once and for all; all where not given.

    So the texts of a small number are among those of a larger one. A file of JSON lines holds a {"text"} a line. Raises
    InputError where there are too few.
    """
    found = [
        Passage(
            id=f"{UNRELATED}/{n}", paper=UNRELATED, telling=UNRELATED, title="", text=text, source=source,
            sha256=sha256(text.encode()),
        )
        for n, (text, source) in enumerate(_texts(config), 1)
    ]  # fmt: skip
    wanted = len(found) if config.unrelated_texts is None else config.unrelated_texts
    if wanted > len(found):
        what = f"corpus.unrelated_texts: {wanted} are wanted, and corpus.unrelated holds {len(found)}"
        raise InputError(what, f"Name more files; a paragraph of {LEAST_WORDS} words and more is a text.")
    random.Random(0).shuffle(found)
    return found[:wanted]


def _texts(config: CorpusConfig) -> Iterator[tuple[str, str]]:
    """Each text with the file it is from."""
    rows = [name for name in config.unrelated if name.endswith((".jsonl", ".jsonl.zst"))]
    for name in rows:
        try:
            for row in read_rows(existing(Path(name))):
                yield str(row["text"]), name
        except (ValueError, KeyError, TypeError) as e:
            raise InputError(f"{name}: not JSON lines of texts ({e!r})", 'A row is {"text": "..."}.') from None
    others = tuple(name for name in config.unrelated if name not in rows)
    for files in find(config.model_copy(update={"papers": others, "texts": None})) if others else ():
        for telling in files.tellings:
            parsed = telling.parser.parse(read_bytes(telling.path), str(telling.path), telling.parser.Params())
            for paragraph in parsed.text.split("\n\n"):
                if len(paragraph.split()) >= LEAST_WORDS:
                    yield paragraph.strip(), str(telling.path)
