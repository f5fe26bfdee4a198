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
from collections.abc import Iterable, Mapping

from wellread.records import Frozen
from wellread.twinning.chemicals import CHEMICAL, CHEMISTRY, replaced_words
from wellread.twinning.letters import LETTER
from wellread.twinning.names import invented, names_in

_NUMBER = rf"(?<![{LETTER}\d^])(?<![{LETTER}][-‐‑])(?<!\d[.,])\d+(?:[.,]\d+)*"
_UNIT = re.compile(
    rf"\s?(?:[%‰°]|(?:h|d|s|min|ms|g|kg|mg|L|mL|V|mV|A|W|J|kJ|K|M|nm|µm|mm|cm|m|Pa|kPa|MPa|GPa|eV|Hz|mol)(?![{LETTER}]))"
)
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
        self.names = invented(names_in(list(texts.values())), joined, seed)
        self._words = replaced_words(joined)
        alternatives = [
            rf"(?P<name>(?<![{LETTER}])(?:{_any(self.names)}))(?:(?P<dash>[-‐‑–])(?P<serial>\d)(?!\d))?" if self.names else r"(?P<name>(?!))(?P<dash>)(?P<serial>)",
            rf"(?P<chemical>{CHEMICAL})",
            rf"(?P<word>(?<![{LETTER}])(?:{_any(self._words)})(?![{LETTER}]))" if self._words else r"(?P<word>(?!))",
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
        elif kind == "chemical" and CHEMISTRY.search(old):
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
        new = re.sub(f"[{LETTER}]+", lambda m: self._words.get(m[0], m[0]), old)
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
            if m["number"] or (m["chemical"] and not CHEMISTRY.search(m["chemical"]))
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


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
