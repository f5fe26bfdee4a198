"""A few shuffled words of a statement as the question; the statement is the answer.

Whoever asks in other words than the text shares only some of its words. Asking by loose hints, without the fact,
teaches to find the statement from what is left.

Source: concept-to-text as in Lin et al. 2020, "CommonGen", turned to the sentences of one text.
"""

import random
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed
from wellread.augment.drafts import Draft
from wellread.augment.english import framing, verbs
from wellread.augment.english.tokens import Token, Tokens, is_adverb, is_function, join
from wellread.records import Frozen


class Params(Frozen):
    """How many hints."""

    per_sentence: int = Field(default=3, ge=1, description="requests for one sentence")
    hints: int = Field(default=3, ge=1, description="the most hints beside the subject in one request")


_REQUESTS = ("{x}, {h}: what is known?", "What can you say about {x} and {h}?", "{x}: {h}?", "What do you know of {x} with regard to {h}?",
             "Which fact about {x} has to do with {h}?", "{x} and {h}: what did the study find?")  # fmt: skip
_ALONE = ("{h}: what is known?", "What can you say about {h}?", "{h}?", "Which fact has to do with {h}?")
_WITH_WORDS = "Make a statement{x} with these words: {h}."


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """Requests by hints, for the whole sentences of English passages."""
    for sentence in analysed.sentences if analysed.english else ():
        hints = [h for h in hints_of(sentence.tokens) if h != analysed.subject] if sentence.whole else []
        facts: list[str | None] = [s.text for s in sentence.spans if s.text != analysed.subject] or [None]
        text = framing.answer(sentence.inner, analysed)
        seen: set[str] = set()
        for n in range(params.per_sentence):
            fact = facts[n % len(facts)]
            usable = [h for h in hints if fact is None or not (framing.holds(h, fact) or framing.holds(fact, h))]
            prompt = _prompt(usable, analysed.subject, params.hints, rng)
            if prompt and prompt not in seen and not (fact and framing.holds(prompt, fact)):
                seen.add(prompt)
                yield Draft(prompt, text, fact)


def hints_of(tokens: Tokens) -> list[str]:
    """Words of content in a sentence, those that stand together as one: 'glass transition', '146 °C', 'melts'."""
    found: list[str] = []
    run: list[Token] = []
    for token in (*tokens, None):
        verb = token is not None and _is_verb(token)
        if (
            token is None
            or verb
            or token.is_fact
            or token.kind in ("mark", "aside")
            or is_function(token)
            or is_adverb(token)
        ):
            found.append(join(run[-3:]))
            run = []
            if token is not None and (verb or token.is_fact):
                found.append(token.text)
        else:
            run.append(token)
    return [h for h in dict.fromkeys(found) if len(h) > 2]


def _is_verb(token: Token) -> bool:
    known = verbs.forms(token.low) if token.kind == "word" else {}
    return bool(known) and not any(base in verbs.NOUNS for base in known.values())


def _prompt(hints: list[str], subject: str | None, most: int, rng: random.Random) -> str:
    """A request by some of the hints; nouns where there are enough, since they read well anywhere."""
    nouns = [h for h in hints if not verbs.forms(h)]
    enough = len(nouns) > 1 or (subject is not None and len(nouns) == 1)
    pool = nouns if enough and rng.random() < 0.75 else hints
    chosen = rng.sample(pool, min(len(pool), rng.randint(min(2, most), most)))
    if len(chosen) + (subject is not None) < 2:
        return ""
    listed = ", ".join(chosen[:-1]) + (" and " if len(chosen) > 1 else "") + chosen[-1]
    if any(verbs.forms(h) for h in chosen):
        return _WITH_WORDS.format(h=listed, x=f" about {subject}" if subject else "")
    text = rng.choice(_REQUESTS if subject else _ALONE).format(h=listed, x=subject)
    return text[:1].upper() + text[1:] if text[1:2].islower() else text
