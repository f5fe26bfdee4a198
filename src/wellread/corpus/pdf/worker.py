"""Holds the process that reads PDFs: starts it, hands it files, ends it where it takes too long or too much."""

import atexit
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from wellread.errors import InputError

_CHUNK = 1 << 20
_PATIENCE = 5  # times longer than the computing that is allowed may a file take by the clock


class Worker:
    """One reader process, started when first needed and again after each one that died."""

    def __init__(self, seconds: float, memory: int) -> None:
        """`seconds` of computing that a file may take; `memory` in bytes that the reader may map."""
        self.seconds, self.memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def read(self, raw: bytes, source: str) -> dict[str, Any]:
        """What the reader says of the file. Raises InputError where it hangs, crashes or needs too much memory."""
        with self._lock:
            process = self._running()
            until = time.monotonic() + _PATIENCE + _PATIENCE * self.seconds  # others may use the machine too
            try:
                _send(process, struct.pack("<Q", len(raw)) + raw, until)
                size = struct.unpack("<Q", _receive(process, 8, until))[0]
                answer: dict[str, Any] = json.loads(_receive(process, size, until))
            except (TimeoutError, EOFError, OSError) as error:
                self.stop()
                if isinstance(error, TimeoutError) or process.returncode == -signal.SIGPROF:
                    what = f"{source} takes more than {self.seconds:g} seconds to read"
                else:
                    what = f"{source} crashes the PDF reader, or needs more than {self.memory >> 20} MB"
                raise InputError(what, "Print it to a new PDF, or leave it out.") from None
            if answer.get("error") == "bug":
                raise RuntimeError(f"{source}: {answer['said']}")
            if answer.get("error") == "memory":
                self.stop()
                raise InputError(f"{source} needs more than {self.memory >> 20} MB to read", "Leave it out.")
            return answer

    def stop(self) -> None:
        """End the reader, if this process started it."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # it may have ended by itself, which tells why
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            # -P: nothing is imported from the folder where the user happens to be.
            command = [sys.executable, "-P", "-m", "wellread.corpus.pdf.reader", str(self.memory), str(self.seconds)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
            self._owner = os.getpid()
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None
                os.set_blocking(stream.fileno(), False)
        return self._process


def _send(process: subprocess.Popen[bytes], data: bytes, until: float) -> None:
    assert process.stdin is not None
    view, descriptor = memoryview(data), process.stdin.fileno()
    while view:
        _wait(until, writing=descriptor)
        view = view[os.write(descriptor, view[:_CHUNK]) :]


def _receive(process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
    assert process.stdout is not None
    parts, descriptor = [], process.stdout.fileno()
    while size:
        _wait(until, reading=descriptor)
        part = os.read(descriptor, min(size, _CHUNK))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _wait(until: float, reading: int | None = None, writing: int | None = None) -> None:
    poll = select.poll()  # not select(): a process may hold more than 1,024 files
    if reading is not None:
        poll.register(reading, select.POLLIN | select.POLLHUP)
    if writing is not None:
        poll.register(writing, select.POLLOUT | select.POLLERR)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TimeoutError


_workers: dict[tuple[float, int], Worker] = {}


def worker(seconds: float, memory: int) -> Worker:
    """The worker with these limits; there is one for all files."""
    return _workers.setdefault((seconds, memory), Worker(seconds, memory))
