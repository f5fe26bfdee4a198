"""A counterfactual twin of a paper: the same texts with other numbers and names, the same in every text and language.

A model that was taught the twin must answer as the twin says. What it answers otherwise, it didn't learn from the text. Made by
rule: each number gets another of the same length, so that decimal commas, percentages and plausibility stay; each name gets an
invented one; systematic names of chemicals get other groups, or other locants. Words are left as they are.
"""

import itertools
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from wellread.records import Frozen

#: Groups in chemicals' names and what stands for them in a twin, longest first.
_GROUPS = {
    "undecyl": "dodecyl", "methoxy": "ethoxy", "ethoxy": "propoxy", "hydroxy": "mercapto", "ethenyl": "propenyl",
    "ethynyl": "propynyl", "methyl": "ethyl", "propyl": "butyl", "butyl": "pentyl", "hexyl": "heptyl", "octyl": "nonyl",
    "hexanoic": "heptanoic", "pentanoic": "hexanoic", "butanoic": "pentanoic", "fluoro": "chloro", "chloro": "bromo",
    "bromo": "iodo", "phenyl": "naphthyl", "nitro": "nitroso", "ethyl": "propyl",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_SYLLABLES = [
    "bal",
    "bren",
    "cor",
    "dal",
    "del",
    "dro",
    "fen",
    "gal",
    "hol",
    "jas",
    "kel",
    "lor",
    "mar",
    "mel",
    "nor",
    "pel",
    "quin",
    "ral",
    "sol",
    "tam",
    "tor",
    "ul",
    "ven",
    "vor",
    "yas",
    "zan",
]
_ENDINGS = ["an", "ane", "el", "en", "ex", "ic", "ine", "ist", "on", "or", "ul", "une"]
#: Capitalised, but no names of their own.
_COMMON = {
    *[
        "Bay",
        "Beach",
        "Cape",
        "Celsius",
        "Chapter",
        "Coast",
        "Company",
        "Desert",
        "Equation",
        "Fahrenheit",
        "Farm",
        "Figure",
        "Fjord",
        "Hill",
        "Institute",
        "Island",
        "Kelvin",
    ],
    *[
        "Laboratory",
        "Lake",
        "Mount",
        "Mountain",
        "Plateau",
        "Point",
        "Port",
        "River",
        "Scheme",
        "Section",
        "Strait",
        "Street",
        "Table",
        "University",
        "Valley",
    ],
}

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_CHEMICAL = rf"(?<![{_LETTER}\d^])(?<![{_LETTER}][-‐‑])" r"\d+(?:,\d+)*-(?=[a-z\[(])[A-Za-z0-9\[\](){},'’-]*[A-Za-z\])]"
_CHEMISTRY = re.compile(r"[\[(]|\d-\D.*\d-|yl|oxy|anoic|oic|ane\b|ene\b|ine\b|one\b|ol\b|ide\b")
_NUMBER = rf"(?<![{_LETTER}\d^])(?<![{_LETTER}][-‐‑])(?<!\d[.,])\d+(?:[.,]\d+)*"
_UNIT = re.compile(
    rf"\s?(?:[%‰°]|(?:h|d|s|min|ms|g|kg|mg|L|mL|V|mV|A|W|J|kJ|K|M|nm|µm|mm|cm|m|Pa|kPa|MPa|GPa|eV|Hz|mol)(?![{_LETTER}]))"
)
_NAME = re.compile(rf"(?<![{_LETTER}\d-])[A-Z][{_LETTER}]{{4,}}(?![{_LETTER}])")
_MIDDLE = re.compile(r"[a-z,;)] $")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻^"


class Change(Frozen):
    """One replacement and how often it was made."""

    kind: str
    old: str
    new: str
    count: int


class Twin:
    """The replacements for one paper."""

    def __init__(self, texts: Mapping[str, str], seed: int = 0) -> None:
        """Choose what replaces each number, name and chemical in `texts` (name -> text). The same seed chooses the same."""
        self._seed = seed
        joined = "\n\n".join(texts.values())
        self.names = self._invented(_names(list(texts.values())), joined)
        self._words = _words(joined)
        alternatives = [
            rf"(?P<name>(?<![{_LETTER}])(?:{_any(self.names)}))(?:(?P<dash>[-‐‑–])(?P<serial>\d)(?!\d))?" if self.names else r"(?P<name>(?!))(?P<dash>)(?P<serial>)",
            rf"(?P<chemical>{_CHEMICAL})",
            rf"(?P<word>(?<![{_LETTER}])(?:{_any(self._words)})(?![{_LETTER}]))" if self._words else r"(?P<word>(?!))",
            rf"(?P<number>{_NUMBER})",
        ]  # fmt: skip
        self._pattern = re.compile("|".join(alternatives))
        self.numbers: dict[str, str] = {}
        self.made: Counter[tuple[str, str, str]] = Counter()
        self._choose_numbers(joined)

    def alter(self, text: str) -> str:
        """`text` as the twin has it."""
        return self._pattern.sub(self._replaced, text)

    def changes(self, texts: Iterable[str]) -> list[Change]:
        """What `alter` replaces in `texts`, most frequent first."""
        self.made.clear()
        for text in texts:
            self.alter(text)
        return [Change(kind=k, old=o, new=n, count=c) for (k, o, n), c in self.made.most_common()]

    def _replaced(self, found: re.Match[str]) -> str:
        kind = next(k for k in ("name", "chemical", "word", "number") if found[k] is not None)
        old = found[0]
        if kind == "name":
            new = self.names[found["name"]]
            if found["serial"]:
                new += f"{found['dash']}{int(found['serial']) % 9 + 1}"
        elif kind == "word":
            new = self._words[old]
        elif kind == "chemical" and _CHEMISTRY.search(old):
            new = self._chemical(old)
        elif kind == "chemical":  # '19-day'
            number, dash, rest = old.partition("-")
            new = f"{self._number(number, old[len(number) :])}{dash}{rest}"
        else:
            new = self._number(old, found.string[found.end() : found.end() + 6])
        if new != old:
            self.made[kind, old, new] += 1
        return new

    def _chemical(self, old: str) -> str:
        new = re.sub(f"[{_LETTER}]+", lambda m: self._words.get(m[0], m[0]), old)
        if new != old:
            return new
        locant = int(old[0])
        return f"{locant - 1 if locant > 2 else locant + 1}{old[1:]}"

    def _number(self, old: str, after: str) -> str:
        """Another number with the same signs in the same places. What may be no quantity stays: 10⁵, a lone 3."""
        digits = re.sub(r"\D", "", old)
        if (old == "10" and after[:1] and after[0] in _SUPERSCRIPT) or (len(old) == 1 and not _UNIT.match(after)):
            return old
        new = iter(self.numbers.get(digits, digits))
        return "".join(next(new) if c.isdigit() else c for c in old)

    def _choose_numbers(self, joined: str) -> None:
        found = dict.fromkeys(
            re.sub(r"\D", "", m["number"] or m["chemical"].split("-")[0])
            for m in self._pattern.finditer(joined)
            if m["number"] or (m["chemical"] and not _CHEMISTRY.search(m["chemical"]))
        )
        taken = set(found)
        for digits in found:
            new = self._other(digits, taken)
            if new:
                self.numbers[digits] = new
                taken.add(new)

    def _other(self, digits: str, taken: set[str]) -> str | None:
        """A number of as many digits, near in size, that isn't taken; zeros at the end stay where there is room."""
        rng = random.Random(f"{self._seed} {digits}")
        zeros = len(digits) - len(digits.rstrip("0"))
        lead = len(digits) - len(digits.lstrip("0"))
        body = digits[lead : len(digits) - zeros] or "0"
        low, high, value = 10 ** (len(body) - 1), 10 ** len(body) - 1, int(body)
        year = len(digits) == 4 and 1900 <= int(digits) <= 2100
        near, far = ((value - 8, value + 8), 1.0) if year else ((value * 0.6, value * 1.6), value * 0.1)
        bounds = max(low, math.ceil(near[0])), min(high, math.floor(near[1]))
        # Near ones at random, and should all of those be taken, any other.
        tries = itertools.chain(
            (rng.randint(*bounds) for _ in range(300 if bounds[0] <= bounds[1] else 0)),
            range(low, min(high, low + 9_999) + 1),
        )
        for n in tries:
            new = f"{'0' * lead}{n}{'0' * zeros}"
            fits = n % 10 and abs(n - value) >= far
            if fits and new not in taken and not digits.startswith(new) and not new.startswith(digits):
                return new
        return None

    def _invented(self, names: Sequence[str], joined: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in names:
            rng = random.Random(f"{self._seed} {name}")
            while True:
                length = 1 if len(name) < 7 else 2
                new = ("".join(rng.choices(_SYLLABLES, k=length)) + rng.choice(_ENDINGS)).capitalize()
                if new.casefold() not in joined.casefold() and new not in found.values():
                    break
            found[name] = new
        return found


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _names(texts: Sequence[str]) -> list[str]:
    """Capitalised words that stand within sentences and never in lower case, in at least half of the texts.

    Texts in which every noun has a capital, as in German, don't vote.
    """
    lower = {w for text in texts for w in re.findall(rf"(?<![{_LETTER}])[a-z][{_LETTER}]{{4,}}", text)}
    votes: Counter[str] = Counter()
    within: set[str] = set()
    voters = 0
    for text in texts:
        found = [(m[0], bool(_MIDDLE.search(text[max(0, m.start() - 2) : m.start()]))) for m in _NAME.finditer(text)]
        middle = [w for w, inside in found if inside]
        if len(set(middle)) > 0.12 * len(set(re.findall(rf"[{_LETTER}]{{5,}}", text))) + 6:
            continue
        voters += 1
        votes.update({w for w, _ in found})
        within.update(middle)
    return sorted(
        w for w, n in votes.items() if w in within and 2 * n >= voters and w.lower() not in lower and w not in _COMMON
    )


def _words(joined: str) -> dict[str, str]:
    """Words in the names of chemicals, of six letters and more, and what replaces them."""
    found = {}
    for chemical in re.findall(_CHEMICAL, joined):
        if _CHEMISTRY.search(chemical):
            for word in re.findall(rf"[{_LETTER}]{{6,}}", chemical):
                new = _GROUP.sub(lambda m: _GROUPS[m[0]], word)
                if new != word:
                    found[word] = new
    return found
