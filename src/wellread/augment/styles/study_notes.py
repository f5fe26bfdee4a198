"""Study notes: the facts of a passage as short, whole sentences under headings.

Source: Lin et al. 2025, "Learning facts at scale with active reading" (notes that a learner makes). Use it for
dense passages: one fact a line, each naming its subject.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(
    0.7,
    (0.5, 3.0),
    frozenset(
        [
            "application",
            "applications",
            "mechanism",
            "performance",
            "preparation",
            "properties",
            "structure",
            "synthesis",
            "use",
            "uses",
        ]
    ),
)


class Params(Frozen):
    """The shape of the result."""

    words: int = Field(25, ge=1, description="words of an entry")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f'Make study notes of the text: headings (lines that begin with "## ") for synthesis, properties, '
        f'mechanism and use, as far as the text has them, and under each a list (lines that begin with "- ") '
        f"of at most {params.words} words each. Every entry is one fact in a whole sentence."
    )
    return instructed(task, passage)
