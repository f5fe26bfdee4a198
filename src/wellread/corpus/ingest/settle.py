"""From the ledger to the corpus: what only all papers together can tell (duplicates, the split), then the files.

Everything follows from what is in the ledger and the settings, in one order, so that the files don't hang on which paper
was read when, or on how often the run was stopped.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from wellread.corpus.ingest.config import IngestConfig
from wellread.corpus.ingest.duplicates import Entry, Finder
from wellread.corpus.ingest.ledger import Ledger
from wellread.corpus.ingest.split import assign
from wellread.errors import InputError
from wellread.licences import shareable
from wellread.runs.jsonl import write_records

KEPT = "reason IS NULL AND clash IS NULL"
TEXTS = ("data/passages.jsonl.zst", "data/asides.jsonl.zst", "rejected/paragraphs.jsonl.zst")
PAPERS, REJECTED = "data/papers.jsonl.zst", "rejected/papers.jsonl.zst"
_LENGTHS = (500, 1000, 2000, 3000, 4000, 6000, 8000, 12000, 20000)  # words, for the picture of how long papers are


def judge(ledger: Ledger, config: IngestConfig) -> None:
    """Find the duplicates and give every paper that is kept its part of the split."""
    ledger.forget_clashes()

    def recall(number: int) -> tuple[str, bytes]:
        (found,) = ledger.rows("source, minhash", f"number = {number}")
        return found[0], found[1]

    finder = Finder(config.near_duplicates, recall)
    entries = (Entry(*row) for row in ledger.rows("number, source, sha256, doi, minhash", "reason IS NULL"))
    clashes = [(*clash, entry.number) for entry in entries if (clash := finder.clash(entry))]
    ledger.update("clash = ?, clash_detail = ?, clash_fault = ?, part = NULL", clashes)
    (papers,) = next(ledger.rows("count(*)", KEPT, ""))
    taken = Counter(dict(ledger.rows("part, count(*)", f"{KEPT} AND part IS NOT NULL", "GROUP BY part")))
    waiting = [number for (number,) in ledger.rows("number", f"{KEPT} AND part IS NULL", "ORDER BY draw, id")]
    ledger.update("part = ?", [(part, number) for number, part in assign(config.parts, taken, waiting, papers)])


def refuse_faults(ledger: Ledger) -> None:
    """Raise InputError for the first input that is bad: what --strict asks for."""
    columns = "source, coalesce(reason, clash), coalesce(detail, clash_detail)"
    for row in ledger.rows(columns, "fault = 1 OR clash_fault = 1"):
        raise fault(*row)


def fault(source: str, reason: str, detail: str) -> InputError:
    """The error for an input that is bad, under --strict."""
    return InputError(f"{source}: {reason}: {detail}", "Mend it or take it out, or run without --strict.")


def write(ledger: Ledger, config: IngestConfig, out: Path) -> dict[str, Any]:
    """Write the data and the rejects beside the old ones, as *.new, and return the counts."""
    stats = _Stats()
    (out / "data").mkdir(exist_ok=True)
    (out / "rejected").mkdir(exist_ok=True)
    write_records(out / f"{PAPERS}.new.zst", _papers(ledger, config, stats))
    with ExitStack() as opened:
        files = [opened.enter_context((out / f"{name}.new").open("wb")) for name in TEXTS]
        for (number,) in ledger.rows("number", KEPT):
            for file, text in zip(files, ledger.texts(number), strict=True):
                file.write(text)
    write_records(out / f"{REJECTED}.new.zst", _rejected(ledger, stats))
    return {**stats.summary(), "policy": config.licence, "shareable": shareable(config.licence)}


def publish(out: Path) -> None:
    """Put what `write` wrote in the place of the old files."""
    for name in (PAPERS, REJECTED):
        (out / f"{name}.new.zst").replace(out / name)
    for name in TEXTS:
        (out / f"{name}.new").replace(out / name)


def _papers(ledger: Ledger, config: IngestConfig, stats: "_Stats") -> Iterator[dict[str, Any]]:
    for text, counts, part in ledger.rows("paper, counts, part", KEPT):
        paper = {**json.loads(text), "part": part, "policy": config.licence}
        stats.add(paper, json.loads(counts))
        yield paper


def _rejected(ledger: Ledger, stats: "_Stats") -> Iterator[dict[str, Any]]:
    columns = "source, coalesce(reason, clash), coalesce(detail, clash_detail)"
    for source, reason, detail in ledger.rows(columns, "reason IS NOT NULL OR clash IS NOT NULL"):
        stats.rejected[reason] += 1
        yield {"what": source, "reason": reason, "detail": detail}


class _Stats:
    """What is counted while the files are written."""

    def __init__(self) -> None:
        self.totals: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.of: dict[str, Counter[str]] = {
            name: Counter()
            for name in (
                "licences",
                "journals",
                "years",
                "languages",
                "parts",
                "lengths",
                "sections",
                "asides",
                "boilerplate",
                "left_out",
            )
        }

    def add(self, paper: dict[str, Any], counts: dict[str, Any]) -> None:
        """Count one paper."""
        self.totals.update(papers=1, passages=counts["passages"], words=paper["words"])
        for name, value in (
            ("licences", paper["licence"]), ("journals", paper["journal"]), ("years", paper["year"]),
            ("languages", paper["language"]), ("parts", paper["part"]), ("lengths", _length(paper["words"])),
        ):  # fmt: skip
            self.of[name]["unknown" if value is None else str(value)] += 1
        for name in ("sections", "asides", "boilerplate", "left_out"):
            self.of[name].update(counts[name])

    def summary(self) -> dict[str, Any]:
        """Everything counted, the largest first; years and lengths in their own order."""
        return {
            **{name: self.totals[name] for name in ("papers", "passages", "words")},
            "rejected": _largest_first(self.rejected),
            **{name: dict(sorted(n.items())) if name == "years" else _largest_first(n) for name, n in self.of.items()},
            "lengths": {
                name: self.of["lengths"][name] for name in [*map(_upto, _LENGTHS), "more"] if self.of["lengths"][name]
            },
        }


def _length(words: int) -> str:
    return next((_upto(most) for most in _LENGTHS if words <= most), "more")


def _upto(most: int) -> str:
    return f"up to {most:,}"


def _largest_first(n: Counter[str]) -> dict[str, int]:
    return dict(sorted(n.items(), key=lambda item: (-item[1], item[0])))
