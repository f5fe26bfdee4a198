"""judge: how much of the model answer the answer holds, marked from 0 to 10 by a language model; shown as a share of 10.

Source: Zheng et al. 2023 (arXiv 2306.05685), single-answer grading with a reference. Use it where answers are sentences and
keywords are too blunt; it is only as good as its judge, so ask it several times and look at how far it disagrees with itself.
"""

from wellread.evaluate.fence import WARNING, fenced
from wellread.evaluate.marks import BEST, Marks, form, read_marks
from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()
WORST = 0.0
NAME = "mark"


def applies(question: Question) -> bool:
    """Questions with a reference answer."""
    return bool(question.answer)


def ask(question: Question, answer: str, params: Params = DEFAULT) -> str:
    """What the judge is asked about `answer`."""
    return "\n\n".join([
        "Mark the answer to an examination question from 0 to 10 by comparing it with a model answer.",
        f"Question: {question.question}",
        f"Model answer: {question.answer}",
        f"The answer to be marked:\n{fenced(answer)}\n{WARNING}",
        "10: it says all that the model answer says, and nothing that contradicts it. 5: half of it. 0: nothing of it, or "
        "something else instead. Style and length don't count; a wrong number or name does.",
        form([NAME]),
    ])  # fmt: skip


def read(reply: str, params: Params = DEFAULT) -> Marks | None:
    """The mark in `reply`; None where there isn't exactly one."""
    return read_marks(reply, [NAME], WORST)


def worst(params: Params = DEFAULT) -> Marks:
    """The mark of an empty answer, for which no judge is needed."""
    return Marks(given={NAME: WORST}, reasons={NAME: "the answer is empty"})


def score(question: Question, marks: Marks | None, params: Params = DEFAULT) -> float | None:
    """The mark as a share of 10; None where there is none."""
    return None if marks is None or not applies(question) else marks.given[NAME] / BEST
