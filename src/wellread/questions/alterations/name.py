"""Name: another name, chemical or phrase that the paper's questions ask for, in the place of the right one.

Source: ours. Use it where papers name things: the wrong answer is made of true words of the same paper, so that no
model can tell it by its strangeness.
"""

import random
from collections.abc import Iterator

from wellread.questions.altering import Subject, replaced
from wellread.questions.keys import sort_of


def alter(subject: Subject, rng: random.Random) -> Iterator[str]:
    """Wrong answers, in a drawn order."""
    for place in subject.places:
        key = subject.answer[place[0] : place[1]]
        sort = sort_of(key)
        if sort.startswith("number"):
            continue
        alike = [other for other in subject.others if sort_of(other) == sort and (sort != "words" or _fits(other, key))]
        for other in rng.sample(alike, len(alike)):
            yield replaced(subject.answer, place, other)


def _fits(other: str, key: str) -> bool:
    """Whether a phrase can stand where another stands: as many words, and both plural or both not."""
    return len(other.split()) == len(key.split()) and other.endswith("s") == key.endswith("s")
