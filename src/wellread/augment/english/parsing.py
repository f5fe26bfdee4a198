"""Find subject and verb of a clause by rules, and cut its predicate. What the rules are not sure of is left alone."""

from dataclasses import replace

from wellread.augment.english import verbs
from wellread.augment.english.chunking import chunked, stem
from wellread.augment.english.clauses import Chunk, ChunkKind, Clause
from wellread.augment.english.finite import BREAKS, COORDINATORS, verb_at
from wellread.augment.english.tokens import Token, Tokens, is_adverb
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, PRONOUNS, wordset

_DISCOURSE = wordset("therefore then thus hence also however so afterwards consequently finally moreover instead")
_PARTICLES = wordset("up out off away")
# Verbs that take another verb along: 'begins to decompose', 'stopped growing'.
_CARRIERS = wordset("begin start stop continue tend fail keep need cease appear seem manage help serve use")
# Verbs that take a statement as their object, with or without 'that'.
_TELLING = wordset(
    "mean suggest say think believe assume suppose claim know conclude imply ensure guarantee realise hope"
)


def parse(tokens: Tokens) -> Clause | None:
    """The clause that `tokens` are, or None where the rules are not sure.

    >>> parse(tokenise("Quorvelane melts at 146 °C.", spans)).inverted()
    'does Quorvelane melt at 146 °C'
    """
    tokens = _without_openers(tokens)
    front, body = _fronted(tokens)
    clause = _simple(body)
    return replace(clause, front=front) if clause else None


def _without_openers(tokens: Tokens) -> Tokens:
    """Without 'However,' and 'Yes,' and 'and', which link to what stood before."""
    while tokens and (
        (
            len(tokens) > 1
            and tokens[1].text == ","
            and (is_adverb(tokens[0]) or tokens[0].low in ("yes", "no", "indeed"))
        )
        or tokens[0].low in COORDINATORS
        or tokens[0].text in (",", "#", "##", "-", "–", "—", "*")
    ):
        tokens = tokens[2:] if len(tokens) > 1 and tokens[1].text == "," else tokens[1:]
    return tokens


def _fronted(tokens: Tokens) -> tuple[Chunk | None, Tokens]:
    if not tokens or tokens[0].kind != "word" or tokens[0].low not in PREPOSITIONS | BREAKS | {"compared", "together"}:
        return None, tokens
    kind: ChunkKind = "subordinate" if tokens[0].low in BREAKS - {"as", "since", "until"} else "prep"
    for i, t in enumerate(tokens):
        noun = tokens[i - 1].is_fact and t.low in DETERMINERS | {"it", "they"}
        if i > 1 and (noun or t.low == "we") and _simple(tokens[i:]):
            return Chunk("prep", tokens[:i]), tokens[i:]
        if t.text == "," and tokens[i + 1 :] and tokens[i + 1].low not in COORDINATORS and _simple(tokens[i + 1 :]):
            inner = tokens[1:i]
            if kind == "prep" and verb_at(inner) is not None:
                kind = "subordinate"
            return Chunk(kind, tokens[:i]), tokens[i + 1 :]
    return None, tokens


def _simple(tokens: Tokens) -> Clause | None:
    at = verb_at(tokens)
    if at is None:
        return None
    subject = tokens[:at]
    while (
        len(subject) > 1
        and is_adverb(subject[0])
        and (subject[0].low not in ("only", "about", "nearly") or subject[1].kind != "quantity")
    ):
        if subject[0].low.endswith("ly") and subject[1].kind == "word":
            break
        subject = subject[1:]
    if subject[0].text.islower() and "singular" in verbs.forms(subject[0].low) and len(subject) < at:
        return None  # "Then comes a step ...": the verb stands before its subject.
    if (is_adverb(subject[0]) and len(subject) == 1) or subject[0].low in PREPOSITIONS | BREAKS:
        return None
    lead = at - len(subject)
    while subject and is_adverb(subject[-1]) and len(subject) > 1:
        subject = subject[:-1]
    mid = tuple(t for t in tokens[lead + len(subject) : at] if t.low not in _DISCOURSE)
    return build(subject, mid, tokens[at:])


