"""Number: another value in the same unit, with as many decimals.

Source: ours. Use it first: a number is what a model most easily gets almost right. A value that the paper gives for
something else in that unit is taken before one is made up.
"""

import random
import re
from collections.abc import Iterator

from wellread.questions.altering import Subject, replaced
from wellread.questions.keys import sort_of

_VALUE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FACTORS = (0.4, 0.55, 0.7, 0.85, 1.2, 1.4, 1.7, 2.3)


def alter(subject: Subject, rng: random.Random) -> Iterator[str]:
    """Wrong answers, the best first."""
    for place in subject.places:
        key = subject.answer[place[0] : place[1]]
        sort = sort_of(key)
        if not sort.startswith("number"):
            continue
        alike = [other for other in subject.others if sort_of(other) == sort and is_share(other) == is_share(key)]
        for other in dict.fromkeys([*rng.sample(alike, len(alike)), *made_up(key, rng)]):
            yield replaced(subject.answer, place, other)


def made_up(key: str, rng: random.Random) -> list[str]:
    """`key` with other values, in a drawn order. A share of a whole stays one."""
    found = _VALUE.search(key)
    if not found:
        return []
    digits = found.group()
    value, places = float(digits.replace(",", "")), len(digits.partition(".")[2])
    values = [value * factor for factor in rng.sample(_FACTORS, len(_FACTORS))]
    if is_share(key):
        values = [v for v in values if v < 100] + [value + (100 - value) / 2]
    texts = (f"{v:,.{places}f}" if "," in digits else f"{v:.{places}f}" for v in values)
    return [
        key[: found.start()] + t + key[found.end() :]
        for t in dict.fromkeys(texts)
        if t != digits and float(t.replace(",", ""))
    ]


def is_share(key: str) -> bool:
    """Whether `key` is a part of a whole: a percentage of at most 100."""
    found = _VALUE.search(key)
    if not found or not key[found.end() :].lstrip().startswith(("%", "per")):
        return False
    return float(found.group().replace(",", "")) <= 100
