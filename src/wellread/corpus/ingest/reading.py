"""One paper, from bytes to compressed passages. Runs in the processes that read; all that needs no other paper is done here."""

import os
import re
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import zstandard
from pydantic_core import PydanticSerializationError, to_json

from wellread import plugins
from wellread.corpus.ingest.archives import is_archive
from wellread.corpus.ingest.boilerplate import Cut, cleaned
from wellread.corpus.ingest.chunks import Chunk, chunks
from wellread.corpus.ingest.config import FILTERS, IngestConfig, settings
from wellread.corpus.ingest.draft import Draft
from wellread.corpus.ingest.duplicates import signature
from wellread.corpus.ingest.job import LARGEST, Job, Read, Refusal
from wellread.corpus.ingest.language import language
from wellread.corpus.parsed import HEAD, PARSERS, Parsed, Parser, Section, formats, parser_for
from wellread.corpus.wordcount import opening
from wellread.errors import InputError
from wellread.files import sha256
from wellread.licences import refusal as policy_refusal
from wellread.records import Paper, Passage

SMALL_DUMP = 8_000_000  # bytes; a larger one is taken apart by the main process, so that all others can work on it
LONGEST = 60  # seconds of processor time for one paper
LATE = ("pdf", "text")  # parsers whose reading of a paper is worth less than another's
_LEVEL = 3  # of zstd: twice as fast as 6 and 5% larger
_OPENING = 300  # words that stand in for an abstract


class TooLongError(Exception):
    """A paper took longer than LONGEST."""


