"""Keywords: papers whose title or abstract matches a pattern. Use it to cut one field out of a large dump.

A paper without an abstract is searched in its first words instead.
"""

import re
from functools import cache

from pydantic import Field, field_validator

from wellread.corpus.ingest.draft import Draft
from wellread.records import Frozen


class Params(Frozen):
    """What to look for."""

    pattern: str | None = Field(default=None, description="regular expression, upper and lower case alike; null: all")

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            _compiled(pattern or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return pattern


def check(draft: Draft, params: Params) -> str | None:
    """Why the paper is left out, or None."""
    if params.pattern is None or _compiled(params.pattern).search(f"{draft.title}\n{draft.abstract or draft.opening}"):
        return None
    return f"neither title nor abstract matches {params.pattern}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
