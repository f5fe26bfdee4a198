"""Cut the predicate of a clause into its parts: objects, adverbials, subordinate and relative clauses."""

from wellread.augment.english import verbs
from wellread.augment.english.clauses import Chunk, ChunkKind
from wellread.augment.english.finite import BREAKS, verb_at
from wellread.augment.english.tokens import Token, Tokens, is_adverb
from wellread.augment.english.words import DETERMINERS, PARTICLES, PREPOSITIONS

_TWO_WORDS = frozenset(
    {
        ("up", "to"),
        ("out", "of"),
        ("due", "to"),
        ("because", "of"),
        ("according", "to"),
        ("instead", "of"),
        ("such", "as"),
        ("owing", "to"),
        ("thanks", "to"),
        ("down", "to"),
        ("as", "well"),
        ("next", "to"),
    }
)


def chunked(tokens: Tokens, copula: bool = False) -> tuple[Chunk, ...]:
    """The predicate after its verb, cut where prepositions, clauses and new noun phrases begin."""
    chunks: list[Chunk] = []
    current: list[Token] = []
    kind: ChunkKind = "object"
    comma = False

    def close() -> None:
        nonlocal current, comma
        if current:
            chunks.append(Chunk(kind, tuple(current), comma))
            current, comma = [], False

    i = 0
    while i < len(tokens):
        t = tokens[i]
        new = _starts(tokens, i, kind if current else None, copula)
        if t.text == ",":
            if _in_list(tokens, i):
                current.append(t)
            else:
                close()
                comma, kind = True, "object"
        elif new:
            pending = comma and not current
            close()
            comma = pending or (comma and not chunks)
            kind = new
            current.append(t)
            if new in ("subordinate", "relative", "infinitive"):
                current += tokens[i + 1 :]
                break
            if new == "adverb":
                close()
                kind = "object"
        else:
            current.append(t)
        i += 1
    close()
    return tuple(chunks)


def _in_list(tokens: Tokens, i: int) -> bool:
    """Whether the comma at `i` parts the items of a list: 'silver, tin and antimony'."""
    after = tokens[i + 1 :]
    nxt = after[0] if after else None
    if nxt is None or nxt.low in PREPOSITIONS | BREAKS | {"which", "who", "where", "a", "an"} or nxt.kind == "quantity":
        return False
    for j, t in enumerate(after[:8]):
        if t.low in ("and", "or"):
            return j <= 5 and verb_at(after[:j]) is None
        if t.low in PREPOSITIONS | BREAKS and t.low != "of":
            return False
    return False


def _starts(tokens: Tokens, i: int, inside: ChunkKind | None, copula: bool) -> ChunkKind | None:
    """The kind of chunk that begins at token `i`, or None where the running one goes on."""
    t, low = tokens[i], tokens[i].low
    if t.kind != "word":
        return None if inside else "object"
    clause = _clause_starts(tokens, i, inside)
    if clause:
        return clause
    nxt, prev = tokens[i + 1] if i + 1 < len(tokens) else None, tokens[i - 1].low if i else ""
    if nxt and (low, nxt.low) in _TWO_WORDS:
        return "prep"
    if (prev, low) in _TWO_WORDS or low in ("of", "per"):
        return None if inside else "prep" if low == "of" else "object"
    if low in PARTICLES - {"over"} and (nxt is None or nxt.low in PREPOSITIONS or nxt.text == ","):
        return "adverb"
    if low == "than" and prev in ("more", "less", "fewer", "rather", "better", "larger", "smaller"):
        return None
    if low in PREPOSITIONS:
        return "prep"
    if inside == "object" and low in DETERMINERS and not copula:
        return None if prev in ("of", "and", "or", ",", "both", "than", "all", "half", "only") else "object"
    if inside is not None:
        return None
    # "only 3.7%" and "freshly broken surfaces" begin a noun phrase.
    coloured = nxt is not None and (nxt.kind == "quantity" or "participle" in verbs.forms(nxt.low))
    return "adverb" if is_adverb(t) and not coloured and low not in ("only", "about") else "object"


def _clause_starts(tokens: Tokens, i: int, inside: ChunkKind | None) -> ChunkKind | None:
    """'relative', 'subordinate' or 'infinitive' where a part with a verb of its own begins at token `i`."""
    t, low = tokens[i], tokens[i].low
    nxt, prev = tokens[i + 1] if i + 1 < len(tokens) else None, tokens[i - 1].low if i else ""
    following = nxt.low if nxt else ""
    if low == "that" and inside is None:
        return "subordinate"
    if low in ("which", "who", "that") and (prev or low == "that"):
        return "relative"
    if low in PREPOSITIONS and following in ("which", "whom"):
        return "relative"
    if inside in ("object", "prep") and _is_reduced(t, nxt) and prev not in DETERMINERS | PREPOSITIONS | {"and", ""}:
        return "relative"
    if (low == "so" and following == "that") or low in BREAKS - {"so", "as", "since", "until", "once"}:
        return "subordinate"
    if low in ("since", "as", "until", "once", "after", "before", "than") and verb_at(tokens[i + 1 :]) is not None:
        return "subordinate"
    if low == "to" and _is_base(next((x for x in tokens[i + 1 :] if not is_adverb(x)), None)):
        return "infinitive"
    return "relative" if inside is None and prev == "," and _trails(tokens[i:]) else None


def _is_base(token: Token | None) -> bool:
    return token is not None and token.kind == "word" and (token.low == "be" or "base" in verbs.forms(token.low))


def _is_reduced(token: Token, following: Token | None) -> bool:
    """Whether a participle begins a shortened relative clause: 'a polyether *made by* ...'."""
    return (
        "participle" in verbs.forms(token.low)
        and following is not None
        and following.kind == "word"
        and (following.low in PREPOSITIONS or is_adverb(following))
    )


def _trails(tokens: Tokens) -> bool:
    """Whether ', thus increasing ...' follows: it adds to the clause and can be left out."""
    while len(tokens) > 1 and is_adverb(tokens[0]):
        tokens = tokens[1:]
    return tokens[0].low.endswith("ing") and bool(stem(tokens[0].low))


def stem(word: str) -> str:
    """The verb of an -ing word, or nothing."""
    for base in (word[:-3], word[:-3] + "e", word[:-4]):
        if "base" in verbs.forms(base):
            return base
    return ""
