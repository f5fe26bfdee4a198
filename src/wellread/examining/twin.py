"""Whose facts a model tells that is asked about a twin: the twin's, or the original paper's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from wellread.evaluate.metrics import strict
from wellread.evaluate.outcome import Sitting
from wellread.evaluate.statistics import mean
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
        told = [
            (question.paper or "", result.strict == 1, strict.score(originals[question.id], answer.text) == 1)
            for question, answer, result in zip(sitting.questions, sitting.answers, sitting.results, strict=True)
            if question.id in originals and answer.text is not None
        ]
        if told:
            lines.append(f"{label}: {_in_words(told)}")
    return lines


def _in_words(told: Sequence[tuple[str, bool, bool]]) -> str:
    """How many hold each key, and of those that hold one of the two only, the share that follows the twin.

    That share is one less the memorisation ratio of Longpre et al. 2021 (arXiv 2109.05052).
    """
    twins, old = sum(twin for _, twin, _ in told), sum(original for _, _, original in told)
    line = f"of {len(told)} answers, {twins} hold the twin's key and {old} the original paper's"
    one_sided = [(paper, float(twin)) for paper, twin, original in told if twin != original]
    if not one_sided:
        return f"{line}."
    share = mean([value for _, value in one_sided], [paper for paper, _ in one_sided])
    return f"{line}; {share.value:.2f} ({share.low:.2f} to {share.high:.2f}) of those that hold one follow the twin."
