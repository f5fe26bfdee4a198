"""Questions for the objects and adverbials of a clause: 'at what temperature', 'with which catalyst', 'how many cycles'."""

from collections.abc import Iterator

from wellread.augment.english import verbs
from wellread.augment.english.ask import Ask, reasons, tail
from wellread.augment.english.clauses import Chunk, Clause
from wellread.augment.english.measures import measure
from wellread.augment.english.phrases import EXTENTS, asked, attribute, extent, is_noun, matter, sort_of, stripped
from wellread.augment.english.tokens import Tokens, is_adverb, join, lowered
from wellread.augment.english.words import DETERMINERS, NUMBER_WORDS, PRONOUNS, wordset

# An object before one of these can't be asked for without it: 'keeps the powder *from* clumping'.
_BOUND = wordset("from into to against as")
# Adverbials that read well at the start of a statement.
_LOOSE = wordset("at in for after within under during on before below above")
# Verbs that say little: 'what does X have' asks for everything.
_LIGHT = wordset("have show give make take put get set reach exhibit")
# "in terms of", "by means of", "in order to": no phrase of their own.
_IDIOMS = wordset(
    "terms means order addition contrast comparison case fact general particular respect basis situ vivo vitro detail turn part"
)
_GIVERS = wordset("give provide produce yield afford deliver lend impart")
_NAMELY = wordset("especially particularly notably mainly namely including")
_LINKS = ("and", "or", "of", "followed")
_SCALES = ("temperature", "pressure", "pH", "voltage")


def phrase_of(chunk: Chunk) -> tuple[str, Tokens]:
    """Preposition ('' for an object) and noun phrase of a chunk."""
    if chunk.kind != "prep":
        return "", chunk.tokens
    pair = tuple(t.low for t in chunk.tokens[:2])
    two = len(chunk.tokens) > 2 and pair in (("up", "to"), ("out", "of"), ("down", "to"))
    return join(chunk.tokens[: 1 + two]).lower(), chunk.tokens[1 + two :]


def complements(clause: Clause) -> Iterator[Ask]:
    """All that can be asked of what follows the verb, and of an adverbial before the subject."""
    if {"not", "only"} <= {t.low for t in clause.mid}:
        return  # half of what it says would be left out
    for i, chunk in enumerate(clause.chunks):
        if any(c.kind in ("subordinate", "infinitive") or _is_gerund(c) for c in clause.chunks[:i]):
            break
        prep, tokens = phrase_of(chunk)
        if _is_askable(clause, i, prep, tokens):
            yield from _complement(clause, i, prep, tokens)
    if clause.front and clause.front.kind == "prep" and any(t.is_fact for t in clause.front.tokens):
        yield from _front(clause, *phrase_of(clause.front))


def _complement(clause: Clause, i: int, prep: str, tokens: Tokens) -> Iterator[Ask]:
    made = matter(tokens)
    if made:
        wordings = (f"what is the {made[0]} made of", f"of what does the {made[0]} consist")
        yield Ask(
            made[1],
            "matter",
            wordings,
            (f"what the {made[0]} is made of",),
            (f"the substance of which the {made[0]} consists",),
        )
    size = extent(tokens)
    if size:
        noun, adjective, value = size
        phrase = f"the {EXTENTS[adjective]} of the {noun}"
        yield Ask(
            value,
            "matter",
            (f"how {adjective} is the {noun}", f"what is {phrase}"),
            (f"how {adjective} the {noun} is",),
            (phrase,),
        )
    found = list(asked(prep, tokens))
    if not found:
        return
    fact, drops = found[0][1], _drops(clause, i, bool(prep))
    ways, end = [wh for wh, same in found if same == fact], tail(clause)
    yield Ask(
        fact,
        "prep" if prep else "object",
        wordings=tuple(f"{wh} {clause.inverted(d)}{e}" for wh in ways for d in drops for e in dict.fromkeys(("", end))),
        indirect=tuple(f"{ways[0]} {clause.plain(d)}" for d in drops[:2]),
        named=tuple(n for d in drops[:2] if (n := named(ways[0], prep, clause.plain(d)))),
        turned=tuple(_turned(clause, i, prep, tokens, fact, drops[-1])),
        topic=_topic(clause, i, prep, tokens),
        owner=_owner(clause, i),
    )


def named(wh: str, prep: str, plain: str) -> str:
    """'the temperature at which X melts' for 'at what temperature'; nothing where there is no noun to build on."""
    if wh == "where":
        return f"the place where {plain}"
    bare = wh.removeprefix(f"{prep} ") if prep else wh
    word, _, noun = bare.partition(" ")
    if word not in ("what", "which") or not noun or " of " in noun:
        return ""
    return f"the {noun} {f'{prep} which' if prep else 'that'} {plain}"


def _front(clause: Clause, prep: str, tokens: Tokens) -> Iterator[Ask]:
    if prep == "to" and "base" in verbs.forms(tokens[0].low):
        return  # "To make gold, ..." is no place or aim that a noun names
    for wh, fact in list(asked(prep, tokens))[:1]:
        drop = reasons(clause)
        plain = clause.plain(drop)
        name = named(wh, prep, plain)
        topic = _topic(clause, len(clause.chunks), prep, tokens)
        owner = join(lowered(clause.subject))
        wordings = (f"{wh} {clause.inverted(drop)}",)
        yield Ask(fact, "prep", wordings, (f"{wh} {plain}",), (name,) if name else (), (), topic, owner)


def _is_gerund(chunk: Chunk) -> bool:
    return (
        chunk.kind == "prep"
        and len(chunk.tokens) > 1
        and chunk.tokens[1].kind == "word"
        and chunk.tokens[1].low.endswith("ing")
    )


