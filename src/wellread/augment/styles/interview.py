"""Interview: the passage as a conversation between a reporter and the author.

Source: Hatakeyama-Sato et al. 2023. Use it to vary who speaks and in which order facts come.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.7, (0.6, 4.0), frozenset(["author", "reporter"]))


class Params(Frozen):
    """The shape of the result."""

    turns: int = Field(10, ge=1, description="questions")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"Rewrite the text as an interview of about {params.turns} questions and answers. Each turn is a line "
        f'that begins with "Reporter: " or "Author: ". The author answers in whole sentences and gives all '
        f"values."
    )
    return instructed(task, passage)
