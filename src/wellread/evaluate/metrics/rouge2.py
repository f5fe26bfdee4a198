"""rouge2: how many pairs of neighbouring words the answer shares with the reference answer (F-measure, 0 to 1).

Source: Lin 2004; values equal rouge-score 0.1.2. It measures wording: a wrong number in the right sentence scores high.
Latin letters and digits only.
"""

from wellread.evaluate.rouge import shared_runs
from wellread.records import Frozen, Question


class Params(Frozen):
    """How words are compared."""

    stemmed: bool = False


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with a reference answer."""
    return bool(question.answer)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """ROUGE-2 of `answer` against the reference answer."""
    return shared_runs(question.answer, answer, 2, stemmed=params.stemmed) if question.answer else None
