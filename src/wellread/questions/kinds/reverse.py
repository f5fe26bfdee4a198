"""Reverse: gives the value and asks whose it is.

Source: Berglund et al. 2023, "The reversal curse". Use it to see whether a fact is known from its other end: who learned
that A is B need not know what is B.
"""

from pydantic import Field

from wellread.questions.instructions import instructed
from wellread.records import Frozen, Passage

VERSION = 1
KIND = "reverse"


class Params(Frozen):
    """The shape of a question."""

    words: int = Field(25, ge=1, description="the longest question, in words")


def prompt(passage: Passage, count: int, steps: int, params: Params) -> str:
    """What to ask for: `count` questions, answered in `steps` steps (0: in one sentence)."""
    task = (
        f"Write {count} examination questions about facts of the text below. Each gives a number, a property or a use and "
        f"asks for the name that belongs to it: which material, which catalyst, which instrument."
    )
    example = ("Which material is fired at 412 °C?", "Zelbrite is fired at 412 °C.", "Zelbrite")
    return instructed(task, example, passage, params.words, steps)
