"""Q&A: questions about the facts of a passage, each with its answer.

Source: Hatakeyama-Sato et al. 2023. Use it first: of all styles it is nearest to how the model will be asked.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.7, (0.6, 5.0), frozenset(["a", "q"]))


class Params(Frozen):
    """The shape of the result."""

    pairs: int = Field(12, ge=1, description="how many questions")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"Write {params.pairs} questions and answers that together cover the text. Each answer is one or two "
        f"whole sentences that repeat what was asked about.\n"
        f'Format: a line that begins with "Q: ", then a line that begins with "A: ", then an empty line.'
    )
    return instructed(task, passage)
