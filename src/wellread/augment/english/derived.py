"""Statements that hang on another: relative clauses, reasons and appositions, each made a sentence of its own."""

from collections.abc import Iterator
from dataclasses import replace

from wellread.augment.english import verbs
from wellread.augment.english.clauses import Chunk, Clause
from wellread.augment.english.finite import BREAKS
from wellread.augment.english.nouns import is_property
from wellread.augment.english.tokens import Token, Tokens, is_adverb, is_plural, lowered, word
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, PRONOUNS, wordset

_REASONS = wordset("because since so that where whereas while although though")


def derived(clause: Clause) -> Iterator[Tokens]:
    """Statements drawn from relative clauses, reasons and appositions."""
    for i, chunk in enumerate(clause.chunks):
        before = clause.chunks[i - 1] if i else None
        inner: Tokens = ()
        if chunk.kind == "relative":
            inner = _relative(clause, _antecedent(clause.chunks[:i], chunk), chunk)
        elif chunk.kind == "subordinate" and chunk.tokens[0].low in _REASONS:
            inner = about(clause.subject, chunk.tokens[2 if chunk.tokens[:1] and chunk.tokens[0].low == "so" else 1 :])
        elif chunk.kind == "object" and chunk.comma and before is not None:
            inner = _apposition(clause, before, chunk, clause.chunks[i + 1 :])
        if inner:
            yield inner


def _antecedent(before: tuple[Chunk, ...], chunk: Chunk) -> Chunk | None:
    """The nearest phrase that agrees with the verb of ', which ...'; None where there is none."""
    verb = chunk.tokens[1].low if len(chunk.tokens) > 1 else ""
    known = verbs.forms(verb)
    plural = verb in ("are", "were", "have") or ("base" in known and "past" not in known)
    singular = verb in ("is", "was", "has") or "singular" in known
    for phrase in reversed(before):
        noun = _noun(phrase)
        if (
            noun
            and chunk.tokens[0].low in ("which", "that", "who")
            and (plural or singular)
            and is_plural(noun) != plural
        ):
            continue
        return phrase
    return None


def _relative(clause: Clause, before: Chunk | None, chunk: Chunk) -> Tokens:
    noun = _noun(before) if before else ()
    if not noun or not clause.subject:
        return ()
    first, rest = chunk.tokens[0], chunk.tokens[1:]
    defines = (
        clause.base == "be"
        and before is not None
        and before is clause.chunks[0]
        and before.tokens[0].low in ("a", "an", "the")
    )
    if "participle" in verbs.forms(first.low):
        return (*clause.subject, word(clause.aux), *chunk.tokens) if defines and clause.base == "be" else ()
    if first.low in PREPOSITIONS:
        return (*chunk.tokens[2:], first, *lowered(as_known(noun)))
    while rest and is_adverb(rest[0]):
        rest = rest[1:]
    if not rest or not (verbs.forms(rest[0].low) or rest[0].low in verbs.AUXILIARIES):
        return ()
    predicate = (sure(rest[0]), *rest[1:])
    if defines and not chunk.comma and not is_plural(clause.subject):
        return (*clause.subject, *predicate)
    return (*as_known(noun), *predicate) if chunk.comma else ()


def _noun(chunk: Chunk) -> Tokens:
    """The noun phrase of a chunk: without its preposition."""
    return chunk.tokens[1:] if chunk.kind == "prep" else chunk.tokens if chunk.kind == "object" else ()


def as_known(noun: Tokens) -> Tokens:
    """'a sodium fluoride skin' -> 'the sodium fluoride skin': it has been named before."""
    return (Token("the", "word", False), *noun[1:]) if noun[0].low in ("a", "an") else noun


def about(subject: Tokens, inner: Tokens) -> Tokens:
    """`inner` with 'it' and 'its' replaced by the subject of the main clause, where that is short.

    After 'the yield strength of X is 287 MPa', 'it' is X.
    """
    if len(subject) > 3 and subject[-2].low == "of" and subject[-1].kind == "name" and is_property(subject[:-2]):
        subject = subject[-1:]
    if not inner or len(subject) > 5 or subject[0].low in PRONOUNS:
        return inner
    plural = is_plural(subject)
    owner = lowered(subject)
    if inner[0].low == ("they" if plural else "it"):
        return (*owner, *inner[1:])
    if inner[0].low == ("their" if plural else "its"):
        at = next((i for i, t in enumerate(inner) if i and _ends_noun(inner, i)), 0)
        at = at or len(inner) * (inner[-1].low == "is")
        return (word("the"), *inner[1:at], word("of"), *owner, *inner[at:]) if at > 1 else ()
    if len(owner) == 1 and not plural:
        return tuple(Token(owner[0].text + "'s", "word", t.glued) if t.low == "its" else t for t in inner)
    return inner


def _ends_noun(tokens: Tokens, i: int) -> bool:
    """Whether the noun phrase that starts `tokens` is over at `i`."""
    low = tokens[i].low
    known = verbs.forms(low)
    if low == "of":
        return False
    if low in PREPOSITIONS | verbs.AUXILIARIES | BREAKS or tokens[i].kind == "mark":
        return True
    return bool(known) and ("base" in known) == is_plural(tokens[1:i]) and i > 1 and "participle" not in known


def _apposition(clause: Clause, before: Chunk, chunk: Chunk, after: tuple[Chunk, ...]) -> Tokens:
    """'the Tessivar wash, a bath that ...' says that the Tessivar wash is a bath that ..."""
    noun = _noun(before)
    if not noun:
        return ()
    if len(chunk.tokens) == 1 and chunk.tokens[0].kind == "quantity" and noun[0].low in DETERMINERS:
        named = (
            about(clause.subject, (*noun, word("is")))
            if noun[0].low in ("its", "their")
            else (*as_known(noun), word("is"))
        )
        return (*named, *chunk.tokens)
    if chunk.tokens[0].low not in ("a", "an") or not (noun[-1].is_fact or noun[0].low == "the"):
        return ()
    more = tuple(t for c in after for t in ((Token(",", "mark", True), *c.tokens) if c.comma else c.tokens))
    whole = clause.subject if clause.base == "be" and before is clause.chunks[0] else noun
    return (*whole, word("are" if is_plural(whole) else "is"), *chunk.tokens, *more)


def sure(token: Token) -> Token:
    """`token`, marked as a finite verb."""
    return replace(token, kind="verb")
