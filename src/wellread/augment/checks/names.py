"""names: no proper name is altered, none is invented.

Source: our own rule. Use it always. A word that is nearly a name or a chemical of the source, but not quite, counts as
altered in every language; new capitalised names are looked for in English only.
"""

import difflib
import re
from collections.abc import Iterator

from wellread.augment.facts import folded
from wellread.augment.pairs import Pair
from wellread.records import Frozen

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*(?:-[A-Za-z0-9]+)*")
_FREE = frozenset(
    [
        "celsius",
        "fahrenheit",
        "kelvin",
        "english",
        "german",
        "spanish",
        "italian",
        "japanese",
        "chinese",
        "korean",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "earth",
        "internet",
        "reporter",
        "author",
        "interviewer",
        "interviewee",
        "researcher",
        "scientist",
        "question",
        "answer",
        "teacher",
        "student",
        "professor",
        "tutor",
        "pupil",
        "expert",
        "host",
        "guest",
        "summary",
        "overview",
        "background",
        "key",
        "note",
        "notes",
        "fact",
        "facts",
        "definition",
        "example",
        "step",
        "stage",
        "day",
        "part",
        "chapter",
        "section",
        "explanation",
        "fact-check",
        "q",
        "a",
        "ph",
        "uv",
        "dna",
        "xrd",
        "nmr",
    ]
)


class Params(Frozen):
    """How near counts as altered."""

    likeness: float = 0.8
    """Share of letters in common (difflib's ratio) above which a capitalised word that differs is an altered one."""
    small: float = 0.88
    """The same for words without a capital."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Names that were altered or invented."""
    source = pair.source.folded
    known = {folded(w) for w in _LATIN.findall(pair.source.plain)}
    facts = {f.text for f in pair.source.facts if f.kind != "number"} | {
        *pair.source.chemicals,
        *pair.source.perhaps_names,
    }
    parts = {folded(w) for fact in facts for w in (_LATIN.findall(fact)) if len(w) >= 5}
    altered = set()
    for word in dict.fromkeys(_without_compound(w) for w in _LATIN.findall(pair.rewrite.plain)):
        low = folded(word).removesuffix("'s").removesuffix("'")
        if len(low) < 5 or low in known or low in source:
            continue
        cutoff = params.small if word.islower() else params.likeness
        near = difflib.get_close_matches(low, parts, n=1, cutoff=cutoff)
        if near and not _inflected(low, near[0]) and _is_name_like(word, near[0], pair):
            altered.add(low)
            yield f"{word} looks like {_as_written(near[0], facts)}, wrongly written"
    if pair.rewrite.english and pair.source.english:
        for name in pair.rewrite.names:
            words = [w.casefold() for w in re.split(r"[\s–—-]+", name)]
            new = [
                w for w in words if w not in source and w not in _FREE | pair.words and w not in altered and len(w) > 2
            ]
            if new and not any(a.startswith(folded(name)) or folded(name) in a for a in altered):
                yield f"the name {name} isn't in the text"
    else:
        for name in pair.rewrite.names:
            if folded(name) not in source and folded(name) not in altered:
                yield f"the name {name} isn't in the text"


def _is_name_like(word: str, near: str, pair: Pair) -> bool:
    """In a translation, words of the language may be like a chemical's ('Polymer'); a name's digits and capitals aren't."""
    if pair.language == pair.other:
        return True
    names = {folded(p) for name in pair.source.names for p in _LATIN.findall(name)}
    capital = word[0].isupper() and not re.match(r"[A-Z]-[a-z]", word)
    return (near in names and capital) or any(c.isdigit() for c in word)


def _without_compound(word: str) -> str:
    """'Tessivar' of 'Tessivar-Waschgang'; words with digits, and chemicals, stay whole."""
    first, _, rest = word.partition("-")
    return first if len(first) >= 5 and rest[:1].isupper() and rest.isalpha() else word


def _inflected(word: str, near: str) -> bool:
    """'membranes' for 'membrane': an ending, or a compound."""
    if any(c.isdigit() for c in word + near) and re.sub(r"\D", "", word) != re.sub(r"\D", "", near):
        return False
    if word.split("-")[0] == near or near.split("-")[0] == word:
        return True
    common = len(_common_start(word, near))
    return word[common:] in _ENDINGS and near[common:] in _ENDINGS


_ENDINGS = frozenset({"", "s", "es", "n", "en", "ed", "d", "al", "ic", "'s"})


def _common_start(a: str, b: str) -> str:
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:n]


def _as_written(low: str, facts: set[str]) -> str:
    return next((w for fact in facts for w in _LATIN.findall(fact) if folded(w) == low), low)
