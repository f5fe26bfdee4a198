"""Unit: the same number in another unit of the same family, which makes it another amount.

Source: ours. Use it where units matter: hours for minutes, kilo for mega.
"""

import random
import re
from collections.abc import Iterator

from wellread.questions.altering import Subject, replaced
from wellread.questions.keys import sort_of

_FAMILIES = (
    ("s", "min", "h", "days", "weeks", "months", "years"), ("nm", "µm", "mm", "cm", "m", "km"), ("µg", "mg", "g", "kg"), ("°C", "K", "°F"),
    ("µL", "mL", "L"), ("Pa", "kPa", "MPa", "GPa"), ("mV", "V", "kV"), ("µA", "mA", "A"), ("g/mol", "kg/mol"), ("µS/cm", "mS/cm", "S/cm"),
    ("µW", "mW", "W", "kW"), ("Hz", "kHz", "MHz"), ("mM", "M"), ("J", "kJ", "MJ"), ("meV", "eV"),
)  # fmt: skip
_PARTS = re.compile(r"(?P<number>.*\d\s?)(?P<unit>[^\d\s].*)")


def alter(subject: Subject, rng: random.Random) -> Iterator[str]:
    """Wrong answers, in a drawn order."""
    for place in subject.places:
        key = subject.answer[place[0] : place[1]]
        parts = _PARTS.fullmatch(key)
        if not parts or not sort_of(key).startswith("number"):
            continue
        family = next((f for f in _FAMILIES if parts["unit"] in f), ())
        at = family.index(parts["unit"]) if family else 0
        others = [*family[max(0, at - 1) : at], *family[at + 1 : at + 2]]  # kilo for mega, not for nano
        for unit in rng.sample(others, len(others)):
            yield replaced(subject.answer, place, parts["number"] + unit)
