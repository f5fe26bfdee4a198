"""Length: papers of too few words (a title page, an erratum) or too many (a proceedings volume) are left out."""

from pydantic import Field

from wellread.corpus.ingest.draft import Draft
from wellread.records import Frozen


class Params(Frozen):
    """Words of running text, without boilerplate; a sign of Chinese or Japanese counts as one."""

    least: int = Field(default=50, ge=0)
    most: int | None = Field(default=None, ge=1, description="null: no bound")


def check(draft: Draft, params: Params) -> str | None:
    """Why the paper is left out, or None."""
    if draft.words < params.least:
        return f"{draft.words} words, fewer than {params.least}"
    if params.most is not None and draft.words > params.most:
        return f"{draft.words} words, more than {params.most}"
    return None
