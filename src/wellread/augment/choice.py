"""Which examples a dose has room for: what the tellings agree on first, every fact in turn, short questions before long.

A dose holds a part of what the views make. Drawn at random, it asks six times for one fact and never for another. A fact
that several tellings repeat is what a paper is about; one that is told once is told in passing.
"""

import heapq
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wellread.augment.analysis import Analysed
from wellread.augment.drafts import Draft
from wellread.augment.english.tokens import is_function, tokenise
from wellread.augment.english.words import DETERMINERS
from wellread.augment.spans import find
from wellread.records import Example

SOFT = 0.4  # 'silver pairs' can be guessed sooner than a number or a name
VAGUE = 0.1  # 'the electrode' points to something and doesn't say what
REVERSED = 0.4  # the answer is the same each time


@dataclass(frozen=True, slots=True)
class Candidate:
    """An example and the terms that it asks for; those by which it asks, marked with '<', where the subject is the answer."""

    example: Example
    terms: frozenset[str]
    weight: float
    """What asking for them is worth beside a plain question for a number or a name, which is 1."""
    asked_by: tuple[str, ...] | None = None
    """What the question names beside the subject, where another statement that tells the same may answer; else None."""

    @property
    def words(self) -> int:
        """Length of prompt and answer."""
        return len((self.example.prompt or "").split()) + len(self.example.text.split())


def candidate(example: Example, draft: Draft, analysed: Analysed) -> Candidate:
    """`example`, made of `draft`, with what it asks for: quantities, chemicals and names, else words that carry meaning.

    Where the answer is the subject itself, the terms are those of the question, marked: to know that X melts at 146 °C
    is not to know what melts at 146 °C.
    """
    weight = 1 / (1 + 0.3 * draft.rank)
    if draft.prompt and draft.fact and analysed.subject and analysed.subject in draft.fact:
        asked, worth = _terms(draft.prompt, analysed.subject)
        asked, weight = frozenset(f"<{t}" for t in asked), REVERSED * weight
    else:
        asked, worth = _terms(draft.fact or draft.text, analysed.subject)
    named = None
    if draft.statement and draft.prompt:
        named = tuple(s.text for s in find(draft.prompt, analysed.names) if s.text != analysed.subject)
    return Candidate(example, asked, worth * weight, named)


def _terms(text: str, subject: str | None) -> tuple[frozenset[str], float]:
    """The terms, and what they are worth: those that can't be guessed the most."""
    spans = find(text)
    hard = frozenset(s.text.casefold() for s in spans if s.text != subject)
    if hard:
        return hard, 1
    tokens = tokenise(text, spans)
    words = frozenset(t.low for t in tokens if t.kind == "word" and not is_function(t) and len(t.low) > 2)
    return words, VAGUE if len(words) < 2 and tokens and tokens[0].low in DETERMINERS else SOFT


def choose(candidates: Iterable[Candidate], texts: Mapping[str, str], room: float, seed: str) -> set[str]:
    """ids of the examples that fit into `room` words. `texts` are the paper's tellings.

    One at a time: the example whose terms are told most often and have been asked for least, for each word that it
    takes. Ties are drawn from `seed`.
    """
    left = sorted(candidates, key=lambda c: c.example.id)
    random.Random(seed).shuffle(left)
    told = {t: sum(_holds(text, t.lstrip("<")) for text in texts.values()) / len(texts) for c in left for t in c.terms}
    taken: Counter[str] = Counter()
    chosen: set[str] = set()

    def gain(c: Candidate) -> float:
        worth = [told[t] ** 2 / (1 + taken[t]) for t in c.terms]
        return c.weight * sum(worth) / len(worth) / (10 + c.words) if worth else 0.0

    # What one is worth only falls as others are taken: it is looked at anew when it comes up, not each time.
    heap = [(-gain(c), place) for place, c in enumerate(left)]
    heapq.heapify(heap)
    while heap:
        _, place = heapq.heappop(heap)
        best = left[place]
        if best.words > room:
            continue
        if heap and (now := (-gain(best), place)) > heap[0]:
            heapq.heappush(heap, now)
            continue
        room -= best.words
        chosen.add(best.example.id)
        taken.update(best.terms)
    return chosen


def _holds(text: str, term: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(term)}", text, re.IGNORECASE))
