"""What a view makes: a text to learn, or a prompt and the answer to learn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """With a prompt, only the text is learned; without, all of it.

    `fact` is the piece of the passage that the prompt asks for: it stands in the text and not in the prompt.
    """

    prompt: str | None
    text: str
    fact: str | None = None
    rank: int = 0
    """How far its wording is from the plainest one."""
    statement: bool = False
    """Whether the text is a statement of the passage, which another that tells the same may stand in for (agreed.py)."""
