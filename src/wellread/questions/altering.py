"""What an alteration looks at, and whether an answer really is another one."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wellread.matching import find
from wellread.quantities import Quantity, quantities
from wellread.questions.keys import sort_of
from wellread.records import Keyword, Question

ALTERATIONS = "wellread.questions.alterations"
Difference = Literal["number", "unit", "name", "direction", "words"]

DIRECTIONS = {
    "increases": "decreases", "increase": "decrease", "increased": "decreased", "higher": "lower", "high": "low", "highest": "lowest",
    "above": "below", "more": "less", "larger": "smaller", "large": "small", "largest": "smallest", "rises": "falls", "rise": "fall",
    "rose": "fell", "before": "after", "faster": "slower", "fast": "slow", "stronger": "weaker", "strong": "weak", "longer": "shorter",
    "long": "short", "heats": "cools", "heating": "cooling", "expands": "contracts", "hydrophilic": "hydrophobic", "oxidises": "reduces",
    "oxidation": "reduction", "donor": "acceptor", "promotes": "prevents", "accelerates": "slows", "upper": "lower", "positive": "negative",
    "cation": "anion", "cations": "anions", "soluble": "insoluble", "stable": "unstable", "opens": "closes", "gains": "loses",
    "gain": "lose", "stiffer": "softer", "hotter": "colder", "thicker": "thinner", "wider": "narrower", "maximum": "minimum",
}  # fmt: skip
OPPOSITE = {**{b: a for a, b in DIRECTIONS.items()}, **DIRECTIONS}
_SCALES = {"Celsius", "Kelvin", "Fahrenheit"}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Subject:
    """A right answer, the places of its keys in it, and the other facts that the paper's questions ask for."""

    question: Question
    answer: str
    places: tuple[tuple[int, int], ...]
    others: tuple[str, ...]


def subject(question: Question, others: Sequence[str]) -> Subject | None:
    """`question` made ready; None where its answer isn't a sentence that holds its keys."""
    if not question.answer or not question.keywords:
        return None
    answer = question.answer
    places = [next((p for v in key for p in find(v, answer)), None) for key in question.keywords]
    if None in places:
        return None
    free = tuple(o for o in others if not find(o, answer) and not find(o, question.question))
    return Subject(question, answer, tuple(p for p in places if p), free)


def replaced(answer: str, place: tuple[int, int], new: str) -> str:
    """`answer` with what stands at `place` replaced; 'a' and 'an' before it follow."""
    before = answer[: place[0]]
    if new[:1].islower():
        before = re.sub(r"\b(a)n? $", r"\1n " if new[0] in "aeiou" else r"\1 ", before, flags=re.IGNORECASE)
    return f"{before}{new}{answer[place[1] :]}"


def difference(right: str, wrong: str) -> Difference | None:
    """In what kind of fact `wrong` differs from `right`; None where it is the same but for the order of its words.

    Numbers are compared by value and unit, names (chemicals, words with capitals or digits) and other words as they are
    written. 'words' may be no more than another wording.
    """
    ours, theirs = _measured(right), _measured(wrong)
    if _values(ours) != _values(theirs):
        return "unit" if sorted(q.written for q in ours) == sorted(q.written for q in theirs) else "number"
    if _names(wrong) - _names(right):
        return "name"
    before, after = set(_words(right)), set(_words(wrong))
    if any(OPPOSITE.get(word) in after - before for word in before - after):
        return "direction"
    return "words" if after - before else None


def changed(question: Question, wrong: str) -> Difference | None:
    """As `difference` from the right answer; where a name is asked for and missing, other words are another name."""
    found = difference(question.answer or "", wrong)
    missing = [key for key in question.keywords if not holds(key, wrong)]
    return "name" if found == "words" and any(sort_of(key[0]) in ("name", "chemical") for key in missing) else found


def is_wrong(question: Question, answer: str) -> bool:
    """Whether `answer` lacks a key of `question`: in all its spellings, and for a number also in other units."""
    return not all(holds(key, answer) for key in question.keywords)


def holds(key: Keyword, answer: str) -> bool:
    """Whether `answer` has `key` in one of its spellings; an amount also in another unit."""
    if any(find(spelling, answer) for spelling in key):
        return True
    wanted = quantities(key[0])
    return len(wanted) == 1 and wanted[0].kind != "" and bool(_values(wanted) & _values(_measured(answer)))


def _measured(text: str) -> list[Quantity]:
    """The quantities of `text`; the digits of a systematic name measure nothing."""
    return quantities(" ".join(word for word in text.split() if sort_of(word) != "chemical"))


def _values(found: Sequence[Quantity]) -> set[tuple[str, str]]:
    """Values and units, alike in whatever unit they were written."""
    return {(f"{q.value:.6g}", q.kind) for q in found}


def _names(text: str) -> set[str]:
    """Chemicals and words with capitals or digits, without those that belong to a quantity; the first word's capital says nothing."""
    found, after_number = set(), False
    for place, token in enumerate(text.split()):
        word = token.strip("\"'“”‘’*_,;:.!?")
        odd = any(c.isupper() for c in word[place == 0 :]) or any(c.isdigit() for c in word)
        is_number = sort_of(word).startswith("number")
        if odd and not is_number and not after_number and word not in _SCALES and any(c.isalpha() for c in word):
            found.add(word.casefold())
        after_number = is_number
    return found


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def draw(question: Question, seed: int) -> random.Random:
    """Chance for one question, the same each time."""
    return random.Random(f"{seed}:{question.id}")
