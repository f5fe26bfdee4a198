"""What goes to the processes that read, and what comes back."""

from typing import Any, NamedTuple

from wellread.corpus.parsed import Parsed

LARGEST = 100_000_000  # bytes of one paper; what is larger is no paper


class Job(NamedTuple):
    """A paper to read: a file (`path`), a member of an archive (`raw`), or a paper of a dump (`parsed`)."""

    file: int
    """The ledger's number of the file that it lies in."""
    key: str
    """Its name for the ledger, unlike any other's: the absolute path, and the place within."""
    source: str
    """Its name for people: the path from the folder that was named on."""
    place: str
    """What papers are sorted by."""
    path: str | None = None
    raw: bytes | None = None
    parsed: Parsed | None = None


class Refusal(NamedTuple):
    """Why something is left out."""

    reason: str
    """A few words, counted in the summary."""
    detail: str
    """What exactly, and what to do."""
    fault: bool = True
    """Whether the input is bad, rather than the paper not wanted."""


class Read(NamedTuple):
    """What became of a job: a paper, a refusal, or neither for a file that the main process has to open itself."""

    job: Job
    refusal: Refusal | None = None
    paper: dict[str, Any] | None = None
    """The fields of its Paper record."""
    late: bool = False
    """Of two papers that are the same, one that isn't late is kept."""
    minhash: bytes = b""
    counts: dict[str, Any] | None = None
    passages: bytes = b""
    """Its lines of data/passages.jsonl.zst, compressed; as are the next two."""
    asides: bytes = b""
    boilerplate: bytes = b""
