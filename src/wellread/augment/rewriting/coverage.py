"""For each fact of a passage, in how many of its tellings it stands: what is told once is learned badly."""

from collections.abc import Iterable
from typing import Any

from wellread.augment.facts import Told
from wellread.augment.rewriting.jobs import Job


def coverage(jobs: Iterable[Job], kept: Iterable[tuple[Job, str]], source: str) -> list[dict[str, Any]]:
    """One row for each fact: passage, piece, kind, fact, and the number of tellings that hold it."""
    pieces = {(job.passage.id, job.number): job.passage.text for job in jobs}
    told: dict[tuple[str, int], list[Told]] = {key: [] for key in pieces}
    for job, text in kept:
        told[job.passage.id, job.number].append(Told(text, job.language))
    return [
        {"passage": passage, "piece": number, "kind": fact.kind, "fact": fact.text,
         "tellings": sum(fact.in_text(t) for t in told[passage, number]), "of": len(told[passage, number])}
        for (passage, number), text in pieces.items()
        for fact in Told(text, source).facts
    ]  # fmt: skip
