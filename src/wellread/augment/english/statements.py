"""A sentence as the simple statements that it is made of: 'X melts at A and has B, which does C' holds three."""

import re
from collections.abc import Iterator
from dataclasses import replace

from wellread.augment.english import verbs
from wellread.augment.english.clauses import Clause
from wellread.augment.english.derived import about, as_known, derived, sure
from wellread.augment.english.finite import COORDINATORS, verb_at
from wellread.augment.english.parsing import parse
from wellread.augment.english.tokens import Tokens, is_adverb, is_plural, lowered, word
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, PRONOUNS, wordset

_OPEN = ("relative", "subordinate")
# Brackets that cite: they are no part of what is said.
_CITING = re.compile(r"et al|\b(?:19|20)\d\d[a-z]?\b|\b(?:Figs?|Figures?|Tables?|Refs?|Eqs?|see|Supplementary)\b")
LONGEST = 150
"""Tokens. A longer sentence is a table or a list."""
_KEY = 14  # tokens
_MAKING = wordset(
    "make prepare synthesise synthesize fabricate design develop report propose introduce construct build describe"
)
_POINTING = ("it", "them", "us", "him", "her", "me")
_LINKS = COORDINATORS | {"whereas", "while"}


def statements(tokens: Tokens) -> list[Clause]:
    """The clauses of a sentence that can stand alone, main clauses first in their order.

    None of one with more than LONGEST tokens, where trying each 'and' would take long.
    """
    if len(tokens) > LONGEST:
        return []
    found: list[Clause] = []
    tokens = tuple(t for t in tokens if not (t.kind == "aside" and _CITING.search(t.text)))
    for piece in _pieces(_said_of(tokens) or tokens):
        for clause in _expand(piece):
            if clause.statement() not in [c.statement() for c in found]:
                found.append(clause)
    return found


