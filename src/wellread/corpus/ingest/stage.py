"""The stage `ingest`: files, archives and dumps in, a corpus folder out; again, and only what is new is read."""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from wellread.corpus.ingest import settle
from wellread.corpus.ingest.archives import Member, content, is_archive, members
from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.job import LARGEST, Job, Read, Refusal
from wellread.corpus.ingest.ledger import NAME as LEDGER
from wellread.corpus.ingest.ledger import Ledger
from wellread.corpus.ingest.pool import Pool
from wellread.corpus.ingest.reading import Reader, refusal_for
from wellread.corpus.ingest.split import draw
from wellread.corpus.ingest.walk import walk
from wellread.corpus.parsed import HEAD, parser_for
from wellread.errors import InputError, RunConflictError
from wellread.files import existing
from wellread.runs import provenance
from wellread.runs.files import disk_full_is_said, read_json, write_json
from wellread.runs.fingerprint import differences, fingerprint, hash_file
from wellread.runs.fingerprint import settings as identity_of
from wellread.runs.lock import locked
from wellread.runs.progress import say
from wellread.runs.store import MANIFEST

NAME = "ingest"
VERSION = 4
ABOUT = "corpus.json"  # what makes a folder a corpus, there from the first moment on
SPILL = ".spill-"  # folders for dumps that lie packed in an archive
_EVERY = 10.0  # seconds between two lines of progress


def run(config: IngestConfig, inputs: list[str], out: Path) -> dict[str, Any]:
    """Bring the corpus in `out` up to date with `inputs` (files, folders, archives, dumps), and return its counts.

    Papers of earlier runs stay; those that lay under one of `inputs` and are gone now, go. A killed run is continued by
    the same call. Raises InputError for an input that doesn't exist, where a new corpus would have no file to be made
    of, and, under `strict`, for the first bad one; RunConflictError where `out` holds something else.
    """
    roots = [existing(name) for name in inputs]
    start = time.monotonic()
    identity = {"stage": NAME, "version": VERSION, "config": identity_of(config)}
    _check(out, identity)
    if not (out / ABOUT).is_file() and next(walk(roots, out), None) is None:
        raise InputError(f"{', '.join(inputs)}: no file was found there", "Name files, folders, archives or dumps.")
    with locked(out), disk_full_is_said(out):
        write_json(out / ABOUT, identity)
        ledger = Ledger(out)
        try:
            for left in out.glob(f"{SPILL}*"):  # by a run that was killed
                shutil.rmtree(left)
            news = _Ingest(config, ledger, out).read(roots)
            stats = _settle(config, ledger, identity, out, news, start)
        finally:
            ledger.close()
    return stats


def _check(out: Path, identity: dict[str, Any]) -> None:
    if not (out / ABOUT).is_file():
        if out.exists() and (not out.is_dir() or any(path.name not in (".lock", LEDGER) for path in out.iterdir())):
            raise RunConflictError(f"{out} exists and is not a corpus", "Choose another --out.")
    elif changed := differences(read_json(out / ABOUT), identity):
        what = f"{out} holds a corpus made with other settings ({'; '.join(changed[:3])})"
        raise RunConflictError(what, "Choose another --out, or the settings of that corpus.")


def _settle(
    config: IngestConfig, ledger: Ledger, identity: dict[str, Any], out: Path, news: dict[str, int], start: float
) -> dict[str, Any]:
    changed = ledger.state("changed") or not (out / MANIFEST).is_file()
    if changed:
        say("looking for duplicates, writing the corpus")
        settle.judge(ledger, config)
        ledger.commit()
    if config.strict:
        settle.refuse_faults(ledger)
    if not changed:
        return {**read_json(out / "stats.json"), **news, "seconds": round(time.monotonic() - start, 3)}
    stats = settle.write(ledger, config, out)
    (out / MANIFEST).unlink(missing_ok=True)  # from here on until it is back, the files may not belong together
    settle.publish(out)
    seconds = round(time.monotonic() - start, 3)
    stats = {**stats, **news, "seconds": seconds}
    write_json(out / "provenance.json", provenance.gather())
    write_json(out / "stats.json", stats)
    hashes = {name: hash_file(out / name) for name in (settle.PAPERS, settle.TEXTS[0])}
    recipe = {**identity, "inputs": hashes}
    write_json(out / MANIFEST, {**recipe, "fingerprint": fingerprint(recipe), "seconds": seconds})
    ledger.note("changed", 0)
    return stats


