"""Question-driven reading: the writer plans how to study the passage, then follows the plan.

Source: Lin et al. 2025, "Learning facts at scale with active reading". Use it where fixed styles run dry: the
plan, and so the telling, is another one for each passage.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.6, (0.6, 5.0), frozenset(["notes", "plan"]))


class Params(Frozen):
    """The shape of the result."""

    questions: int = Field(6, ge=1, description="questions of the plan")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"You are about to learn the text by heart. First write a plan of {params.questions} questions that a "
        f'careful learner would put to it (lines that begin with "1. ", "2. " and so on, under the heading "##'
        f' Plan"). Then, under the heading "## Notes", work through the plan: answer each question in two to '
        f"four whole sentences with all values."
    )
    return instructed(task, passage)
