"""choices_only: the options without the question: what the form of the options alone gives away.

A score above chance means that the right options can be told by their looks, and that the multiple-choice score is too
high by about as much. Source: Balepur et al. 2024 (arXiv 2402.12483).
"""

from collections.abc import Sequence

from wellread.evaluate.library import Library
from wellread.evaluate.wording import options_alone
from wellread.records import Frozen, Question

LABEL = "choices only"
IMPOSSIBLE = "not a multiple-choice question"


class Params(Frozen):
    """Nothing to set."""


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """The options of each question; None where it has none."""
    return [options_alone(q) if q.choices else None for q in questions]
