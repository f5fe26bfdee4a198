"""units: every number keeps its unit, in whatever spelling.

Source: our own rule. Use it always. Units that aren't known are left alone; a part that is told elsewhere in the sentence
('276 m³ of water per day', '0.02% per day, the other 0.35%') may be missing next to the number.
"""

import re
from collections.abc import Iterator

from wellread.augment.figures import Figure
from wellread.augment.pairs import Pair
from wellread.augment.units import Unit, shown
from wellread.records import Frozen

_IN_LIST = re.compile(
    r"[ \u00a0]?(?:[–—-]|to\b|and\b|or\b|bis\b|und\b|oder\b|a\b|y\b|e\b|o\b|～|〜|から|至|到|,|/|±|×)"
)
_PER = re.compile(
    r"per\b|each\b|every\b|\ba(?:n)? \w+|pro\b|je\b|por\b|cada\b|\bal\b|all|ogni|毎|当|あた|每|당|つき|daily|hourly|täglich|diari|giornalier|/",
    re.I,
)
# What is said before the number where a language sets no spaces: '1 日当たり 0.35%'.
_PER_BEFORE = re.compile(r"毎|当たり|あたり|につき|每|매|당")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？\n]")


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Numbers whose unit was changed or left out."""
    units: dict[str, set[Unit | None]] = {}
    for figure in pair.source.figures:
        for value in figure.values:
            units.setdefault(value, set()).add(figure.unit)
    said = [(f, _known(f, units)) for f in pair.rewrite.figures]
    right = {v for f, known in said if f.unit in known for v in f.values}
    for figure, known in said:
        if not known or None in known:
            if known == {None} and figure.unit and not _is_counting(figure.unit):
                yield f"{figure.text} is given in {shown(figure.unit)}, but the text gives no such unit"
            continue
        wanted = " or ".join(sorted(shown(u) for u in known if u))
        tail = pair.rewrite.plain[figure.end : figure.end + 120]
        full = _told_before(figure, pair)
        if figure.unit is None:
            counted = all(u is not None and _is_counting(u) for u in known)
            if not counted and not figure.values & right and not _IN_LIST.match(tail) and _ends(tail):
                yield f"{figure.text} has lost its unit ({wanted})"
        elif not any(u and (u in full or _same(figure.unit, u, tail)) for u in known):
            yield f"{figure.text} is given in {shown(figure.unit)}, but the text has {wanted}"


def _known(figure: Figure, units: dict[str, set[Unit | None]]) -> set[Unit | None]:
    return set().union(*(units.get(v, set()) for v in figure.values))


def _same(said: Unit, known: Unit, tail: str) -> bool:
    """Equal, or the one is the other without what it is 'per', which the sentence says elsewhere."""
    if said == known:
        return True
    less, more = sorted((said, known), key=len)
    rest = list(more)
    for part in less:
        if part not in rest:
            return False
        rest.remove(part)
    return all(power < 0 for _, power in rest) and (more is said or bool(_PER.search(tail)))


def _told_before(figure: Figure, pair: Pair) -> set[Unit]:
    """The units 'per' something that stand for this number too, as its sentence gives them before it."""
    if figure.unit is None:
        return set()
    text = pair.rewrite.plain
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, 0, figure.start)), default=0)
    before = {f.unit for f in pair.rewrite.figures if begin <= f.start < figure.start and f.unit}
    if _PER_BEFORE.search(text, begin, figure.start):
        before |= {u for f in pair.source.figures if (u := f.unit)}
    return {u for u in before if u != figure.unit and _same(figure.unit, u, " per ")}


def _is_counting(unit: Unit) -> bool:
    """A 'unit' that may just be a word that follows a plain number: '17 a day', '3 cycles'."""
    return unit[0][0] in ("cycle", "sun", "d", "equiv")


def _ends(tail: str) -> bool:
    """Whether nothing that could be a unit in an unknown spelling follows."""
    return bool(
        re.match(
            r"\s*(?:[.,;:)\]!?。、，；）]|$|\n|(?:is|was|are|were|for|in|at|of|with|by|when|while|under|over|after)\b)",
            tail,
        )
    )