class _Ingest:
    """Reading, the first half of a run."""

    def __init__(self, config: IngestConfig, ledger: Ledger, out: Path) -> None:
        self.config = config
        self.ledger = ledger
        self.out = out
        self.reader = Reader(config)
        self.pool = Pool(config)
        self.containers: list[Job] = []
        """Archives and large dumps, which this process takes apart so that all others can work on them."""
        self.under_way: Counter[int] = Counter()
        """Jobs of each archive or dump."""
        self.listed: set[int] = set()
        """Those all of whose papers have become jobs."""
        self.news: Counter[str] = Counter()
        self.start = self.said = time.monotonic()

    def read(self, roots: list[Path]) -> dict[str, int]:
        """Read what is new or changed; returns counts of files."""
        try:
            for job, reads in self.pool.run(self._files(roots)):
                if any(not read.paper and not read.refusal for read in reads):
                    self.containers.append(job)
                else:
                    self._keep(*reads)
                    self.ledger.done(job.file)
            for job, reads in self.pool.run(job for container in self.containers for job in self._contents(container)):
                self._keep(*reads)
                self.under_way[job.file] -= 1
                self._finish(job.file)
        finally:
            self.pool.close()
        self.news["files_gone"] = self.ledger.forget_gone(roots)
        self.ledger.commit()
        return {name: self.news[name] for name in ("files_read", "files_known", "files_changed", "files_gone")}

    def _files(self, roots: list[Path]) -> Iterator[Job]:
        """The files that are new or have changed."""
        for found in walk(roots, self.out):
            seen = self.ledger.see(found)
            self.news["files_read" if seen.news else "files_known"] += 1
            self.news["files_changed"] += seen.changed
            if not seen.news:
                continue
            job = Job(seen.number, found.path, found.source, found.source, found.path)
            if found.refusal:
                self._keep(Read(job, found.refusal))
                self.ledger.done(seen.number)
            else:
                yield job

    def _contents(self, container: Job) -> Iterator[Job]:
        """The papers in an archive or a dump, but for those that were read before the run was stopped."""
        known = self.ledger.keys(container.file)
        path = Path(cast(str, container.path))
        try:
            with path.open("rb") as file:
                head = file.read(HEAD)
            for job in self._members(container, path) if is_archive(head) else self._papers(container, path, head):
                if job.key not in known:
                    self.under_way[job.file] += 1
                    yield job
        except (InputError, OSError) as error:
            self._keep(Read(container, refusal_for(container, error)))
        self.listed.add(container.file)
        self._finish(container.file)

    def _finish(self, file: int) -> None:
        if file in self.listed and not self.under_way[file]:
            self.ledger.done(file)

    def _members(self, container: Job, path: Path) -> Iterator[Job]:
        for number, member in enumerate(members(path)):
            name, place = member.name.encode("utf-8", "backslashreplace").decode(), f"!{number:09d}"
            job = container._replace(
                key=container.key + place, source=f"{container.source}!{name}", place=container.place + place, path=None
            )
            try:
                yield from self._member(job, member)
            except InputError as error:
                if member.stream is None or not job.key.startswith(container.key):
                    raise
                self._keep(Read(job, refusal_for(job, error)))

    def _member(self, job: Job, member: Member) -> Iterator[Job]:
        if member.refusal:
            self._keep(Read(job, member.refusal))
            return
        head = content(member, HEAD)
        parser = parser_for(Path(job.source), head) if head else None
        if is_archive(head):
            self._keep(Read(job, Refusal("archive in an archive", "unpack the outer one and give its folder")))
        elif parser and hasattr(parser, "parse_many"):
            with tempfile.TemporaryDirectory(dir=self.out, prefix=SPILL) as folder:
                spilled = Path(folder) / (Path(member.name).name or "dump")
                with spilled.open("wb") as file:
                    file.write(head)
                    while more := content(member, 2**20):
                        file.write(more)
                yield from self._papers(job, spilled, head)
        else:
            raw = head + content(member, LARGEST + 1 - len(head))
            if len(raw) > LARGEST:
                self._keep(Read(job, Refusal("too large", f"it has more than {LARGEST:,} bytes")))
            else:
                yield job._replace(raw=raw)

    def _papers(self, job: Job, path: Path, head: bytes) -> Iterator[Job]:
        """The papers of the dump at `path`."""
        parser = parser_for(path, head)
        if parser is None:
            raise InputError(f"{path} has changed while it was read", "Give the same command again.")
        for part in self.reader.dump_jobs(job, parser, path):
            if isinstance(part, Read):
                self._keep(part)
            else:
                yield part

    def _keep(self, *reads: Read) -> None:
        for read in reads:
            if self.config.strict and read.refusal and read.refusal.fault:
                raise settle.fault(read.job.source, read.refusal.reason, read.refusal.detail)
            self.ledger.add(read, draw(self.config.seed, read.paper["id"]) if read.paper else None)
            self.news["papers"] += 1
        if time.monotonic() - self.said > _EVERY:
            self.said = time.monotonic()
            say(f"  {self.news['papers']:,} papers read, {self.news['papers'] / (self.said - self.start):.0f}/s")
