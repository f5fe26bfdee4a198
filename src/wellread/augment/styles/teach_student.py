"""Teach a student: a teacher explains a passage to a student who asks back and repeats.

Source: our own form of a taught dialogue. Use it for mechanisms: the student's wrong turns are put right, and each
fact is said twice.
"""

from pydantic import Field

from wellread.augment.instructions import Promise, instructed
from wellread.records import Frozen, Passage

VERSION = 1
PROMISE = Promise(0.6, (0.7, 5.0), frozenset(["student", "teacher"]))


class Params(Frozen):
    """The shape of the result."""

    turns: int = Field(14, ge=1, description="turns")


def prompt(passage: Passage, params: Params) -> str:
    """What to ask for."""
    task = (
        f"Write a dialogue of about {params.turns} turns in which a teacher explains the content of the text "
        f'to a student. Each turn is a line that begins with "Teacher: " or "Student: ". The student asks why '
        f"and how, and repeats important values in own words; the teacher confirms them in whole sentences."
    )
    return instructed(task, passage)
