"""One thing that a statement tells, and the ways to ask for it."""

from dataclasses import dataclass
from typing import Literal

from wellread.augment.english.clauses import Chunk, Clause
from wellread.augment.english.tokens import join, lowered

Slot = Literal["value", "object", "prep", "matter", "cause", "subject", "role", "name"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a clause tells; all wordings are without capital and mark.

    `slot` is the part of the clause asked for. `wordings` are questions, the plainest first; `indirect` the same in
    the order of a statement ('at what temperature Quorvelane melts'); `named` are phrases for what is asked ('the
    temperature at which Quorvelane melts'); `turned` are statements that put the fact first. `topic` and `owner` say
    in key words what is asked of what ('melt at temperature' of 'Quorvelane').
    """

    fact: str
    slot: Slot
    wordings: tuple[str, ...]
    indirect: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    topic: str = ""
    owner: str = ""


def tail(clause: Clause) -> str:
    """The fronted adverbial, to stand at the end of a question, with the space before it."""
    return " " + join(lowered(clause.front.tokens)) if clause.front else ""


def reasons(clause: Clause) -> set[Chunk]:
    """The subordinate clauses, which a question leaves out."""
    return {c for c in clause.chunks if c.kind == "subordinate"}
