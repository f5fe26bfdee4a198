"""Article: the passage as a piece in a newspaper, told from what it is good for.

Source: Hatakeyama-Sato et al. 2023. Use it to change the order of facts and the words around them.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.7, (0.6, 3.0))


class Params(Frozen):
    """The shape of the result."""

    paragraphs: int = Field(4, ge=1, description="paragraphs")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f'Rewrite the text as an article for a newspaper, with a headline (a line that begins with "# ") and '
        f"about {params.paragraphs} paragraphs. Begin with what it is good for; then tell how it is made, what"
        f" was measured, and why it works."
    )
    return instructed(task, passage)
