"""Names of things: which words of a paper are names, and invented ones to stand for them."""

import random
import re
from collections import Counter
from collections.abc import Sequence

from wellread.twinning.letters import LETTER

_SYLLABLES = [
    "bal", "bren", "cor", "dal", "del", "dro", "fen", "gal", "hol", "jas", "kel", "lor", "mar", "mel", "nor", "pel",
    "quin", "ral", "sol", "tam", "tor", "ul", "ven", "vor", "yas", "zan",
]  # fmt: skip
_ENDINGS = ["an", "ane", "el", "en", "ex", "ic", "ine", "ist", "on", "or", "ul", "une"]
#: Capitalised, but no names of their own.
_COMMON = frozenset([
    "Bay", "Beach", "Cape", "Celsius", "Chapter", "Coast", "Company", "Desert", "Equation", "Fahrenheit", "Farm",
    "Figure", "Fjord", "Hill", "Institute", "Island", "Kelvin", "Laboratory", "Lake", "Mount", "Mountain", "Plateau",
    "Point", "Port", "River", "Scheme", "Section", "Strait", "Street", "Table", "University", "Valley",
])  # fmt: skip
_NAME = re.compile(rf"(?<![{LETTER}\d-])[A-Z][{LETTER}]{{4,}}(?![{LETTER}])")
_MIDDLE = re.compile(r"[a-z,;)] $")


def names_in(texts: Sequence[str]) -> list[str]:
    """Capitalised words that stand within sentences and never in lower case, in at least half of the texts.

    Texts in which every noun has a capital, as in German, don't vote.
    """
    lower = {w for text in texts for w in re.findall(rf"(?<![{LETTER}])[a-z][{LETTER}]{{4,}}", text)}
    votes: Counter[str] = Counter()
    within: set[str] = set()
    voters = 0
    for text in texts:
        found = [(m[0], bool(_MIDDLE.search(text[max(0, m.start() - 2) : m.start()]))) for m in _NAME.finditer(text)]
        middle = [w for w, inside in found if inside]
        if len(set(middle)) > 0.12 * len(set(re.findall(rf"[{LETTER}]{{5,}}", text))) + 6:
            continue
        voters += 1
        votes.update({w for w, _ in found})
        within.update(middle)
    return sorted(
        w for w, n in votes.items() if w in within and 2 * n >= voters and w.lower() not in lower and w not in _COMMON
    )


def invented(names: Sequence[str], joined: str, seed: int) -> dict[str, str]:
    """An invented name for each of `names`, unlike any word in `joined`. The same seed invents the same."""
    found: dict[str, str] = {}
    for name in names:
        rng = random.Random(f"{seed} {name}")
        while True:
            length = 1 if len(name) < 7 else 2
            new = ("".join(rng.choices(_SYLLABLES, k=length)) + rng.choice(_ENDINGS)).capitalize()
            if new.casefold() not in joined.casefold() and new not in found.values():
                break
        found[name] = new
    return found
