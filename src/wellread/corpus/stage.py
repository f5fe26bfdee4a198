"""The stage `corpus`: papers in, Paper and Passage records out."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wellread.corpus.config import CorpusConfig
from wellread.corpus.find import PaperFiles, find
from wellread.corpus.parsed import Parsed
from wellread.files import read_bytes, sha256
from wellread.records import Paper, Passage
from wellread.runs.jsonl import write_records
from wellread.runs.progress import bar

NAME = "corpus"
VERSION = 1

# A word is what stands between spaces; a sign of Chinese or Japanese counts as one.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


class _Read(NamedTuple):
    """A paper with everything that was read of it."""

    files: PaperFiles
    passages: list[Passage]
    parsed: list[Parsed]


def sources(config: CorpusConfig) -> dict[str, str]:
    """Each file that will be read: 'paper/telling.md' -> SHA-256 of its contents, in the order of reading.

    Reads everything, so that each InputError of `run` comes here, before anything is written.
    """
    found: dict[str, str] = {}
    for read in _read(config):
        for passage in read.passages:
            found[passage.id + Path(passage.source).suffix] = passage.sha256
    return found


def run(config: CorpusConfig, inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write data/papers, data/passages and rejected/files; return the counts.

    Raises InputError, before anything is written, for what can't be read.
    """
    everything = _read(config)
    rejected = [(path, reason) for read in everything for path, reason in read.files.rejected]
    passages = [passage for read in everything for passage in read.passages]
    write_records(out / "data" / "papers.jsonl.zst", [_paper(read) for read in everything])
    write_records(out / "data" / "passages.jsonl.zst", passages)
    write_records(out / "rejected" / "files.jsonl", ({"what": str(p), "reason": reason} for p, reason in rejected))
    left_out: dict[str, int] = {}
    for kind, n in (part for read in everything for parsed in read.parsed for part in parsed.left_out.items()):
        left_out[kind] = left_out.get(kind, 0) + n
    return {
        "papers": len(everything),
        "passages": len(passages),
        "words": sum(words(passage.text) for passage in passages),
        "tellings": list(dict.fromkeys(passage.telling for passage in passages)),
        "rejected": len(rejected),
        "not_read": [str(folder) for read in everything for folder in read.files.not_read],
        "left_out": left_out,
    }


def words(text: str) -> int:
    """How many words `text` has; a sign of Chinese or Japanese counts as one."""
    return len(_WORD.findall(text))


def _read(config: CorpusConfig) -> list[_Read]:
    papers = find(config)
    everything = []
    with bar("reading papers", len(papers)) as progress:
        for paper in papers:
            everything.append(_passages(paper))
            progress.step()
    return everything


def _passages(paper: PaperFiles) -> _Read:
    passages, parts = [], []
    for telling in paper.tellings:
        raw = read_bytes(telling.path)
        parsed = telling.parser.parse(raw, str(telling.path), telling.parser.Params())
        passages.append(
            Passage(
                id=f"{paper.id}/{telling.name}",
                paper=paper.id,
                telling=telling.name,
                title=parsed.title,
                text=parsed.text,
                source=str(telling.path),
                sha256=sha256(raw),
            )
        )
        parts.append(parsed)
    return _Read(paper, passages, parts)


def _paper(read: _Read) -> Paper:
    return Paper(
        id=read.files.id,
        title=read.passages[0].title,
        source=str(read.files.root),
        sha256=sha256("".join(passage.sha256 for passage in read.passages).encode()),
        licence=next((parsed.licence for parsed in read.parsed if parsed.licence), None),
        doi=next((parsed.doi for parsed in read.parsed if parsed.doi), None),
    )
