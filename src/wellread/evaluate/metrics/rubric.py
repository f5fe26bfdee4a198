"""rubric: the answer marked from 1 to 10 on each of several criteria by a language model; the mean, as a share of 10.

Source: Zheng et al. 2023 (arXiv 2306.05685), single-answer grading without a reference. Use it for open questions, with criteria
of your own: `--set judge.params.rubric.criteria={rigour: is every step justified}`. It judges how an answer reads, not whether it
is true: show it beside a score that knows the key.
"""

from pydantic import Field

from wellread.evaluate.fence import WARNING, fenced
from wellread.evaluate.marks import BEST, Marks, form, read_marks
from wellread.records import Frozen, Question

DEFAULT_CRITERIA = {
    "reasoning depth": "does it give causes and mechanisms, step by step, instead of bare claims",
    "creativity": "does it bring connections or ideas that the question doesn't hand over",
    "clarity": "can it be followed at the first reading",
    "quantitative precision": "does it use numbers with units where numbers are called for",
}


class Params(Frozen):
    """What is marked."""

    criteria: dict[str, str] = Field(
        DEFAULT_CRITERIA, min_length=1, description="name -> what is asked of an answer in this respect"
    )


DEFAULT = Params()
WORST = 1.0


def applies(question: Question) -> bool:
    """Any question."""
    return True


def ask(question: Question, answer: str, params: Params = DEFAULT) -> str:
    """What the judge is asked about `answer`."""
    criteria = "\n".join(f"{name}: {meaning}" for name, meaning in params.criteria.items())
    return "\n\n".join([
        "Mark the answer to an examination question from 1 (not at all) to 10 (as well as can be) on each of these criteria.",
        criteria,
        f"Question: {question.question}",
        f"The answer to be marked:\n{fenced(answer)}\n{WARNING}",
        form(list(params.criteria)),
    ])  # fmt: skip


def read(reply: str, params: Params = DEFAULT) -> Marks | None:
    """The marks in `reply`; None where a criterion has none, or several."""
    return read_marks(reply, list(params.criteria), WORST)


def worst(params: Params = DEFAULT) -> Marks:
    """The marks of an empty answer, for which no judge is needed."""
    return Marks(
        given=dict.fromkeys(params.criteria, WORST), reasons=dict.fromkeys(params.criteria, "the answer is empty")
    )


def score(question: Question, marks: Marks | None, params: Params = DEFAULT) -> float | None:
    """The mean over the criteria as a share of 10; None where there are no marks."""
    return None if marks is None else sum(marks.given.values()) / len(marks.given) / BEST
