"""closed_book: the question alone, so that the answer comes from the weights. The examination that counts."""

from collections.abc import Sequence

from wellread.evaluate.library import Library
from wellread.evaluate.wording import asked
from wellread.records import Frozen, Question

LABEL = "closed-book"
IMPOSSIBLE = ""


class Params(Frozen):
    """Nothing to set."""


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """The questions as they stand, after their worked examples if there are any."""
    shown = library.examples(questions)
    return [asked(q, examples, library.chat) for q, examples in zip(questions, shown, strict=True)]
