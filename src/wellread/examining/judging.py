"""Judges at an examination: every row's answers are put before them, and what they said is kept for the reader."""

from pathlib import Path
from typing import Any

from wellread.evaluate.judging import JudgeConfig, Judgement, Summary, judge, scores, summary
from wellread.evaluate.outcome import Sitting
from wellread.providers.provider import Provider
from wellread.records import Question
from wellread.runs.jsonl import write_records

FILE = "judgements.jsonl"


class Bench:
    """The judge of one examination."""

    def __init__(self, config: JudgeConfig, out: Path) -> None:
        """`out` is the examination's folder, under whose name the budget is kept. Raises what Provider does."""
        self.config = config
        self.provider = Provider(config.provider, run=str(out.resolve()))
        self._rows: dict[str, list[Judgement]] = {}

    def judged(self, label: str, sitting: Sitting) -> tuple[Sitting, list[str]]:
        """`sitting` with the judge's scores beside the others, and notes. What can't be scored isn't judged."""
        fit = [i for i, r in enumerate(sitting.results) if r.unscored != "the question stands in the trained texts"]
        questions: list[Question] = [sitting.questions[i] for i in fit]
        said, notes = judge(self.config, self.provider, questions, [sitting.answers[i] for i in fit])
        self._rows[label] = said
        return sitting.judged(scores(self.config, questions, said)), notes

    def close(self, out: Path) -> list[str]:
        """Write everything that was said to out/judgements.jsonl; return what the judge came to, a line for each row."""
        write_records(
            out / FILE, ({"row": k, **j.model_dump(mode="json")} for k, said in self._rows.items() for j in said)
        )
        return [
            f"{name} by {self.provider.backend.model}, {label}: {_in_words(s)}"
            for label, said in self._rows.items()
            for name, s in summary(said).items()
        ]

    def reasons(self) -> dict[str, dict[str, list[str]]]:
        """Row -> question -> what the judge said, each mark with its reason."""
        found: dict[str, dict[str, list[str]]] = {}
        for label, said in self._rows.items():
            of_row = found.setdefault(label, {})
            for judgement in said:
                of_row.setdefault(judgement.question, []).extend(_reasons(judgement))
        return found

    def as_json(self) -> dict[str, Any]:
        """Row -> metric -> what its judge came to."""
        return {k: {m: s.model_dump() for m, s in summary(said).items()} for k, said in self._rows.items()}


def _reasons(judgement: Judgement) -> list[str]:
    if judgement.marks is None:
        return [f"{judgement.metric}: {judgement.fault}"]
    marks = judgement.marks
    return [
        ": ".join(filter(None, (f"{name} {mark:g}", marks.reasons.get(name)))) for name, mark in marks.given.items()
    ]


def _in_words(found: Summary) -> str:
    marks = ", ".join(f"{name} {mark:.1f}" for name, mark in found.marks.items()) or "no mark"
    parts = [f"{marks} of 10 over {found.answers} answers"]
    if found.disagreement is not None:
        parts.append(f"its marks for one answer differ by {found.disagreement:.2f} (standard deviation)")
    if found.apart:
        parts.append(f"for {found.apart} of the answers by 3 or more")
    if found.unparsed:
        parts.append(f"{found.unparsed} replies without a readable mark")
    if found.unanswered:
        parts.append(f"{found.unanswered} without any reply, which are missing, not zero")
    if found.addressed:
        parts.append(f"{found.addressed} answers spoke to their judge; those words were not shown to it")
    return "; ".join(parts) + "."
