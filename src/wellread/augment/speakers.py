"""Texts in which voices take turns: questions with answers, interviews."""

import re
from dataclasses import dataclass
from itertools import pairwise

_LABEL = re.compile(
    r"^[ \t>]*\**(?P<who>[^\W\d_][\w .'’-]{0,30}?)[ \t]?\d*\**[ \t]?[:：]\**(?:[ \t]+(?=\S)|(?=[^\s\x00-\x7f]))"
    r"|^[ \t>]*\**(?P<letter>[QA])\d*\.\**[ \t]+(?=\S)",
    re.MULTILINE,
)
_PAIRS = {"q": "a", "question": "answer", "frage": "antwort", "pregunta": "respuesta", "domanda": "risposta", "問": "答", "d": "r",
          "質問": "回答", "p": "r"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch. `lead` is the label as it stood."""

    speaker: str
    lead: str
    text: str


def turns(text: str) -> list[Turn]:
    """The turns of a dialogue, in order; empty where the text is none. Text before the first turn is left out."""
    found = [
        (m.start(), m.end(), (m["who"] or m["letter"]).strip().casefold(), m.group()) for m in _LABEL.finditer(text)
    ]
    counts = {who: sum(w == who for _, _, w, _ in found) for _, _, who, _ in found}
    kept = found
    voices = {w for _, _, w, _ in kept if counts[w] >= 2 or w in _PAIRS or w in _PAIRS.values()}
    kept = [f for f in kept if f[2] in voices]
    if len(voices) < 2 or not 2 * max(counts[w] for w in voices) <= 2 * len(kept) or len(kept) < 2:
        return []
    ends = [start for start, *_ in kept[1:]] + [len(text)]
    return [
        Turn(who, lead.strip(), text[end:stop].strip()) for (_, end, who, lead), stop in zip(kept, ends, strict=True)
    ]


def exchanges(found: list[Turn]) -> list[tuple[Turn, Turn]]:
    """Question and answer pairs: each turn followed by one of another speaker, the first voice being the asker."""
    if not found:
        return []
    asker = found[0].speaker
    return [(a, b) for a, b in pairwise(found) if a.speaker == asker and b.speaker != asker and a.text and b.text]