class Reader:
    """Reads papers by one configuration."""

    def __init__(self, config: IngestConfig) -> None:
        """Raises ConfigError where a filter or a parser can't be set so."""
        self.config = config
        self.checks = [
            (name, plugins.load(FILTERS, name).check, settings(FILTERS, name, config.filter)) for name in config.filters
        ]
        self.params = {name: settings(PARSERS, name, config.parser) for name in plugins.names(PARSERS)}

    def read(self, job: Job) -> list[Read]:
        """What `job` holds: one paper, several for a small dump. Every fault of the input comes back as a Refusal."""
        # Processor time, not the clock: a machine that is busy elsewhere must not decide what a corpus holds.
        signal.signal(signal.SIGPROF, _too_long)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        found: list[Read] = []
        try:
            for read in self._papers(job):
                found.append(read)
                signal.setitimer(signal.ITIMER_PROF, LONGEST)
        except (InputError, OSError, UnicodeError, TooLongError, MemoryError, RecursionError) as error:
            found.append(Read(job, refusal_for(job, error)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return found

    def _papers(self, job: Job) -> Iterator[Read]:
        if job.parsed:
            text = f"{job.parsed.title}\n{job.parsed.text}"
            yield self._made(job, job.parsed, sha256(text.encode()), late=False)
            return
        name = Path(job.path or job.source)
        head, size = _head(job)
        if not size:
            yield Read(job, Refusal("empty", "it is empty (0 bytes)"))
        elif job.path and is_archive(head):
            yield Read(job)
        elif not (parser := parser_for(name, head)):
            yield Read(job, Refusal("format not read", f"its format isn't read; read are {formats()}"))
        elif hasattr(parser, "parse_many"):
            yield from self._dump(job, parser, size)
        elif size > LARGEST:
            yield Read(job, Refusal("too large", f"its {size:,} bytes are no paper's"))
        else:
            raw = job.raw if job.raw is not None else Path(cast(str, job.path)).read_bytes()
            parsed = parser.parse(raw, job.source, self.params[stem(parser)])
            yield self._made(job, parsed, sha256(raw), late=stem(parser) in LATE)

    def _dump(self, job: Job, parser: Parser, size: int) -> Iterator[Read]:
        if job.path and size > SMALL_DUMP:
            yield Read(job)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(job.path or Path(folder) / Path(job.source).name)
            if job.raw is not None:
                path.write_bytes(job.raw)
            for part in self.dump_jobs(job, parser, path):
                yield from [part] if isinstance(part, Read) else self.read(part)

    def dump_jobs(self, job: Job, parser: Parser, path: Path) -> Iterator[Job | Read]:
        """The papers of the dump at `path`, each a job of its own; those that can't be read are refused already."""
        for number, (where, parsed) in enumerate(cast(Any, parser).parse_many(path, self.params[stem(parser)])):
            place = f"{number:09d}"
            part = job._replace(
                key=f"{job.key}#{place}",
                source=f"{job.source} {where}",
                place=f"{job.place}#{place}",
                path=None,
                raw=None,
            )
            if isinstance(parsed, InputError):
                yield Read(part, refusal_for(part, parsed, f"{path}, {where}", str(path)))
            else:
                yield part._replace(parsed=parsed)

    def _made(self, job: Job, parsed: Parsed, digest: str, *, late: bool) -> Read:
        sections, cut = cleaned(parsed.sections or _plain(parsed))
        pieces = list(chunks(sections, self.config.chunk_words))
        text = "\n\n".join(piece.text for piece in pieces)
        n = sum(piece.words for piece in pieces)
        doi = parsed.doi.strip().lower() if parsed.doi else None
        paper = Paper(
            id=doi or f"{Path(job.source.rsplit('!', 1)[-1]).stem}-{digest[:12]}", title=parsed.title, source=job.source, sha256=digest,
            licence=parsed.licence, doi=doi, journal=parsed.journal, year=parsed.year, language=language(text),
            sections=tuple(dict.fromkeys(piece.kind for piece in pieces)), words=n,
        )  # fmt: skip
        row = paper.model_dump(mode="json")
        if refusal := self._unwanted(paper, sections, text):
            return Read(job, refusal, row, late)
        return Read(
            job, None, row, late, signature(text) if self.config.near_duplicates else b"", _counts(parsed, pieces, cut),
            _packed(_passages(paper, pieces)),
            _packed({"paper": paper.id, **vars(aside)} for aside in parsed.asides),
            _packed({"what": paper.id, "reason": f"boilerplate: {part.reason}", "text": part.text} for part in cut),
        )  # fmt: skip

    def _unwanted(self, paper: Paper, sections: list[Section], text: str) -> Refusal | None:
        if said := policy_refusal(paper.licence, self.config.licence):
            return Refusal("licence", said, False)
        abstract = "\n\n".join(section.text for section in sections if section.kind == "abstract")
        instead = "" if abstract else " ".join(opening(text, _OPENING))
        draft = Draft(paper.title, abstract, instead, paper.words or 0, paper.language)
        for name, check, params in self.checks:
            if said := check(draft, params):
                return Refusal(name, said, False)
        return None


def _too_long(*_: object) -> None:
    raise TooLongError


def _head(job: Job) -> tuple[bytes, int]:
    if job.raw is not None:
        return job.raw[:HEAD], len(job.raw)
    with Path(cast(str, job.path)).open("rb") as file:
        return file.read(HEAD), os.fstat(file.fileno()).st_size


def stem(parser: Parser) -> str:
    """The name of a parser: its file's stem."""
    return str(cast(Any, parser).__name__).rsplit(".", 1)[-1]


def refusal_for(job: Job, error: Exception, *names: str) -> Refusal:
    """Why the job ends in `error`. The reason leaves out all particulars; `names` are what the file goes by besides."""
    if isinstance(error, TooLongError):
        return Refusal("took too long", f"reading it took more than {LONGEST} s of processor time")
    if isinstance(error, MemoryError | RecursionError):
        return Refusal("too large or too deep", f"reading it ended in a {type(error).__name__}")
    if isinstance(error, UnicodeError):
        return Refusal("no Unicode", "it has characters that stand for half of another: save it as UTF-8")
    if not isinstance(error, InputError):
        return Refusal("can't be read", f"it can't be read: {getattr(error, 'strerror', None) or type(error).__name__}")
    said = error.what
    for name in (*names, job.path, job.source, Path(job.path or job.source).name):
        said = said.replace(name, "it") if name else said
    brief = re.split(r"[:(,]| at | because ", re.sub(r"^it\b( is\b)?( an?\b)?\s*", "", said))[0]
    reason = re.sub(r"(?<!\S)\d\S*\s*", "", brief).strip()[:60]
    return Refusal(reason or "can't be read", f"{said}. {error.fix}".strip())


def _plain(parsed: Parsed) -> list[Section]:
    """A text that no parser found sections in."""
    return [Section(heading="", kind="other", text=parsed.text.removeprefix(parsed.title).strip() or parsed.text)]


def _passages(paper: Paper, pieces: list[Chunk]) -> Iterator[dict[str, Any]]:
    numbers: Counter[str] = Counter()
    for piece in pieces:
        numbers[piece.kind] += 1
        telling = piece.kind if numbers[piece.kind] == 1 else f"{piece.kind}-{numbers[piece.kind]}"
        yield Passage(
            id=f"{paper.id}/{telling}", paper=paper.id, telling=telling, title=paper.title, text=piece.text,
            source=paper.source, sha256=paper.sha256, section=piece.kind, licence=paper.licence,
        ).model_dump(mode="json")  # fmt: skip


def _counts(parsed: Parsed, pieces: list[Chunk], cut: list[Cut]) -> dict[str, Any]:
    sections: Counter[str] = Counter()
    for piece in pieces:
        sections[piece.kind] += piece.words
    return {
        "passages": len(pieces),
        "sections": dict(sections),
        "asides": dict(Counter(aside.kind for aside in parsed.asides)),
        "boilerplate": dict(Counter(part.reason for part in cut)),
        "left_out": parsed.left_out,
    }


def _packed(rows: Iterable[dict[str, Any]]) -> bytes:
    """`rows` as a zstd frame of their own: frames put one after another are a file."""
    try:
        lines = b"".join(to_json(row) + b"\n" for row in rows)
    except PydanticSerializationError as error:  # half of a character, which no file can hold
        raise UnicodeError(str(error)) from None
    return _compressor().compress(lines) if lines else b""


@cache
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL)
