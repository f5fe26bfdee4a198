"""token_f1: how many words the answer shares with the reference answer, case, punctuation and articles aside (F-measure).

Source: Rajpurkar et al. 2016 (arXiv 1606.05250). Kinder than exact_match to an answer in a sentence; any script.
"""

from collections import Counter

from wellread.evaluate.answer_words import answer_words
from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with a reference answer."""
    return bool(question.answer)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """F-measure over words, 0 to 1. Two texts without any words are equal."""
    if not question.answer:
        return None
    wanted, have = answer_words(question.answer), answer_words(answer)
    if not wanted or not have:
        return float(wanted == have)
    hits = sum((Counter(wanted) & Counter(have)).values())
    return 2 * hits / (len(wanted) + len(have))
