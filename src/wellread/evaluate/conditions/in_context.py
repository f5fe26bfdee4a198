"""in_context: the paper's text, then the question: what could be answered at all by reading. The ceiling.

The text is the paper's first telling: more tellings of the same facts make the prompt long and help a small model little.
"""

from collections.abc import Sequence

from wellread.evaluate.library import Library
from wellread.evaluate.wording import after_text, asked
from wellread.records import Frozen, Question

LABEL = "in-context"
IMPOSSIBLE = "no text of its paper to show"


class Params(Frozen):
    """Nothing to set."""


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """Each question after its paper's text; None where no paper of the corpus belongs to it."""
    room = library.room([after_text("", asked(q)) for q in questions])
    shown: dict[str, str] = {}
    for passage in library.passages:
        if passage.paper not in shown:
            shown[passage.paper] = library.fitted(passage, room)
    texts = [shown.get(q.paper or "") for q in questions]
    return [None if t is None else after_text(t, asked(q)) for t, q in zip(texts, questions, strict=True)]
