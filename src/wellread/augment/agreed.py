"""One fact, one answer: whichever telling a question comes from, the statement answers it that the tellings agree on most.

Answered by the statement that it was made from, a question teaches to repeat the question: the taught model guesses a value and
says the question again behind it. Where several questions lead to one statement in other words, the way there has to be
learned (docs/decisions/0003, eighth round).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from wellread.augment.choice import Candidate
from wellread.augment.english.framing import bare, holds
from wellread.augment.english.tokens import is_function, tokenise
from wellread.records import Example

_TOKEN = re.compile(r"\w+")
LONGEST = 28
"""Words. Longer statements come from sentences that the rules did not cut."""
ENOUGH = 8
"""Words that carry meaning; a statement is not better for having more of them."""
ALIKE = 2
"""Words that two statements share which tell the same fact, where its value could be another's."""


def agreed(candidates: Iterable[Candidate], texts: Mapping[str, str]) -> list[Candidate]:
    """`candidates`, those that are answered by a statement answered by the best one. `texts` are the tellings of the part.

    A statement can answer a question if it holds its fact and every quantity, chemical and name by which the question asks.
    Where each of these stands more than once in some telling, it must share words with the question's own statement, too.
    """
    every = list(candidates)
    pool = list(dict.fromkeys(c.example.text for c in every if c.asked_by is not None and not _opened(c.example)))
    usable = {s: frozenset(_TOKEN.findall(s.casefold())) for s in pool if len(s.split()) <= LONGEST}
    saying: dict[str, list[str]] = {}
    for statement, tokens in usable.items():
        for token in tokens:
            saying.setdefault(token, []).append(statement)
    folded = [text.casefold() for text in texts.values()]
    holding: dict[str, list[str]] = {}

    def held(fact: str) -> list[str]:
        tokens = _TOKEN.findall(fact.casefold())
        rarest = min((saying.get(token, []) for token in tokens), key=len, default=list(usable))
        return [s for s in rarest if usable[s].issuperset(tokens) and holds(s, fact)]

    def answered(c: Candidate) -> Candidate:
        fact, own = c.example.fact, c.example.text
        if c.asked_by is None or fact is None:
            return c
        if fact not in holding:
            holding[fact] = held(fact)
        told = [s for s in holding[fact] if all(holds(s, name) for name in c.asked_by)]
        sure = any(all(text.count(term.casefold()) < 2 for text in folded) for term in (fact, *c.asked_by))
        fit = [s for s in told if sure or len((_words(s) & _words(own)) - _words(fact)) >= ALIKE]
        best = max(fit, key=lambda s: (_agreement(s, fit), len(s), s), default=own)
        return replace(c, example=c.example.model_copy(update={"text": best}))

    return [answered(c) for c in every]


def _opened(example: Example) -> bool:
    """Whether the answer names the fact before a statement that doesn't hold it: 'Quorvelane. It melts at 146 °C.'"""
    return example.fact is None or example.text.startswith(bare(example.fact))


def _agreement(statement: str, others: list[str]) -> float:
    """How much of the others' words it has; a little for words of its own."""
    words = _words(statement)
    shared = sum(len(words & _words(o)) / (1 + len(_words(o))) for o in others if o != statement)
    return shared + 0.05 * min(len(words), ENOUGH)


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    """Words that carry meaning."""
    return frozenset(t.low for t in tokenise(text, []) if t.kind == "word" and not is_function(t) and len(t.low) > 2)
