"""Which files there are. Folders are streamed: a million files are no list of a million names."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from wellread.corpus.ingest.job import Refusal


class Found(NamedTuple):
    """A file, or something that can't be one, with the reason."""

    path: str
    """Absolute; names that aren't UTF-8 are spelled with escapes."""
    source: str
    """From the folder that was named on."""
    size: int
    mtime: int
    """Nanoseconds."""
    refusal: Refusal | None = None


def walk(roots: list[Path], leave_out: Path) -> Iterator[Found]:
    """Every file under `roots`, in whatever order the disk has them; hidden names and `leave_out` are passed over."""
    for root in roots:
        top = root.resolve()
        if top.is_dir():
            yield from _folder(str(top), top.name or "/", str(leave_out.resolve()))
        else:
            yield _file(str(top), top.name, top.stat())


def _folder(top: str, name: str, leave_out: str) -> Iterator[Found]:
    waiting = [(top, name)]
    while waiting:
        folder, source = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.path == leave_out:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{source}/{entry.name}"))
                    else:
                        yield _entry(entry, f"{source}/{entry.name}")
        except OSError as error:
            yield _refused(folder, source, "can't be read", f"the folder can't be read: {error.strerror}")


def _entry(entry: os.DirEntry[str], source: str) -> Found:
    try:
        if entry.is_symlink() and entry.is_dir():  # it could lead in a circle, or to a paper twice
            detail = "a link to a folder isn't followed: name the folder itself"
            return _refused(entry.path, source, "link to a folder", detail)
        return _file(entry.path, source, entry.stat())
    except OSError as error:
        if entry.is_symlink():
            return _refused(entry.path, source, "broken link", "the link leads nowhere, or in a circle")
        return _refused(entry.path, source, "can't be read", f"it can't be read: {error.strerror}")


def _file(path: str, source: str, stat: os.stat_result) -> Found:
    try:
        path.encode()
    except UnicodeEncodeError:
        return _refused(path, source, "name is not UTF-8", "its name isn't UTF-8: rename it")
    if not S_ISREG(stat.st_mode):
        return _refused(path, source, "no file", "it is neither a file nor a folder")
    return Found(path, source, stat.st_size, stat.st_mtime_ns)


def _refused(path: str, source: str, reason: str, detail: str) -> Found:
    return Found(_spelled(path), _spelled(source), 0, 0, Refusal(reason, detail))


def _spelled(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
