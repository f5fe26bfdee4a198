"""Paraphrase: asks for a fact in other words than those of the text.

Source: Hatakeyama-Sato et al. 2023 (questions in other wording). Use it to tell knowledge from an echo: a model that only
stored the string fails here.
"""

from pydantic import Field

from wellread.questions.instructions import instructed
from wellread.records import Frozen, Passage

VERSION = 1
KIND = "paraphrase"


class Params(Frozen):
    """The shape of a question."""

    words: int = Field(25, ge=1, description="the longest question, in words")


def prompt(passage: Passage, count: int, steps: int, params: Params) -> str:
    """What to ask for: `count` questions, answered in `steps` steps (0: in one sentence)."""
    task = (
        f"Write {count} examination questions about facts of the text below. Word them quite differently from the text: "
        f"other verbs, other order, other nouns. Names and the words of line K stay as the text has them."
    )
    example = ("How hot must the kiln be for making Zelbrite?", "The kiln for Zelbrite must be at 412 °C.", "412 °C")
    return instructed(task, example, passage, params.words, steps)
