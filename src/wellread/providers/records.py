"""What is asked of a provider and what comes back."""

from typing import Literal

from pydantic import Field

from wellread.records import Frozen


class Request(Frozen):
    """One text to be written. Two equal requests are one: the answer to the first is the answer to both."""

    prompt: str = Field(min_length=1)
    max_tokens: int = Field(default=1024, gt=0, description="the longest reply")
    temperature: float = Field(default=0.7, ge=0, le=2)
    seed: int = Field(default=0, description="another seed asks for another reply to the same prompt")


class Reply(Frozen):
    """What was written. Tokens are the provider's own count where it gives one, else an estimate."""

    text: str
    finish: Literal["stop", "length"]
    tokens_in: int
    tokens_out: int


class Outcome(Frozen):
    """The end of a request: a reply, or the reason why there is none."""

    request: Request
    reply: Reply | None = None
    reason: str | None = None
    cached: bool = Field(default=False, description="the reply was there already and cost nothing")


def tokens(text: str) -> int:
    """About how many tokens `text` has, rather more than fewer: a third of its UTF-8 bytes."""
    return -(-len(text.encode("utf-8", "replace")) // 3)