def _said_of(tokens: Tokens) -> Tokens:
    """'Optimum dose of X: 46 ppm' as 'The optimum dose of X is 46 ppm'; empty where it isn't a thing and its value."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":"), 0)
    key, value = lowered(tokens[:colon]), tokens[colon + 1 :]
    if not 0 < len(key) <= _KEY or not value or not value[0].is_fact:
        return ()
    first = key[0]
    a_thing = (first.kind == "word" and first.low not in PREPOSITIONS | PRONOUNS - DETERMINERS) or (
        first.kind == "name" and len(key) > 1
    )
    if not a_thing or any(t.kind == "mark" for t in key) or any(verb_at(part) is not None for part in (key, value)):
        return ()
    article = () if first.low in DETERMINERS else (word("the"),)
    return (*article, *key, word("are" if is_plural(key) else "is"), *value)


def _pieces(tokens: Tokens) -> Iterator[Tokens]:
    """Cut at semicolons and colons."""
    start = 0
    for i, t in enumerate(tokens):
        if t.kind == "mark" and t.text in ";:":
            yield tokens[start:i]
            start = i + 1
    yield tokens[start:]


def _expand(tokens: Tokens, depth: int = 0) -> list[Clause]:
    """Clauses of a piece, with what is joined to them or hangs on them made into clauses of their own."""
    if depth > 6 or len(tokens) < 2:
        return []
    for p, t in enumerate(tokens):
        if t.low in _LINKS and t.kind == "word" and p > 1:
            joined = _joined(tokens, p)
            if joined is not None:
                left, right = joined
                return [*_expand(left, depth + 1), *_expand(right, depth + 1)]
    apart = _aside(tokens)
    if apart:
        return [c for part in apart for c in _expand(part, depth + 1)]
    clause = parse(tokens)
    if clause is None:
        return []
    clause = _named(clause)
    return [c for c in (_closed(clause), *_inner(clause, depth)) if _stands_alone(c)]


def _aside(tokens: Tokens) -> tuple[Tokens, ...]:
    """'Ketrosal, the catalyst of X, cuts ...': without what stands between the commas, and that as a statement.

    Empty where the subject holds no such thing.
    """
    commas = [i for i, t in enumerate(tokens) if t.text == ","][:2]
    if len(commas) < 2 or not 0 < commas[0] <= 8 or commas[1] - commas[0] < 2:
        return ()
    subject, inner, rest = tokens[: commas[0]], tokens[commas[0] + 1 : commas[1]], tokens[commas[1] + 1 :]
    if subject[0].low in PREPOSITIONS or verb_at(subject) is not None or verb_at((*subject, *rest)) != len(subject):
        return ()
    whole = (*subject, *rest)
    if (
        inner[0].low in ("which", "who")
        and len(inner) > 2
        and (verbs.forms(inner[1].low) or inner[1].low in verbs.AUXILIARIES)
    ):
        return whole, (*subject, sure(inner[1]), *inner[2:])
    if inner[0].low in ("a", "an", "the") or inner[0].is_fact:
        return whole, (*subject, word("are" if is_plural(subject) else "is"), *inner)
    return (whole,) if inner[0].low in PREPOSITIONS else ()


def _named(clause: Clause) -> Clause:
    """'When the coating meets sodium, it turns ...': the coating turns."""
    lone = len(clause.subject) == 1 and clause.subject[0].low in ("it", "they")
    if lone and clause.front and clause.front.kind == "subordinate":
        before = parse(clause.front.tokens[1:])
        if before and is_plural(before.subject) == (clause.subject[0].low == "they"):
            return replace(clause, subject=before.subject)
    return clause


def _joined(tokens: Tokens, p: int) -> tuple[Tokens, Tokens] | None:
    """The two statements that the word at `p` joins, the subject repeated where they share it; None for a list."""
    comma = tokens[p - 1].text == ","
    left_tokens, right = tokens[: p - 1 if comma else p], tokens[p + 1 :]
    while right and is_adverb(right[0]):
        right = right[1:]
    left = parse(left_tokens)
    if left is None or not right:
        return None
    if right[0].low in ("its", "their"):
        right = about(_owner(left), right)
    hanging = any(c.kind in _OPEN for c in left.chunks)
    shared = _shared(left, right)
    if shared is not None:
        return None if hanging else (left_tokens, shared)
    if (hanging and not comma) or (left.chunks and left.chunks[-1].text in ("that", "which")):
        return None
    clause = parse(right)
    if clause is None or clause.subject[0].low in ("that", "which"):
        return None
    if clause.subject[0].low in ("it", "they"):
        return left_tokens, () if clause.front else about(left.subject, right)
    begins = right[0].is_fact or right[0].low in DETERMINERS | {"we"} or clause.front is not None
    return (left_tokens, right) if comma or begins else None


def _owner(left: Clause) -> Tokens:
    """Whose 'its' is in what follows: of 'Lou made X, and its capacity ...', that of X."""
    made = next((c.tokens for c in left.chunks[:1] if c.kind == "object"), ())
    return as_known(made) if made and left.base in _MAKING and not left.aux else left.subject


def _shared(left: Clause, right: Tokens) -> Tokens | None:
    """The second of two predicates with one subject, made whole."""
    known, first = verbs.forms(right[0].low), right[0].low
    nxt = right[1] if len(right) > 1 else None
    if right[0].kind != "word":
        return None
    passive = left.verb and left.aux in verbs.BE | {"has", "have", "had"}
    if passive and "participle" in known and (nxt is None or nxt.low in PREPOSITIONS or is_adverb(nxt)):
        return (*left.subject, word(left.aux), *((word("been"),) if "been" in left.verb else ()), *right)
    if first in verbs.AUXILIARIES:
        return (*left.subject, *right)
    plural = is_plural(left.subject)
    finite = ("singular" in known and not plural) or "past" in known or ("base" in known and plural)
    noun = (known.get("singular") or known.get("base")) in verbs.NOUNS and "past" not in known
    opens = nxt is not None and nxt.kind != "mark" and nxt.low not in verbs.AUXILIARIES | COORDINATORS | {"of"}
    return (*left.subject, sure(right[0]), *right[1:]) if finite and (opens or not noun) else None


def _closed(clause: Clause) -> Clause:
    """The clause without a ', which ...' or ', whereas ...' that hangs on it; a 'because ...' stays."""
    kept = [
        c for c in clause.chunks
        if not (c.comma and c.kind in _OPEN and c.tokens[0].low not in ("because", "since"))
    ]  # fmt: skip
    front = clause.front if clause.front and clause.front.kind == "prep" else None
    subject = tuple(word("the" if i else "The") if t.low == "we" else t for i, t in enumerate(clause.subject))
    if subject != clause.subject:
        subject = (*subject, word("authors"))
    return replace(clause, front=front, chunks=tuple(kept), subject=subject)


def _stands_alone(clause: Clause) -> bool:
    """Whether a reader who sees only this clause knows what it is about."""
    first, lone = clause.subject[0].low, len(clause.subject) == 1
    if _disagrees(clause):
        return False
    if any(t.low in ("which", "who", "whose") for t in (*clause.subject[:1], *clause.mid)):
        return False
    if first in PRONOUNS - {"this", "these", "each", "both", "its", "their"} or (lone and first in PRONOUNS):
        return False
    if any(part[-1].low in _POINTING for part in (clause.subject[1:], *(c.tokens for c in clause.chunks)) if part):
        return False
    # "Sodium and hafnium are its metals": whose, only the text around tells.
    foreign = "its" if is_plural(clause.subject) else "their"
    return not any(t.low in (foreign, "our", "your", "my") for c in clause.chunks for t in c.tokens[:2])


def _disagrees(clause: Clause) -> bool:
    """Whether a subject that is one goes with a verb for many: it was cut from a list."""
    known = verbs.forms(clause.verb)
    many = "base" in known and "past" not in known and not clause.aux
    return many and not is_plural(clause.subject) and clause.subject[-1].low != "authors"


def _inner(clause: Clause, depth: int) -> Iterator[Clause]:
    for tokens in derived(clause):
        yield from _expand(tokens, depth + 1)
