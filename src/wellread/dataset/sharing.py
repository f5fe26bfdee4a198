"""Whose licence a row is under, and which papers may not be passed on."""

from collections.abc import Mapping
from typing import Any

from wellread.dataset.rows import Gathered
from wellread.errors import UnknownNameError
from wellread.licences import Policy, refusal

NO_PAPER = "(no paper)"


def licensed(found: Gathered, told: Mapping[str, str]) -> None:
    """Put into each row the licence that holds: what the user `told` of its paper, else its own, else its paper's.

    Raises UnknownNameError where `told` names a paper that isn't there.
    """
    papers = {row["paper"] or NO_PAPER for row in found.rows()}
    for name in told:
        if name not in papers:
            raise UnknownNameError("paper", name, papers)
    for row in found.rows():
        paper = found.papers.get(row["paper"] or "")
        row["licence"] = told.get(row["paper"] or NO_PAPER) or row["licence"] or (paper.licence if paper else None)


def refused(found: Gathered, policy: Policy, told: Mapping[str, str]) -> dict[str, str]:
    """Papers that may not be shared under `policy`, each with the reason. What the user told of a paper is believed."""
    if policy == "private":
        return {}
    reasons: dict[str, str] = {}
    for row in found.rows():
        name = row["paper"] or NO_PAPER
        paper = found.papers.get(name)
        if paper and paper.policy == "private" and name not in told:
            reasons.setdefault(name, "it comes from a corpus that was ingested as private")
        elif reason := refusal(row["licence"], policy):
            reasons.setdefault(name, reason)
    return reasons


def without(found: Gathered, papers: Mapping[str, Any]) -> int:
    """Take out everything of `papers`; how many rows that were."""
    n = 0
    for table in found.tables.values():
        for name in [name for name, row in table.items() if (row["paper"] or NO_PAPER) in papers]:
            del table[name]
            n += 1
    return n
