"""Marks out of a judge's reply. What isn't in the form asked for is not read at all, rather than guessed."""

import re
from collections.abc import Sequence

from pydantic import Field

from wellread.records import Frozen

#: The highest mark of every scale.
BEST = 10.0

# A number, perhaps out of ten; neither a range (7-8), nor a percentage, nor out of anything else.
_GIVEN = (
    r"^\W*{name}\W*[:=][\s*_'`]*(?P<mark>\d+(?:\.\d+)?)(?![-–]\d)(?:\s*(?:/|out of)\s*10)?(?![\d/%]|\.\d)(?P<rest>.*)$"
)


class Marks(Frozen):
    """A judge's marks by what they are for, each with its reason, '' where it gave none."""

    given: dict[str, float]
    reasons: dict[str, str] = Field(default_factory=dict)


def form(names: Sequence[str]) -> str:
    """How a judge is asked to write its marks down."""
    lines = "\n".join(f"{name}: NUMBER - reason in one sentence" for name in names)
    return f"Reply in this form and with nothing else:\n{lines}"


def read_marks(reply: str, names: Sequence[str], worst: float) -> Marks | None:
    """The marks of `reply`; None where one is missing, given twice with different numbers, or outside `worst` to 10."""
    given: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for name in names:
        pattern = re.compile(_GIVEN.format(name=re.escape(name).replace("\\ ", r"[\s_]+")), re.I | re.M)
        found = list(pattern.finditer(reply))
        values = {float(m["mark"]) for m in found}
        if len(values) != 1:
            return None
        [given[name]] = values
        reasons[name] = found[0]["rest"].strip(" \t-–—:;,.|*\"'}`").strip()
        if not worst <= given[name] <= BEST:
            return None
    return Marks(given=given, reasons=reasons)
