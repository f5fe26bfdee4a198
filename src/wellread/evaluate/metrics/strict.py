"""strict: 1 if the answer holds every keyword that the question doesn't give away, else 0.

Whole words, numbers by value (see matching). A question that holds all its keywords itself can't be scored.
"""

from wellread.matching import find
from wellread.records import Frozen, Keyword, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with keywords."""
    return bool(question.keywords)


def wanted(question: Question) -> list[Keyword]:
    """The keywords that an answer must bring, those in the question left out."""
    return [k for k in question.keywords if not any(find(v, question.question) for v in k)]


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """1.0 or 0.0; None where the question itself holds every keyword."""
    keywords = wanted(question)
    if not keywords:
        return None
    return float(all(any(find(v, answer) for v in k) for k in keywords))
