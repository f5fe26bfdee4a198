"""exact_match: 1 if the answer is the reference answer, but for case, punctuation and the articles a, an, the.

Source: Rajpurkar et al. 2016 (arXiv 1606.05250). For short answers only; a right answer in a sentence of its own scores 0.
"""

from wellread.evaluate.answer_words import answer_words
from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with a reference answer."""
    return bool(question.answer)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """1.0 or 0.0."""
    return float(answer_words(question.answer) == answer_words(answer)) if question.answer else None
