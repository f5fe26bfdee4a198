"""A rewrite beside what it was made from: what the checks look at."""

from dataclasses import dataclass, field
from typing import Any

from wellread import plugins
from wellread.augment.facts import Told

CHECKS = "wellread.augment.checks"


@dataclass(frozen=True)
class Pair:
    """`language` is the one asked for, `other` the source's. `keeps` and `length` are what the style promises."""

    source: Told
    rewrite: Told
    language: str = "en"
    other: str = "en"
    keeps: float = 0.7
    """The share of the source's facts that must be there."""
    length: tuple[float, float] = (0.5, 4.0)
    """Words of the rewrite for each word of the source: at least, at most."""
    cut: bool = False
    """The writer was stopped at the longest reply allowed."""
    words: frozenset[str] = field(default=frozenset())
    """Words that the style brings in, such as speakers' labels, in small letters."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found."""

    check: str
    what: str


def faults(
    pair: Pair, checks: tuple[str, ...] | None = None, params: dict[str, dict[str, Any]] | None = None
) -> list[Fault]:
    """Everything that the `checks` (all where not given) find wrong, in the order of their names."""
    found = []
    for name in plugins.names(CHECKS) if checks is None else checks:
        room = plugins.load(CHECKS, name)
        settings = room.Params.model_validate((params or {}).get(name, {}))
        found += [Fault(name, what) for what in dict.fromkeys(room.check(pair, settings))]
    return found
