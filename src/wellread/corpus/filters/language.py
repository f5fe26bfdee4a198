"""Language: papers in the chosen languages only. Use it where the model to teach reads one language.

Without a choice every language is kept.
"""

import re

from pydantic import Field, field_validator

from wellread.corpus.ingest.draft import Draft
from wellread.records import Frozen


class Params(Frozen):
    """Which languages to keep."""

    only: tuple[str, ...] = Field(default=(), description="codes as ISO 639-1 has them: en, de, ja; empty: all")

    @field_validator("only")
    @classmethod
    def _codes(cls, only: tuple[str, ...]) -> tuple[str, ...]:
        if strange := next((code for code in only if not re.fullmatch("[A-Za-z]{2}", code)), None):
            raise ValueError(f"{strange!r} is no code of two letters, such as en, de, ja")
        return tuple(code.lower() for code in only)


def check(draft: Draft, params: Params) -> str | None:
    """Why the paper is left out, or None."""
    if not params.only or draft.language in params.only:
        return None
    return f"its language is {draft.language or 'unknown'}, kept is {', '.join(params.only)}"
