"""The processes that read: nothing is lost with one that dies."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.job import Job
from wellread.corpus.ingest.pool import Pool
from wellread.testing.papers import jats


def jobs(n: int) -> list[Job]:
    return [Job(0, f"{i}", f"{i}.xml", f"{i}", raw=jats(i)) for i in range(n)]


@pytest.fixture
def pool():
    pool = Pool(IngestConfig(workers=2))
    yield pool
    pool.close()


def test_every_job_comes_back_once(pool: Pool) -> None:
    found = {job.key: reads for job, reads in pool.run(jobs(50))}
    assert len(found) == 50
    assert all(reads[0].paper["doi"] == f"10.5555/made.{key}" for key, reads in found.items())


def test_a_process_that_is_killed_takes_no_paper_with_it(pool: Pool) -> None:
    found = []
    for job, reads in pool.run(jobs(60)):
        found.append(job.key)
        assert reads[0].paper
        if len(found) == 10:
            os.kill(next(iter(pool.executor._processes)), signal.SIGKILL)
    assert sorted(found) == sorted(job.key for job in jobs(60))


def test_a_pool_that_breaks_while_a_process_starts_loses_no_paper(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then what the new process was to be given is closed, and starting it fails as a bad file does."""
    submit, asked = ProcessPoolExecutor.submit, []

    def breaks(executor: ProcessPoolExecutor, *given: object) -> Future[object]:
        asked.append(given)
        if len(asked) == 3:
            submit(executor, os._exit, 1)
            raise OSError(errno.EBADF, "Bad file descriptor")
        return submit(executor, *given)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", breaks)
    assert sorted(job.key for job, reads in pool.run(jobs(60)) if reads[0].paper) == sorted(j.key for j in jobs(60))


def test_processes_that_cannot_start_are_no_paper_s_fault() -> None:
    """A program read from standard input can't be imported again by the processes that it starts."""
    program = ORPHANS.replace("os.kill(os.getpid(), signal.SIGKILL)", "pass")
    done = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, timeout=120)
    assert "WellreadError: the processes that read papers end as they start" in done.stderr
    assert not done.stdout


ORPHANS = """
import os, signal, sys
from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.pool import Pool
from wellread.corpus.ingest.job import Job
from wellread.testing.papers import jats
if __name__ == "__main__":
    pool = Pool(IngestConfig(workers=2))
    for job, reads in pool.run(Job(0, str(i), "x.xml", "x", raw=jats(i)) for i in range(500)):
        print(*pool.executor._processes, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_process_outlives_a_killed_program(tmp_path) -> None:
    (tmp_path / "program.py").write_text(ORPHANS)
    done = subprocess.run([sys.executable, tmp_path / "program.py"], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    workers = [int(pid) for pid in done.stdout.split()]
    assert workers
    deadline = time.monotonic() + 60
    while any(_alive(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_fresh_processes() -> None:
    """A forked one would hold the lock on the corpus after a kill."""
    assert Pool(IngestConfig()).context is multiprocessing.get_context("forkserver")
