"""The stage `corpus`: papers in, Paper and Passage records out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wellread.corpus.config import CorpusConfig
from wellread.corpus.find import PaperFiles, find
from wellread.corpus.ingested import is_corpus, look
from wellread.corpus.parsed import Parsed
from wellread.corpus.unrelated import paragraphs
from wellread.corpus.wordcount import words
from wellread.errors import InputError
from wellread.files import read_bytes, sha256
from wellread.records import UNRELATED, Paper, Passage
from wellread.runs.jsonl import write_records
from wellread.runs.progress import bar

NAME = "corpus"
VERSION = 4


class _Read(NamedTuple):
    """A paper with everything that was read of it."""

    paper: Paper
    passages: list[Passage]
    corpus: str | None = None
    """The name of the ingested corpus that it comes from."""
    rejected: Sequence[tuple[Path, str]] = ()
    not_read: Sequence[Path] = ()
    left_out: Sequence[dict[str, int]] = ()


def sources(config: CorpusConfig) -> dict[str, str]:
    """Each file that will be read: 'paper/telling.md' -> SHA-256 of its contents, in the order of reading.

    An ingested corpus is one entry, over the passages that are chosen of it. Reads everything, so that each InputError
    of `run` comes here, before anything is written.
    """
    found: dict[str, str] = {}
    corpora: dict[str, list[str]] = {}
    for read in _read(config):
        for passage in read.passages:
            if read.corpus:
                corpora.setdefault(read.corpus, []).append(f"{passage.id} {passage.sha256}")
            else:
                found[passage.id + Path(passage.source).suffix] = passage.sha256
    if unrelated := paragraphs(config):
        found[UNRELATED] = sha256("\n".join(p.sha256 for p in unrelated).encode())
    return found | {name: sha256("\n".join(held).encode()) for name, held in corpora.items()}


def run(config: CorpusConfig, inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write data/papers, data/passages and rejected/files; return the counts.

    Raises InputError, before anything is written, for what can't be read.
    """
    everything = _read(config)
    rejected = [(path, reason) for read in everything for path, reason in read.rejected]
    passages = [passage for read in everything for passage in read.passages]
    write_records(out / "data" / "papers.jsonl.zst", [read.paper for read in everything])
    write_records(out / "data" / "passages.jsonl.zst", passages)
    unrelated = paragraphs(config)
    if unrelated:
        write_records(out / "data" / f"{UNRELATED}.jsonl.zst", unrelated)
    write_records(out / "rejected" / "files.jsonl", ({"what": str(p), "reason": reason} for p, reason in rejected))
    left_out: dict[str, int] = {}
    for kind, n in (part for read in everything for parts in read.left_out for part in parts.items()):
        left_out[kind] = left_out.get(kind, 0) + n
    return {
        "papers": len(everything),
        "passages": len(passages),
        "words": sum(words(passage.text) for passage in passages),
        "tellings": list(dict.fromkeys(passage.telling for passage in passages)),
        "unrelated": len(unrelated),
        "rejected": len(rejected),
        "not_read": [str(folder) for read in everything for folder in read.not_read],
        "left_out": left_out,
    }


def _read(config: CorpusConfig) -> list[_Read]:
    corpora = [name for name in config.papers if is_corpus(Path(name).expanduser())]
    if not corpora and (config.sections or config.parts):
        fix = "Make one first: wellread ingest PAPERS --out corpus"
        raise InputError("sections and parts are chosen from an ingested corpus, and none of the papers is one", fix)
    papers = find(config.model_copy(update={"papers": tuple(name for name in config.papers if name not in corpora)}))
    everything = []
    with bar("reading papers", len(papers)) as progress:
        for paper in papers:
            everything.append(_told(paper))
            progress.step()
    for name in corpora:
        everything += _chosen(name, config)
    ids = Counter(read.paper.id for read in everything)
    if twice := [name for name, n in ids.items() if n > 1]:
        raise InputError(f"the paper {twice[0]!r} is there {ids[twice[0]]} times", "Name each paper once.")
    return everything


def _chosen(name: str, config: CorpusConfig) -> list[_Read]:
    """What is chosen of an ingested corpus. The title goes before each passage, as before any other text."""
    corpus = look(name)
    found = [
        _Read(
            paper,
            [p.model_copy(update={"text": f"{p.title}\n\n{p.text}"}) for p in passages],
            corpus.path.resolve().name,
        )
        for paper, passages in corpus.chosen(config.sections, config.parts)
    ]
    if not found:
        raise InputError(f"{name} holds no such passages", f"See: wellread corpus stats {name}")
    return found


def _told(files: PaperFiles) -> _Read:
    """A paper from its files, each of them a telling."""
    passages, parts = [], list[Parsed]()
    for telling in files.tellings:
        raw = read_bytes(telling.path)
        parsed = telling.parser.parse(raw, str(telling.path), telling.parser.Params())
        passages.append(
            Passage(
                id=f"{files.id}/{telling.name}",
                paper=files.id,
                telling=telling.name,
                title=parsed.title,
                text=parsed.text,
                source=str(telling.path),
                sha256=sha256(raw),
                licence=parsed.licence,
            )
        )
        parts.append(parsed)
    paper = Paper(
        id=files.id,
        title=passages[0].title,
        source=str(files.root),
        sha256=sha256("".join(passage.sha256 for passage in passages).encode()),
        licence=next((parsed.licence for parsed in parts if parsed.licence), None),
        doi=next((parsed.doi for parsed in parts if parsed.doi), None),
        journal=next((parsed.journal for parsed in parts if parsed.journal), None),
        year=next((parsed.year for parsed in parts if parsed.year), None),
    )
    return _Read(paper, passages, None, files.rejected, files.not_read, [parsed.left_out for parsed in parts])
