"""choice_likelihood: multiple choice, by the letter to which the model gives the highest probability; 1 or 0.

Source: Hendrycks et al. 2020 (arXiv 2009.03300), where MMLU is scored so. It never fails to parse, and shows knowledge that
a model can't yet put into an answer; a model that always prefers one letter scores chance.
"""

from collections.abc import Sequence

from wellread.evaluate.choices import LETTERS
from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with choices and a correct one among them."""
    return bool(question.choices and question.correct)


def continuations(question: Question) -> tuple[str, ...]:
    """The letters."""
    return tuple(LETTERS[: len(question.choices)])


def score(question: Question, likelihoods: Sequence[float], params: Params = DEFAULT) -> float | None:
    """1.0 or 0.0; None where two letters share the highest probability or one isn't a number."""
    best = max(likelihoods, default=float("nan"))
    if any(v != v for v in likelihoods) or list(likelihoods).count(best) != 1:
        return None
    return float(LETTERS[list(likelihoods).index(best)] == question.correct)
