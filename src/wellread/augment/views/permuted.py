"""The passage with its sentences in another order, each made to name the subject.

Order is the first thing that a small model clings to: it recalls the next sentence, not the fact. Shuffled copies cut
that tie. Works in any language.

Source: Allen-Zhu and Li 2023, "Physics of language models", part 3.1 (the augmentation "permute").
"""

import random
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Paragraph
from wellread.augment.drafts import Draft
from wellread.augment.speakers import exchanges
from wellread.records import Frozen


class Params(Frozen):
    """How many copies."""

    copies: int = Field(default=3, ge=0, description="how many shuffled copies of the passage to write")


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """Whole copies of the passage, no two in the same order. Of a dialogue, questions keep their answers."""
    units, gap = _units(analysed)
    seen = {tuple(units)}
    for _ in range(params.copies if len(units) > 1 else 0):
        shuffled = units.copy()
        rng.shuffle(shuffled)
        if tuple(shuffled) not in seen:
            seen.add(tuple(shuffled))
            yield Draft(None, gap.join(shuffled))


def _units(analysed: Analysed) -> tuple[list[str], str]:
    """What is shuffled, and what stands between."""
    pairs = exchanges(list(analysed.turns))
    if analysed.turns and 2 * len(pairs) == len(analysed.turns):
        return [f"{a.lead} {a.text}\n{b.lead} {b.text}" for a, b in pairs], "\n\n"
    if analysed.turns:
        return [p.text for p in analysed.paragraphs], "\n\n"
    units = [unit for p in analysed.paragraphs for unit in _grouped(p)]
    return units, "" if not analysed.english and all(u[-1] in "。！？" for u in units) else " "


def _grouped(paragraph: Paragraph) -> list[str]:
    """Sentences of a paragraph; one that leans on the sentence before ('This shows ...', '3. Mai') stays with it."""
    units: list[str] = []
    for sentence in paragraph.sentences:
        leans = sentence.text.startswith(_LEANING) or sentence.text[:1].islower()
        if units and leans and len(units[-1]) < 400:
            units[-1] += f" {sentence.text}"
        else:
            units.append(sentence.text)
    return units


_LEANING = ("It ", "Its ", "They ", "Their ", "Them ", "This ", "These ", "That ", "Those ", "The first ", "The second ",
            "The former", "The latter", "One of ", "Both ", "There, ", "Then ", "However", "The cause is", "The reason is",
            "Therefore", "Thus", "Hence", "Moreover", "Such ")  # fmt: skip
