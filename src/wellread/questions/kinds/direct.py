"""Direct: asks for a fact in words close to those of the text.

Source: Hatakeyama-Sato et al. 2023 (questions on the text as it stands). Use it as the plain half of an examination: what
isn't known in its own words isn't known.
"""

from pydantic import Field

from wellread.questions.instructions import instructed
from wellread.records import Frozen, Passage

VERSION = 1
KIND = "direct"


class Params(Frozen):
    """The shape of a question."""

    words: int = Field(25, ge=1, description="the longest question, in words")


def prompt(passage: Passage, count: int, steps: int, params: Params) -> str:
    """What to ask for: `count` questions, answered in `steps` steps (0: in one sentence)."""
    task = f"Write {count} examination questions about facts of the text below. Keep to the words of the text."
    example = ("At what temperature is Zelbrite fired?", "Zelbrite is fired at 412 °C.", "412 °C")
    return instructed(task, example, passage, params.words, steps)
