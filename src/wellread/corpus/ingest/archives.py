"""Archives: .zip, .tar and .tar.gz (.bz2, .xz) are read member by member; a single compressed file is one member.

Nothing is ever unpacked to a path that an archive names. A bomb is known by how many times larger it gets.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast

import zstandard

from wellread.corpus.ingest.job import Refusal
from wellread.errors import InputError

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_TIMES = 200  # text becomes 3 to 20 times larger; deflate can make zeros 1,000 times larger
_FREE = 50_000_000  # bytes before that rule applies
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, zstandard.ZstdError, EOFError, OSError,
           NotImplementedError)  # fmt: skip


class Member(NamedTuple):
    """Something in an archive. `stream` is to be read before the next member is asked for."""

    name: str
    stream: IO[bytes] | None
    refusal: Refusal | None = None


def is_archive(head: bytes) -> bool:
    """Whether a file that begins with `head` holds others."""
    return head.startswith(MAGIC) or head[257:262] == b"ustar"


def members(path: Path) -> Iterator[Member]:
    """The members of the archive `path`, in its order; folders and hidden names are passed over.

    Raises InputError where the archive is broken, is a bomb as a whole, or is an office document.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) == b"PK":
                yield from _zip(path)
            else:
                file.seek(0)
                yield from _stream(path, file)
    except _BROKEN as error:
        fix = "Get the archive again; what was read before that place is kept."
        raise InputError(
            f"{path} is a broken archive: {' '.join(str(error).split()) or 'it ends early'}", fix
        ) from error


def content(member: Member, most: int) -> bytes:
    """At most `most` bytes of a member. Raises InputError where it is broken."""
    if member.stream is None:
        raise ValueError("a refused member has no content")
    try:
        return member.stream.read(most)
    except _BROKEN as error:
        raise InputError(
            f"{member.name} is broken in its archive: {' '.join(str(error).split())}", "Get the archive again."
        ) from error


def _zip(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if names & {"[Content_Types].xml", "mimetype"}:
            raise InputError(f"{path} is an office document or an e-book", "Save it as PDF, HTML or text.")
        for info in archive.infolist():
            if info.is_dir() or _hidden(info.filename):
                continue
            if refusal := _climbs(info.filename) or _swells(info.file_size, info.compress_size):
                yield Member(info.filename, None, refusal)
            elif info.flag_bits & 1:
                fix = "unpack it with its password and give the folder"
                yield Member(info.filename, None, Refusal("encrypted", f"the member is encrypted: {fix}"))
            else:
                with archive.open(info) as stream:
                    yield Member(info.filename, stream)


def _stream(path: Path, file: IO[bytes]) -> Iterator[Member]:
    with _tar(path, file) as archive:
        if archive:
            for info in archive:
                if info.isdir() or _hidden(info.name):
                    continue
                if refusal := _climbs(info.name):
                    yield Member(info.name, None, refusal)
                elif not info.isreg():
                    yield Member(info.name, None, Refusal("link in an archive", "it is a link or a device, not a file"))
                else:
                    yield Member(info.name, archive.extractfile(info))
            return
    file.seek(0)
    yield Member(path.stem, cast(IO[bytes], _Metered(_unpacked(file), path)))


@contextmanager
def _tar(path: Path, file: IO[bytes]) -> Iterator[tarfile.TarFile | None]:
    """The tar archive in `file`, compressed or not; None where it is no tar archive."""
    plain = _unpacked(file)
    if plain.read(512)[257:262] != b"ustar":
        yield None
        return
    file.seek(0)
    with tarfile.open(fileobj=cast(IO[bytes], _Metered(_unpacked(file), path)), mode="r|") as archive:
        yield archive


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if head.startswith(b"BZh"):
        return cast(IO[bytes], bz2.BZ2File(file))
    if head.startswith(b"\xfd7zXZ"):
        return cast(IO[bytes], lzma.LZMAFile(file))
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            file, read_across_frames=True, closefd=False
        )
        return cast(IO[bytes], io.BufferedReader(reader))
    return file


class _Metered(io.RawIOBase):
    """A stream that gives up when it has become too many times larger than the file it comes from."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self.stream, self.path, self.done = stream, path, 0
        self.most = max(_FREE, _TIMES * path.stat().st_size)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        got = self.stream.read(size if size >= 0 else self.most + 1)
        self.done += len(got)
        if self.done > self.most:
            raise InputError(
                f"{self.path} is an archive bomb: over {self.most:,} bytes from {self.path.stat().st_size:,}",
                "Leave it out.",
            )
        return got


def _hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) and part != ".." and part != "." for part in PurePosixPath(name).parts
    )


def _climbs(name: str) -> Refusal | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.parts[0][1:2] == ":":
        return Refusal("path climbs out of the archive", "its name leads out of the archive: it may be an attack")
    return None


def _swells(size: int, packed: int) -> Refusal | None:
    if size > _FREE and size > _TIMES * packed:
        return Refusal("archive bomb", f"{packed:,} bytes would become {size:,}")
    return None
