"""bits_per_byte: how surprised the model is by the reference answer, in bits for each byte of it; less is better.

It moves long before an answer becomes right, doesn't depend on the tokenizer, and so compares models. Source: information
content, Shannon 1948.
"""

import math
from collections.abc import Sequence

from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with a reference answer."""
    return bool(question.answer)


def continuations(question: Question) -> tuple[str, ...]:
    """The reference answer."""
    return (question.answer,) if question.answer else ()


def score(question: Question, likelihoods: Sequence[float], params: Params = DEFAULT) -> float | None:
    """Bits per UTF-8 byte, 0 and more; None where the model gave no number."""
    if not question.answer or not likelihoods or not math.isfinite(likelihoods[0]):
        return None
    return max(0.0, -likelihoods[0] / math.log(2) / len(question.answer.encode()))