def build(subject: Tokens, mid: Tokens, predicate: Tokens) -> Clause | None:
    """A clause from its subject and a predicate that starts with the finite verb; None for one that can't be asked about."""
    if not subject or subject[0].low in PRONOUNS - {"we", "it", "they", "this", "these", "each", "both", "that"} | {
        "there",
        "what",
        "how",
    }:
        return None
    if subject[-1].low in PREPOSITIONS | DETERMINERS | {"and", "or", "to"} and subject[-1].low not in PRONOUNS | {
        "each",
        "both",
    }:
        return None
    if not any(t.low in ("that", "which", "who") for t in subject) and any(
        t.low in verbs.AUXILIARIES for t in subject if t.kind == "word"
    ):
        return None
    aux, more, verb, base, used = _verb_group(predicate)
    rest = predicate[used:]
    if base in _TELLING and _is_clause(rest):
        chunks: tuple[Chunk, ...] = (Chunk("subordinate", rest),)
    else:
        chunks = chunked(rest, copula=base == "be" and not verb)
    return Clause(None, subject, aux, mid + more, verb, base, chunks)


def _is_clause(tokens: Tokens) -> bool:
    """Whether a statement follows that no 'that' opens: 'means *the liquid has a higher density*'."""
    at = verb_at(tokens)
    inside = PREPOSITIONS | BREAKS | {"which", "who", "than"} - {"of", "in"}
    return at is not None and not any(t.low in inside for t in tokens[:at])


def _verb_group(tokens: Tokens) -> tuple[str, Tokens, str, str, int]:
    """Auxiliary, adverbs, main verb, its base, and how many tokens they take."""
    first = tokens[0].low
    if first not in verbs.AUXILIARIES:
        known = verbs.forms(first)
        base = known.get("singular") or known.get("past") or known.get("base") or first
        if "base" in known and "past" not in known:
            base = known["base"]
        carried = _carried(tokens, base) or _particle(tokens)
        text = " ".join(t.text for t in carried)
        return "", (), f"{tokens[0].text} {text}".strip(), f"{base} {text}".strip(), 1 + len(carried)
    at = 1
    mid: list[Token] = []
    while at < len(tokens) and (is_adverb(tokens[at]) or tokens[at].low == "not"):
        mid.append(tokens[at])
        at += 1
    verb: list[str] = []
    while at < len(tokens) and tokens[at].low in ("be", "been", "being") and tokens[at].kind == "word":
        verb.append(tokens[at].text)
        at += 1
    inner = at
    while inner < len(tokens) and is_adverb(tokens[inner]):
        inner += 1
    if inner < len(tokens) and _continues(first, verb, tokens[inner]):
        mid += tokens[at:inner]
        verb.append(tokens[inner].text)
        known = verbs.forms(tokens[inner].low)
        base = known.get("participle") or known.get("base") or tokens[inner].low
        return tokens[0].text, tuple(t for t in mid if t.low not in _DISCOURSE), " ".join(verb), base, inner + 1
    if first in ("has", "have", "had", "does", "do", "did") and not verb:
        base = "have" if first.startswith("ha") else "do"
        # "has only a small effect": the adverb belongs to the object.
        return "", (), tokens[0].text, base, 1
    kept = tuple(t for t in mid if t.low not in _DISCOURSE)
    return tokens[0].text, kept, " ".join(verb), "be", at


def _carried(tokens: Tokens, base: str) -> Tokens:
    """The verb that another brings along."""
    if base not in _CARRIERS or len(tokens) < 2:
        return ()
    if len(tokens) > 2 and tokens[1].low == "to" and "base" in verbs.forms(tokens[2].low):
        return tokens[1:3]
    return tokens[1:2] if tokens[1].low.endswith("ing") and stem(tokens[1].low) else ()


def _particle(tokens: Tokens) -> Tokens:
    """The particle of a verb before its object: 'takes up 9.4 wt%', but not 'rises up to 9.4 wt%'."""
    if len(tokens) < 3 or tokens[1].low not in _PARTICLES or tokens[2].kind == "mark":
        return ()
    return () if tokens[2].kind == "word" and tokens[2].low in PREPOSITIONS else tokens[1:2]


def _continues(aux: str, verb: list[str], token: Token) -> bool:
    if token.kind != "word":
        return False
    known = verbs.forms(token.low)
    if aux in verbs.BE or verb:
        return "participle" in known or (token.low.endswith("ing") and bool(stem(token.low)))
    if aux in ("has", "have", "had"):
        return "participle" in known
    return "base" in known
