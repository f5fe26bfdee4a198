"""A corpus for other programs: one row a passage, with what is known of its paper."""

import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from wellread.corpus.ingested import Corpus
from wellread.errors import InputError

Format = Literal["parquet", "jsonl"]
_ROWS = 2000  # written together
_COLUMNS = {
    "id": "string", "paper": "string", "doi": "string", "title": "string", "journal": "string", "year": "int32",
    "language": "string", "licence": "string", "part": "string", "section": "string", "text": "string", "source": "string",
}  # fmt: skip


def export(
    corpus: Corpus, path: Path, form: Format, sections: tuple[str, ...] | None, parts: tuple[str, ...] | None
) -> int:
    """Write the chosen passages to `path`, whole or not at all, and return how many there are.

    Raises InputError where `path` can't be written, and where Parquet is asked for and pyarrow isn't installed.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder", f"Name a file: --out {path / corpus.path.resolve().name}.{form}")
    half = path.with_name(f"{path.name}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        n = (_parquet if form == "parquet" else _jsonl)(_rows(corpus, sections, parts), half)
        half.replace(path)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}", "Choose another --out.") from error
    return n


def _rows(corpus: Corpus, sections: tuple[str, ...] | None, parts: tuple[str, ...] | None) -> Iterator[dict[str, Any]]:
    for paper, passages in corpus.chosen(sections, parts):
        for passage in passages:
            held = {**paper.model_dump(), **passage.model_dump()}
            yield {name: held[name] for name in _COLUMNS}


def _jsonl(rows: Iterable[dict[str, Any]], path: Path) -> int:
    n = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            n += 1
    return n


def _parquet(rows: Iterator[dict[str, Any]], path: Path) -> int:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError("Parquet needs pyarrow", "pip install 'wellread[parquet]', or export --to jsonl.") from None
    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in _COLUMNS.items()])
    n = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(itertools.islice(rows, _ROWS)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))
            n += len(some)
    return n
