"""A statement with one fact blanked; the answer is the whole statement.

Each fact is practised as the one thing missing, with all else of its sentence given: the gentlest of the questions.

Source: Taylor 1953, "Cloze procedure"; as training data in Cheng et al. 2023, "Adapting large language models via reading
comprehension".
"""

import random
import re
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Sentence
from wellread.augment.drafts import Draft
from wellread.augment.english import framing
from wellread.augment.english.asking import asks
from wellread.records import Frozen


class Params(Frozen):
    """How many gaps."""

    per_sentence: int = Field(default=6, ge=1, description="facts of one sentence that are blanked in turn, at most")
    blank: str = Field(default="____", min_length=1, description="what stands in the gap")


_REQUESTS = ("Fill in the blank: {s}", "Complete the sentence: {s}", "{s} What belongs in the blank?", "What is missing here? {s}",
             "Replace {b} by the right words: {s}")  # fmt: skip


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """One draft a gap, for the whole sentences of English passages."""
    for sentence in analysed.sentences if analysed.english else ():
        whole = framing.answer(sentence.inner, analysed)
        facts = _facts(sentence, analysed.subject) if sentence.whole else []
        for fact in facts[: params.per_sentence]:
            gapped = re.sub(rf"(?<!\w){re.escape(fact)}(?!\w)", lambda _: params.blank, whole, flags=re.IGNORECASE)
            if gapped != whole and not framing.holds(gapped, fact) and len(gapped.split()) > 4:
                yield Draft(rng.choice(_REQUESTS).format(s=gapped, b=params.blank), whole, fact)


def _facts(sentence: Sentence, subject: str | None) -> list[str]:
    """Facts of a sentence: its spans, then the phrases that can be asked for, the subject last."""
    spans = [s.text for s in sentence.spans]
    phrases = [a.fact for c in sentence.clauses for a in asks(c) if a.slot in ("object", "prep", "subject", "matter")]
    short = [_bare(p) for p in phrases if len(p.split()) <= 5]
    found = list(dict.fromkeys([*spans, *(p for p in short if p in sentence.text and not any(s in p for s in spans))]))
    return [f for f in found if f != subject] + [f for f in found if f == subject]


def _bare(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an|its|their) ", "", phrase, flags=re.IGNORECASE)
