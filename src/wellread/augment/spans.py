"""Find the facts of a sentence that can be blanked or asked for: quantities, chemicals and names.

Rules over spelling, no word list of substances: the papers that are worth teaching name things that no list has.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from wellread.augment.chemicals import chemicals
from wellread.augment.names import names
from wellread.augment.quantities import quantities

Kind = Literal["quantity", "chemical", "name"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a sentence, and what they are."""

    start: int
    end: int
    kind: Kind
    text: str


# Of two that are as long, the first kind wins.
_ORDER = {"chemical": 0, "quantity": 1, "name": 2}


def find(sentence: str, known: Collection[str] | None = None) -> list[Span]:
    """The quantities, chemicals and names of `sentence`, left to right; none overlap, the longest wins.

    `known` are words that stand capitalised elsewhere in the text. Where it is given, a plain first word counts as a
    name only if it is among them; where it is None, its look decides.
    """
    every: list[Span] = []
    found: tuple[tuple[Kind, Iterable[tuple[int, int]]], ...] = (
        ("chemical", chemicals(sentence)), ("quantity", quantities(sentence)), ("name", names(sentence, known)),
    )  # fmt: skip
    for kind, places in found:
        every += [Span(start, end, kind, sentence[start:end]) for start, end in places]
    chosen: list[Span] = []
    for span in sorted(every, key=lambda s: (s.start - s.end, _ORDER[s.kind], s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)
