"""Questions about every fact of a passage, in many wordings, each answered by a statement that tells it.

Each sentence is taken apart into simple statements; each part of a statement is asked for in the order of words that
English wants, then in other words for common properties, then indirectly. What is to be told when asked has to be
learned as an answer: plain text alone does not make a fact extractable. Use it for every paper.

Source: Allen-Zhu and Li 2023, "Physics of language models", part 3.1 (mixing questions into the training).
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from pydantic import Field

from wellread.augment.analysis import Analysed, Sentence
from wellread.augment.drafts import Draft
from wellread.augment.english import framing
from wellread.augment.english.ask import Ask
from wellread.augment.english.asking import asks
from wellread.augment.english.compositions import composition_asks
from wellread.augment.english.in_place import in_place
from wellread.augment.english.naming import name_asks
from wellread.augment.english.properties import property_asks
from wellread.augment.english.respective import respective_asks
from wellread.augment.english.roles import role_asks
from wellread.augment.english.wordings import other_words
from wellread.augment.speakers import exchanges
from wellread.records import Frozen

_CAUSE = re.compile(
    r"(?:The|One) (?:main |likely )?(?:cause|reason|explanation)(?: (?:of|for) this)? (?:is|was) |This (?:is|was) (?:because|due to) "
)

_SHORT = 5


class Params(Frozen):
    """How many questions."""

    per_fact: int = Field(default=4, ge=1, description="questions for one fact of one statement, at most")
    answer: framing.Reply = Field(
        default="agreed",
        description="answer by the bare fact ('146 °C.'), by the statement that it stands in, by both, or by the one "
        "statement that the tellings agree on",
    )


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """Question and answer pairs for English passages; nothing for others."""
    seen: set[str] = set()
    for sentence in analysed.sentences if analysed.english else ():
        for ask, inner in _asked(analysed, sentence):
            if sentence.of_others:
                ask = _without_subject(ask, analysed)
            text = framing.reply(ask.fact, inner, params.answer)
            if (ask.slot == "name" and not seen.isdisjoint(ask.wordings)) or not framing.worth_knowing(ask.fact):
                continue
            seen.update(ask.wordings)
            for rank, prompt in enumerate(_prompts(analysed, ask, params.per_fact, rng)):
                if prompt not in seen and framing.holds(text, ask.fact) and not framing.holds(prompt, ask.fact):
                    seen.add(prompt)
                    yield Draft(prompt, text, ask.fact, rank, statement=params.answer == "agreed")
    yield from _why(analysed) if analysed.english else ()
    yield from _answered(analysed)


def _answered(analysed: Analysed) -> Iterator[Draft]:
    """Questions that the text itself answers in a word or two, in any language: no statement says that elsewhere."""
    for question, answer in exchanges(list(analysed.turns)):
        prompt, text = (" ".join(turn.text.split()) for turn in (question, answer))
        if len(text.split()) <= _SHORT and framing.sane(prompt.rstrip("?")):
            yield Draft(prompt, framing.bare(text), text.rstrip("."))


def _why(analysed: Analysed) -> Iterator[Draft]:
    """'X is low. The cause is that ...': the first sentence asked for with 'why', both as the answer."""
    for paragraph in analysed.paragraphs:
        for said, cause in pairwise(paragraph.sentences):
            if _CAUSE.match(cause.text) and said.whole and said.clauses:
                clause = said.clauses[-1]
                text = framing.answer(f"{clause.inner()}. {cause.text}", analysed)
                for question in (f"why {clause.inverted()}", f"what is the reason that {clause.plain()}"):
                    prompt = framing.direct(question, analysed, random.Random(0))
                    if framing.sane(prompt):
                        yield Draft(prompt, text, cause.text)


def _asked(analysed: Analysed, sentence: Sentence) -> Iterator[tuple[Ask, str]]:
    """What a sentence tells, with the statement that tells it; what has the subject as its answer is for `reversed`."""
    told: set[str] = set()
    for clause in sentence.clauses:
        for ask in asks(clause):
            told.add(ask.fact)
            if ask.slot != "role" and not (ask.slot == "subject" and analysed.subject and analysed.subject in ask.fact):
                yield ask, clause.inner() + "."
    if sentence.whole:
        for ask in name_asks(sentence.tokens, analysed.subject):
            yield ask, sentence.inner
    if sentence.statement:
        owner = None if sentence.of_others else analysed.subject
        found = (role_asks(sentence.tokens), property_asks(sentence.tokens, owner), composition_asks(sentence.tokens))
        for ask in chain.from_iterable(found):
            told.add(ask.fact)
            if not (ask.slot == "value" and ask.fact == analysed.subject):
                yield ask, sentence.inner
        for ask, statement in respective_asks(sentence.inner):
            told.add(ask.fact)
            yield ask, statement
        for ask in in_place(sentence.tokens, told, analysed.subject):
            yield ask, sentence.inner


def _without_subject(ask: Ask, about: Analysed) -> Ask:
    """What of `ask` can be asked without naming the subject."""
    wordings, indirect, named = (
        tuple(words for words in ways if framing.stands_alone(words, about))
        for ways in (ask.wordings, ask.indirect, ask.named)
    )
    return replace(ask, wordings=wordings, indirect=indirect, named=named)


def _prompts(analysed: Analysed, ask: Ask, most: int, rng: random.Random) -> list[str]:
    """Up to `most` questions: the plainest, one in other words, one that is a request, then a choice of the rest."""
    names = [n for n in analysed.names if n in ask.owner]
    many = ask.owner.endswith("s") and not any(ask.owner.endswith(n) for n in names)
    others = list(other_words(ask.topic, ask.owner, many)) if names else []
    rng.shuffle(others)
    requests = [framing.indirect(q, analysed, rng) for q in ask.indirect]
    requests += [framing.named(q, analysed, rng) for q in ask.named]
    rng.shuffle(requests)
    questions = [framing.direct(q, analysed, rng) for q in (*ask.wordings, *others)]
    first, other = questions[: len(ask.wordings)], questions[len(ask.wordings) :]
    spare = [*first[1:], *other[1:], *requests[1:]]
    rng.shuffle(spare)
    ordered = [*first[:1], *other[:1], *requests[:1], *spare]
    return [q for q in dict.fromkeys(ordered) if framing.sane(q)][:most]
