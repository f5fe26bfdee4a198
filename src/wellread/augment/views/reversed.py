"""Facts the other way round: the value, the name or the doing first, the subject as the answer.

A model that read 'A is B' does not know what B is; each direction has to be trained. Use it wherever questions such as
'which polymer melts at 146 °C?' will be asked.

Source: Berglund et al. 2023, "The reversal curse"; Golovneva et al. 2024, "Reverse training to nurse the reversal curse".
"""

import random
import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Sentence
from wellread.augment.drafts import Draft
from wellread.augment.english import framing
from wellread.augment.english.ask import Ask
from wellread.augment.english.asking import asks
from wellread.augment.english.clauses import Clause
from wellread.augment.english.copulas import owned
from wellread.augment.english.in_place import which_subject
from wellread.augment.english.properties import property_asks
from wellread.augment.english.tokens import head_of, join, raised
from wellread.augment.english.words import PREPOSITIONS
from wellread.records import Frozen

_NUMBER = re.compile(r"[−–-]?\d[\d.,]*(?:[ %°±]|$)")


class Params(Frozen):
    """How much to turn round."""

    questions: int = Field(default=3, ge=0, description="questions for the subject of one statement, at most")
    answer: framing.Reply = Field(
        default="agreed",
        description="answer by the subject's bare name, by the statement, by both, or by the one statement that the "
        "tellings agree on",
    )
    statements: int = Field(default=0, ge=0, description="statements with the fact first, as plain text, at most")


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """Questions whose answer is the subject, and statements that put the fact first; English passages only."""
    subject = analysed.subject
    seen: set[str] = set()
    for sentence in analysed.sentences if analysed.english else ():
        asked_before = len(seen)
        sort = rng.choice((*analysed.kinds, "material"))
        for clause in sentence.clauses:
            found = list(asks(clause))
            inner = clause.inner() + "."
            yield from _drafts(_questions(clause, found, subject, sort), inner, analysed, params, rng, seen)
            # "It is X that ..." only where nothing plainer turns the statement round.
            turned = sorted(dict.fromkeys(t for a in found for t in a.turned), key=lambda t: t.startswith("it is "))
            texts = [t for t in (framing.answer(t + ".", analysed) for t in turned) if t not in seen]
            yield from (Draft(None, text) for text in texts[: params.statements])
            seen.update(texts)
        if subject and sentence.statement and not sentence.of_others:
            pairs = [(q, subject) for q in _of_properties(sentence, subject, sort)]
            if not pairs and len(seen) == asked_before:
                pairs = [(q, subject) for q in which_subject(sentence.tokens, subject, sort)]
            yield from _drafts(pairs, sentence.inner, analysed, params, rng, seen)


def _drafts(
    pairs: Iterable[tuple[str, str]], inner: str, analysed: Analysed, params: Params, rng: random.Random, seen: set[str]
) -> Iterator[Draft]:
    """Some of the questions that are new, each with its answer; `inner` is the statement."""
    questions = {question: fact for question, fact in pairs if question not in seen and framing.sane(question)}
    for question in rng.sample(list(questions), min(params.questions, len(questions))):
        fact = questions[question]
        names_subject = analysed.subject and analysed.subject in fact  # then the question must not
        asked = raised(question) + "?" if names_subject else framing.direct(question, analysed, rng)
        if not framing.holds(asked, fact):
            named = framing.holds(inner, fact)  # "it melts at 146 °C" doesn't say what does
            form = "both" if params.answer in ("statement", "agreed") and not named else params.answer
            yield Draft(asked, framing.reply(fact, inner, form), fact, statement=params.answer == "agreed")
    seen.update(questions)


def _questions(clause: Clause, found: list[Ask], subject: str | None, sort: str) -> Iterator[tuple[str, str]]:
    """Questions, each with what answers it."""
    for ask in found:
        if ask.slot == "role":
            yield from ((wording, ask.fact) for wording in ask.wordings)
        if ask.slot == "subject" and subject and subject in ask.fact:
            for wording in ask.wordings:
                yield wording, ask.fact
                if ask.fact == subject and wording.startswith("what ") and not wording.startswith("what is the"):
                    yield f"which {sort} {wording.removeprefix('what ')}", subject
    if subject:
        yield from ((question, subject) for question in _of_which(clause, subject, sort))
        yield from ((question, subject) for question in _having(clause, found, subject, sort))


def _of_which(clause: Clause, subject: str, sort: str) -> Iterator[str]:
    """'the tensile strength of which polyether is 38.6 MPa', 'tethers of which polyether held mussel rafts'."""
    head = head_of(clause.subject)
    tokens = clause.subject
    for i, token in enumerate(tokens):
        inside = i + 1 < len(tokens) and tokens[i + 1].kind == "word" and tokens[i + 1].low not in PREPOSITIONS
        if (
            token.text == subject
            and not inside
            and i
            and i >= len(head)
            and tokens[i - 1].low in ("of", "with", "from", "in", "for")
        ):
            whole = join((*tokens[:i], *tokens[i + 1 :]))
            before, after = join(tokens[:i]), join(tokens[i + 1 :])
            if subject not in whole:
                asked = f"{before[:1].lower()}{before[1:]} which {sort} {after}".strip()
                yield f"{asked} {clause.predicate()}"
    for chunk in clause.chunks:
        if chunk.kind == "prep" and len(chunk.tokens) == 2 and chunk.tokens[1].text == subject:
            yield f"{chunk.tokens[0].text} which {sort} {clause.inverted({chunk})}"


def _having(clause: Clause, found: list[Ask], subject: str, sort: str) -> Iterator[str]:
    """'which polyether has a yield of 94.3%' for 'the yield of Quorvelane is 94.3%'."""
    _, noun, owner, place = owned(clause.subject)
    for ask in found:
        if ask.slot == "value" and noun and owner == subject and _NUMBER.match(ask.fact):
            yield from _which_has(noun, ask.fact + place, sort)


def _of_properties(sentence: Sentence, subject: str, sort: str) -> Iterator[str]:
    """The same for every value that the sentence gives to a property of the subject."""
    for ask in property_asks(sentence.tokens, subject):
        if ask.owner == subject and _NUMBER.match(ask.fact):
            yield from _which_has(ask.topic, ask.fact, sort)


def _which_has(noun: str, value: str, sort: str) -> Iterator[str]:
    article = "the" if noun.startswith("highest") else "an" if noun[0] in "aeiou" else "a"
    yield f"which {sort} has {article} {noun} of {value}"
    yield f"what has {article} {noun} of {value}"
