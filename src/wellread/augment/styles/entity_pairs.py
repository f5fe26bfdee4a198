"""Entity pairs: how the things that a passage names have to do with one another, two at a time.

Source: Yang et al. 2025, "Synthetic continued pretraining" (EntiGraph). Use it for many tellings of a short text:
each pair shows known facts from another side.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.5, (0.4, 6.0))


class Params(Frozen):
    """The shape of the result."""

    pairs: int = Field(6, ge=1, description="pairs")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"Choose up to {params.pairs} pairs of things that the text names (substances, methods, devices, "
        f"properties, places). For each pair write a paragraph of two to four sentences about how the first "
        f"has to do with the second, with the values that belong to them. Begin each paragraph with both "
        f'names, as in "**A and B.**"'
    )
    return instructed(task, passage)
