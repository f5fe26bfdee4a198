"""One paper, from bytes to passages; faults become reasons."""

import re

import pytest
import zstandard

from wellread.corpus.ingest import reading
from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.job import Job, Read
from wellread.corpus.ingest.reading import Reader, refusal_for
from wellread.errors import InputError
from wellread.testing.papers import jats

JOB = Job(0, "/home/me/papers/a.xml", "papers/a.xml", "papers/a.xml", path="/home/me/papers/a.xml")


def read(raw: bytes, source: str = "papers/a.xml", **settings: object) -> Read:
    (found,) = Reader(IngestConfig(**settings)).read(Job(0, "key", source, source, raw=raw))
    return found


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("/home/me/papers/a.xml is empty (0 bytes)", "empty"),
        ("papers/a.xml is broken XML: line 3, column 7: no end", "broken XML"),
        ("papers/a.xml is a broken PDF", "broken PDF"),
        ("papers/a.xml is not UTF-8: byte 0xf6 at offset 2", "not UTF-8"),
        ("papers/a.xml takes more than 10 seconds to read", "takes more than seconds to read"),
        ("papers/a.xml has neither an abstract nor a body", "has neither an abstract nor a body"),
        ("papers/a.xml", "can't be read"),
    ],
)
def test_a_reason_is_a_kind(said: str, reason: str) -> None:
    refusal = refusal_for(JOB, InputError(said, "Mend it."))
    assert refusal.reason == reason
    assert refusal.detail.endswith("Mend it.")
    assert "papers" not in refusal.detail


def test_ids_and_frames() -> None:
    assert read(jats(3)).paper["id"] == "10.5555/made.3"
    nameless = read(jats(3, doi=None), "all.zip!in/PMC3.nxml")
    assert re.fullmatch("PMC3-[0-9a-f]{12}", nameless.paper["id"])  # 8 would clash in a dump of 65,000 papers
    assert read(jats(3)).passages == read(jats(3)).passages
    assert zstandard.ZstdDecompressor().decompress(read(jats(3)).passages).count(b"\n") == 5


def test_a_refused_paper_carries_no_text() -> None:
    refused = read(jats(3, "copyright"), licence="redistribute")
    assert refused.refusal.reason == "licence"
    assert not refused.refusal.fault
    assert refused.passages == refused.asides == b""


def test_a_parser_that_never_ends(monkeypatch) -> None:
    class Endless:
        __name__ = "wellread.corpus.parsers.text"

        def parse(self, *_: object) -> None:
            while True:
                pass

    monkeypatch.setattr(reading, "LONGEST", 0.05)
    monkeypatch.setattr(reading, "parser_for", lambda *_: Endless())
    assert read(b"text").refusal.reason == "took too long"
