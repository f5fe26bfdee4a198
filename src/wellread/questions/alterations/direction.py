"""Direction: a word of direction turned round: increases for decreases, above for below, cation for anion.

Source: ours. Use it for causes and trends, which have no number and no name to change. Only words within the key are turned:
the rest of the answer may repeat what the question says.
"""

import random
import re
from collections.abc import Iterator

from wellread.questions.altering import OPPOSITE, Subject, replaced


def alter(subject: Subject, rng: random.Random) -> Iterator[str]:
    """Wrong answers, from left to right."""
    for start, end in subject.places:
        for word in re.finditer(r"[a-z]+", subject.answer[start:end]):
            if other := OPPOSITE.get(word.group()):
                yield replaced(subject.answer, (start + word.start(), start + word.end()), other)
