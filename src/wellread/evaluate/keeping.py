"""What a taught model kept: a few general questions and neighbours of its paper, asked before and after.

A small part of what `wellread evaluate --retention` asks, so that every run can say it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from wellread.evaluate import general
from wellread.evaluate.config import RetentionConfig
from wellread.evaluate.statistics import mean
from wellread.records import Answer, Question, Result, Score
from wellread.runs.jsonl import read_records, write_records

SHEET, SHEET_VERSION = "general", 1
NAME, VERSION = "retention", 1
NEAR = "neighbours"
"""The topic of the questions that have no key."""

T = TypeVar("T")


def sheet(config: RetentionConfig) -> list[Question]:
    """The general questions that are asked."""
    return _some(general.questions(), config.questions) + _some(general.neighbours(), config.neighbours)


def write_asked(asked: Sequence[Question], out: Path) -> dict[str, Any]:
    """Write questions that were never in any text, as an examination takes them."""
    write_records(out / "data" / "questions.jsonl.zst", asked)
    write_records(out / "data" / "leaks.jsonl.zst", [])
    return {"questions": len(asked)}


def run(inputs: Mapping[str, Path]) -> dict[str, Any]:
    """Compare the answers in inputs['before'] and inputs['after'] to the sheet inputs['general'].

    `kept`: the score of the taught model over the questions that the untrained one answered right. `spilled`: the share
    of neighbours that it answers with something it was taught (the keywords of inputs['questions']); `spilled_before`:
    the same of the untrained model.
    """
    asked = read_records(inputs["general"] / "data" / "questions.jsonl.zst", Question)
    taught = read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question)
    knew, keeps = (_marks(inputs[when]) for when in ("before", "after"))
    known = [keeps[q.id] for q in asked if q.topic != NEAR and knew[q.id] == 1]
    near = [q for q in asked if q.topic == NEAR]

    def spilled(when: str) -> Score:
        said = {a.question: a.text for a in read_records(inputs[when] / "data" / "answers.jsonl.zst", Answer)}
        return _mean(general.spilled(taught, near, [said[q.id] for q in near]))

    scores = {"kept": _mean(known), "spilled": spilled("after"), "spilled_before": spilled("before")}
    return {name: score.model_dump(mode="json") for name, score in scores.items()}


def _some(every: Sequence[T], most: int) -> list[T]:
    """At most so many, drawn evenly."""
    n = min(most, len(every))
    return [every[i * len(every) // n] for i in range(n)]


def _marks(sat: Path) -> dict[str, float | None]:
    return {r.question: r.strict for r in read_records(sat / "data" / "results.jsonl.zst", Result)}


def _mean(values: Sequence[float | None]) -> Score:
    return mean(values, [""] * len(values))
