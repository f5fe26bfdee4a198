"""The processes that read. One that dies takes no other paper with it, and none outlives the program."""

import gc
import itertools
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.job import Job, Read, Refusal
from wellread.corpus.ingest.reading import Reader
from wellread.errors import WellreadError

_BATCH = 8  # jobs that travel together
_BATCH_BYTES = 4_000_000
_AHEAD = 3  # batches that wait for each process; more would only fill memory
_MEMORY = 4 * 2**30  # bytes of address space for a process

_reader: Reader | None = None


def _begin(config: IngestConfig) -> None:
    """What each process does first."""
    global _reader
    _reader = Reader(config)
    # A paper is thousands of elements and no circles: looking for circles in them takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process says what happens on Ctrl-C
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A main process that was killed can't tell the others to stop."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _read_all(jobs: list[Job]) -> list[list[Read]]:
    assert _reader is not None
    return [_reader.read(job) for job in jobs]


def _begun() -> None:
    """Done where a process could begin at all."""


def _hand(executor: ProcessPoolExecutor, do: Callable[..., Any], *given: Any) -> Future[Any]:
    """`executor.submit`, which starts a process, too. A pool that breaks meanwhile has closed what that process was to be given."""
    try:
        return executor.submit(do, *given)
    except OSError as e:
        raise BrokenProcessPool("no process could be started") from e


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Jobs that travel together: few where they carry much."""
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job.raw or b"")
        if len(batch) == _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


Done = tuple[Job, list[Read]]
Pending = dict[Future[list[list[Read]]], list[Job]]


class Pool:
    """Reads jobs with several processes, in no particular order."""

    def __init__(self, config: IngestConfig) -> None:
        """Nothing starts before the first job."""
        self.config = config
        self.workers = config.workers or os.cpu_count() or 1
        # Fresh processes: a copy of this one would hold its lock on the corpus even after a kill.
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([__name__])
        self.executor = self._start(self.workers)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, self.context, initializer=_begin, initargs=(self.config,))

    def _alone(self) -> ProcessPoolExecutor:
        """One process. Raises WellreadError where it ends before it has seen any paper: then no paper is to blame."""
        alone = self._start(1)
        try:
            _hand(alone, _begun).result()
        except BrokenProcessPool as e:
            raise WellreadError(
                "the processes that read papers end as they start",
                "What they say stands above. A program that calls wellread must be a file, with what it does under "
                "`if __name__ == '__main__':`.",
            ) from e
        return alone

    def close(self) -> None:
        """Stop at once; what is being read is dropped."""
        self.executor.shutdown(wait=False, cancel_futures=True)

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Each of `jobs` with what became of it; no more of them are taken than the processes can soon read."""
        pending: Pending = {}
        for batch in _batches(jobs):
            while len(pending) >= self.workers * _AHEAD:
                yield from self._collect(pending)
            try:
                pending[_hand(self.executor, _read_all, batch)] = batch
            except BrokenProcessPool:
                yield from self._one_by_one(pending, batch)
        while pending:
            yield from self._collect(pending)

    def _collect(self, pending: Pending) -> Iterator[Done]:
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            if future not in pending:
                continue
            try:
                found = future.result()
            except BrokenProcessPool:
                yield from self._one_by_one(pending, [])
            else:
                yield from zip(pending.pop(future), found, strict=True)

    def _one_by_one(self, pending: Pending, batch: list[Job]) -> Iterator[Done]:
        """A process died: which paper killed it shows when each of those under way has a process to itself."""
        lost = [*itertools.chain.from_iterable(pending.values()), *batch]
        pending.clear()
        self.close()
        alone = self._alone()
        for job in lost:
            try:
                yield job, alone.submit(_read_all, [job]).result()[0]
            except BrokenProcessPool:
                yield job, [Read(job, Refusal("crashed the parser", "reading it ended the process that read it"))]
                alone = self._alone()
        alone.shutdown()
        self.executor = self._start(self.workers)
