"""soft: the share of keywords that occur in the answer, as substrings, whatever the case.

Source: Hatakeyama-Sato et al. 2023 (arXiv 2312.03360). Kept so that numbers compare with theirs. It rewards an answer
that echoes the question, and finds 12 in 112; `strict` doesn't.
"""

from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with keywords."""
    return bool(question.keywords)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """Share of `question.keywords` in `answer`, 0 to 1."""
    if not question.keywords:
        return None
    text = answer.casefold()
    hits = [any(v.casefold() in text for v in keyword) for keyword in question.keywords]
    return sum(hits) / len(hits)