def _is_askable(clause: Clause, i: int, prep: str, tokens: Tokens) -> bool:
    """Whether chunk `i` is a phrase that English can ask for."""
    chunk, before, after = clause.chunks[i], clause.chunks[i - 1 : i] if i else (), clause.chunks[i + 1 : i + 2]
    if chunk.kind not in ("object", "prep") or not tokens or (tokens[0].low in PRONOUNS and len(tokens) == 1):
        return False
    if chunk.comma:
        return chunk.kind == "prep" and any(c.comma and c.kind == "object" for c in before)
    if any(c.tokens[-1].low in _LINKS for c in before):
        return False  # "..., at 20 °C, and *under argon*": one of several
    if (
        tokens[0].low in _IDIOMS
        or prep == "out"
        or (prep and tokens[0].low in ("this", "these", "that", "such", "what"))
    ):
        return False
    if not prep and not _is_nominal(tokens, passive=clause.aux in verbs.BE and not clause.verb.endswith("ing")):
        return False
    if not prep:
        first_of_two = any(c.kind == "object" and not c.comma for c in after)
        return not first_of_two and all(c.kind in ("object", "adverb") for c in before)
    # "in seawater" after an object belongs to the object, not to the verb.
    return prep != "in" or any(t.is_fact for t in tokens) or not any(c.kind == "object" for c in clause.chunks[:i])


def _is_nominal(tokens: Tokens, passive: bool) -> bool:
    """Whether what follows the verb names a thing; 'remains ambiguous' and 'is called toxic' do not."""
    if tokens[0].is_fact or tokens[0].low in DETERMINERS | NUMBER_WORDS:
        return True
    return (
        not passive
        and not is_adverb(tokens[0])
        and (len(tokens) > 1 or is_noun(tokens[0]) or tokens[0].low.endswith("ing"))
    )


def _drops(clause: Clause, i: int, is_prep: bool) -> list[set[Chunk]]:
    """What to leave out of the question, from the shortest question to the longest."""
    chunk, after = clause.chunks[i], clause.chunks[i + 1 :]
    hanging = _hanging(after)
    longest = {chunk} | reasons(clause) | hanging | (set(after) if _is_gerund(chunk) else set())
    tied = after and (after[0].kind == "adverb" or after[0].tokens[0].low in _BOUND)
    if not is_prep and (clause.base in _LIGHT or tied):
        return [longest]
    upto = set(clause.chunks[i:])
    bare = upto | spare(clause)
    return list({clause.rest(d): d for d in (longest, upto, bare)}.values())[::-1]


def _hanging(after: tuple[Chunk, ...]) -> set[Chunk]:
    """What goes with the chunk before it: ', the catalyst, ...', ', especially nanotubes, that ...', 'than that of Y'."""
    if after and after[0].tokens[0].low == "than":
        return set(after)
    found = [c for c in after[:1] if c.comma and c.tokens[0].low in _NAMELY]
    for kind in ("object", "relative"):
        found += [c for c in after[len(found) :][:1] if c.kind == kind and (found or c.comma or kind == "relative")]
    return set(found)


def spare(clause: Clause) -> set[Chunk]:
    """The chunks that a short question can do without: adverbials and appositions, with what hangs on them."""
    found: set[Chunk] = set()
    for before, chunk in zip((None, *clause.chunks), clause.chunks, strict=False):
        loose = chunk.kind == "prep" and chunk.tokens[0].low not in _BOUND
        hangs = chunk.kind == "relative" and before in found
        if loose or hangs or (chunk.kind == "object" and chunk.comma):
            found.add(chunk)
    return found


def _topic(clause: Clause, i: int, prep: str, tokens: Tokens) -> str:
    bare = stripped(tokens)
    what = attribute(tokens) or (measure(bare[0].text).noun if bare[0].kind == "quantity" else sort_of(bare))
    return " ".join((clause.base, *(c.text for c in clause.chunks[:i] if c.kind == "object"), prep, what))


def _owner(clause: Clause, i: int) -> str:
    """Whose property is asked for: the subject's, but 'gives X a mass of ...' tells of X."""
    if clause.base not in _GIVERS:
        return join(lowered(clause.subject))
    given = clause.chunks[i - 1] if i else None
    return given.text if given and given.kind == "object" and clause.base in ("give", "lend") else ""


def _turned(clause: Clause, i: int, prep: str, tokens: Tokens, fact: str, drop: set[Chunk]) -> Iterator[str]:
    chunk, plain = clause.chunks[i], clause.plain(drop) + tail(clause)
    noun = attribute(tokens)
    if noun and fact == tokens[-1].text and clause.base == "have" and not clause.chunks[i + 1 :]:
        yield f"{fact} is the {noun} of {join(lowered(clause.subject))}"
    elif noun and fact == tokens[-1].text:
        yield f"{fact} is the {noun} {prep + ' which' if prep else 'that'} {plain}"
    elif (
        prep in ("at", "to", "below", "above", "under", "up to") and len(tokens) == 1 and measure(fact).noun in _SCALES
    ):
        yield f"{fact} is the {measure(fact).noun} {prep} which {plain}"
    elif prep and not clause.front and not _is_gerund(chunk):
        alone = not clause.rest(drop)
        yield f"it is {chunk.text} that {plain}" if alone or prep not in _LOOSE else f"{chunk.text}, {plain}"
    if not prep and tokens[-1].is_fact and tokens[-1].kind != "quantity" and len(tokens) <= 3:
        yield f"it is {join(tokens)} that {plain}"
