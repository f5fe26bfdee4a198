"""Where the finite verb of a clause stands, told from words alone."""

from typing import Literal

from wellread.augment.english import verbs
from wellread.augment.english.tokens import Token, Tokens, is_adverb, is_plural
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, wordset

BREAKS = wordset("because since although though while whereas when whenever if unless until so where once as")
# Verbs that always take an object.
_TRANSITIVE = wordset(
    "make use give prepare obtain produce find coat apply design report construct fabricate synthesise synthesize contain compare base derive "
    "propose provide require introduce develop describe investigate study employ utilise utilize conduct perform call need add include compose combine dope embed equip assemble"
)
COORDINATORS = wordset("and or but nor yet")


def verb_at(tokens: Tokens) -> int | None:
    """Where the finite verb of the main clause stands; None where no word can surely be it."""
    relatives, skip, commas = 0, 0, False
    for i, t in enumerate(tokens):
        if i < max(1, skip) or t.kind not in ("word", "mark", "verb"):
            continue
        if t.text in (",", ";", ":"):
            commas = True
            continue
        if t.low in ("that", "which", "who") and tokens[i - 1].kind != "mark":
            relatives += 1
            continue
        if t.low in BREAKS | {"but", "which", "who"} and t.low != "as":
            return None
        sort = _finite(tokens, i)
        if sort is None:
            continue
        if relatives:
            relatives -= 1
            skip = i + 2 + sum(is_adverb(x) for x in tokens[i + 1 : i + 2])
            continue
        if sort in ("weak", "past") and _later(tokens, i, sort):
            continue
        return None if commas and not _is_list(tokens[:i]) else i
    return None


def _is_list(subject: Tokens) -> bool:
    """Whether the commas of a subject only part the items of a list."""
    items: list[int] = [0]
    for t in subject:
        if t.text == ",":
            items.append(0)
        elif t.low not in COORDINATORS:
            items[-1] += 1
    return max(items) <= 5 and max(items[:-1]) <= 3 and any(t.low in ("and", "or") for t in subject[-4:])


def _later(tokens: Tokens, i: int, sort: str) -> bool:
    """Whether a surer verb follows in the same clause, so that the word at `i` is a noun or a participle."""
    for j in range(i + 1, len(tokens)):
        t = tokens[j]
        if t.kind == "mark" or t.low in BREAKS | COORDINATORS | {"that", "which", "who", "to"}:
            return False
        other = _finite(tokens, j)
        if other in ("aux", "strong") or (other == "past" and sort == "past"):
            return True
        if other == "past" and sort == "weak" and j + 1 < len(tokens) and tokens[j + 1].low not in PREPOSITIONS:
            return True
    return False


def _finite(tokens: Tokens, i: int) -> Literal["aux", "strong", "weak", "past"] | None:
    t = tokens[i]
    if t.kind == "verb":
        return "aux"
    if t.kind != "word" or not t.text.islower():
        return None
    prev = tokens[i - 1]
    if t.low in verbs.AUXILIARIES:
        return "aux"
    known = verbs.forms(t.low)
    if not known or (
        prev.kind == "word" and prev.low in DETERMINERS | PREPOSITIONS | {"to", "not", "be", "been"} - {"this"}
    ):
        return None
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    opens = nxt is None or nxt.is_fact or nxt.low in DETERMINERS | PREPOSITIONS | BREAKS or is_adverb(nxt)
    subject = tokens[:i]
    while subject and is_adverb(subject[-1]):
        subject = subject[:-1]
    if not subject:
        return None
    if "singular" in known and "past" not in known:
        if known["singular"] not in verbs.NOUNS:
            return "strong"
        # A plural noun seldom stands before another noun: in "blocks electrons", "blocks" is the verb.
        return None if is_plural(subject) or not (opens or prev.is_fact or _takes_object(nxt)) else "weak"
    bare = nxt is None or (nxt.kind == "word" and (nxt.low in PREPOSITIONS or is_adverb(nxt)))
    if bare and known.get("participle") in _TRANSITIVE:
        return None  # "films made from X": without an object it can only be a participle
    if "past" in known and not ("base" in known and is_plural(subject) and known["base"] != known["past"]):
        return "past"
    if "base" in known and (is_plural(subject) or prev.low in ("we", "they")):
        if known["base"] in verbs.NOUNS:
            return "weak" if opens or _takes_object(nxt) else None
        return "strong"
    return None


def _takes_object(following: Token | None) -> bool:
    """Whether the word after a possible verb can start its object."""
    return (
        following is not None
        and following.kind == "word"
        and following.low not in {"of", *verbs.AUXILIARIES, *COORDINATORS, *BREAKS}
    )
