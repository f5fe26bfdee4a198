"""Textbook: the passage as a section of a textbook, with what its terms mean.

Source: Hatakeyama-Sato et al. 2023. Use it to tie facts to general notions; a definition that the text doesn't
hold must not bring in numbers or substances.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.7, (0.7, 4.0))


class Params(Frozen):
    """The shape of the result."""

    paragraphs: int = Field(5, ge=1, description="paragraphs")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f'Rewrite the text as a section of a textbook for students, with a heading (a line that begins with "#'
        f' ") and about {params.paragraphs} paragraphs. Say in a few words what each technical term means when'
        f" it first comes up, and state every value."
    )
    return instructed(task, passage)
