"""Implications: what follows from each fact of a passage, and for whom it matters.

Source: Akyürek et al. 2024, "Deductive closure training of language models". Use it so that a fact is also learned
where it is needed; it keeps fewer facts than a full retelling.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.5, (0.5, 5.0))


class Params(Frozen):
    """The shape of the result."""

    paragraphs: int = Field(6, ge=1, description="paragraphs")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"For each of the main facts of the text write a short paragraph, at most {params.paragraphs} in all: "
        f"state the fact with its value, then what directly follows from it, by comparison and reasoning "
        f"alone. Do not bring in new numbers, substances or names."
    )
    return instructed(task, passage)
