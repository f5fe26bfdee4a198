"""Revision sheet: the last page before the examination: values, terms, causes.

Source: our own; such sheets are what students write. Use it for values: every number stands next to the name that
it belongs to.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.7, (0.5, 3.5), frozenset(["terms", "values", "why"]))


class Params(Frozen):
    """The shape of the result."""

    causes: int = Field(6, ge=1, description="causes")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f'Write a revision sheet on the text in three parts with these headings: "## Values" (a list; each '
        f'entry is a whole sentence that names what the value belongs to), "## Terms" (a list; what each name '
        f'or term is), "## Why" (at most {params.causes} causes and effects, one sentence each).'
    )
    return instructed(task, passage)
