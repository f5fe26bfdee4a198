"""Whose facts a model tells that is asked about a twin: the twin's, or the original paper's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from wellread.evaluate.metrics import strict
from wellread.evaluate.outcome import Sitting
from wellread.questions.load import ORIGINALS
from wellread.records import Question
from wellread.runs.jsonl import read_rows


def followed(sittings: Mapping[str, Sitting], files: Sequence[str]) -> list[str]:
    """A line for each sitting that was asked about twins; none where no file of questions belongs to a twin."""
    originals: dict[str, Question] = {}
    for index in dict.fromkeys(Path(f).parent / ORIGINALS for f in files):
        if index.is_file():
            originals |= {row["question"]: Question.model_validate(row["original"]) for row in read_rows(index)}
    lines = []
    for label, sitting in sittings.items():
        pairs = [
            (result.strict, strict.score(originals[question.id], answer.text))
            for question, answer, result in zip(sitting.questions, sitting.answers, sitting.results, strict=True)
            if question.id in originals and answer.text is not None
        ]
        if pairs:
            twins, old = (sum(p[i] == 1 for p in pairs) for i in range(2))
            lines.append(
                f"{label}: of {len(pairs)} answers, {twins} hold the twin's key and {old} the original paper's."
            )
    return lines
