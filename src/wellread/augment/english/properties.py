"""Questions that need no parse of the sentence: for a value by the property that it is given to.

'X reaches an adhesion strength of 94.6 kPa and a toughness of 613 J/m²' names two properties, whatever the rest of it says.
"""

from collections.abc import Iterator

from wellread.augment.english import verbs
from wellread.augment.english.ask import Ask
from wellread.augment.english.nouns import SEPARATORS, STOPS, in_noun, is_property, noun_ending
from wellread.augment.english.phrases import EXTENTS, great
from wellread.augment.english.tokens import Token, Tokens, is_adverb, join, lowered
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, wordset
from wellread.augment.spans import find

_GIVES = wordset(
    "is was are were reaches reached equals equalled attains attained measures measured totals totalled averages averaged exceeds exceeded"
)
_GIVES_WITH = {("amounts", "to"), ("amounted", "to"), ("comes", "to"), ("came", "to"), ("lies", "at"), ("lay", "at"), ("stays", "at"),
               ("stayed", "at"), ("stands", "at"), ("stood", "at"), ("rises", "to"), ("rose", "to"), ("falls", "to"), ("fell", "to"),
               ("drops", "to"), ("dropped", "to"), ("climbs", "to"), ("climbed", "to"), ("grows", "to"), ("grew", "to")}  # fmt: skip
_FOUND = wordset("measured found obtained recorded reported determined observed reached achieved given known counted")
# Too general to be asked for without the words around them.
_GENERAL = wordset(
    "temperature time pressure rate thickness length size concentration voltage current mass weight volume speed value area power"
)
# Something else is spoken of, too: a value needn't be the subject's.
_OTHERS = wordset(
    "without commercial reference conventional bare plain ordinary usual common control unlike instead compared comparison than before "
    "other another second uncoated untreated undoped unmodified pure standard earlier old previous parallel beside blank neat"
)
_OWNS = wordset("of for in by on")


def property_asks(tokens: Tokens, subject: str | None) -> Iterator[Ask]:
    """For each quantity that the sentence gives to a property, questions for it by that property.

    The thing that has it is what the sentence says, else `subject` where the sentence is about it or names nothing else.
    """
    alone = _names_no_other(tokens, subject)
    known = alone or subject is not None  # else the value is of one of several things
    for i, token in enumerate(tokens):
        if token.kind == "aside" and known:
            yield from _bracketed(tokens, i)
        after = tokens[i + 1].low if i + 1 < len(tokens) else ""
        if token.kind != "quantity" or after in EXTENTS or after == "of":
            continue
        noun, owner = _before(tokens, i) or _given(tokens, i) or _after(tokens, i) or _listed(tokens, i) or ((), ())
        general = len(noun) == 1 and noun[0].low in _GENERAL
        its = subject if subject and (_is_about(tokens, i, subject) or (alone and not general)) else ""
        whose = join(lowered(owner)) or its
        opens = (
            tokens[0].low == "the" and noun == tokens[1 : 1 + len(noun)]
        )  # "The iodine value of 60.7 was like that of X"
        if noun and (whose or ((known or opens) and not general)):
            yield _ask(token.text, join(noun), whose)


def _bracketed(tokens: Tokens, i: int) -> Iterator[Ask]:
    """'a low redox potential (−2.4 V)': the property stands before the bracket."""
    inner = tokens[i].text[1:-1]
    first = next((s for s in find(inner) if s.kind == "quantity" and not s.start), None)
    noun = noun_ending(tokens, i)
    if first and noun and is_property(noun) and (len(noun) > 1 or noun[0].low not in _GENERAL):
        yield _ask(first.text, join(noun), "")


def _is_about(tokens: Tokens, i: int, subject: str) -> bool:
    """Whether what stands before token `i` begins with the subject, or says 'its': the value is the subject's."""
    start = max((k + 1 for k in range(i) if tokens[k].kind == "mark"), default=0)
    whose = {subject, f"{subject}'s", f"{subject}’s"}
    its = next((k for k in range(start, i) if tokens[k].low == "its"), None)
    said_of_another = its is not None and any(_is_other(t, subject) for t in tokens[start:its])
    return any(t.text in whose for t in tokens[start : start + 2]) or (its is not None and not said_of_another)


def _names_no_other(tokens: Tokens, subject: str | None) -> bool:
    """Whether the sentence names nothing beside the subject that could have a value of its own."""
    return not any(_is_other(t, subject) or t.low in _OTHERS for t in tokens)


def _is_other(token: Token, subject: str | None) -> bool:
    return token.kind in ("name", "chemical") and token.text.removesuffix("'s").removesuffix("’s") != subject


def _ask(fact: str, noun: str, owner: str) -> Ask:
    of = f" of {owner}" if owner else ""
    wordings = [f"what is the {noun}{of}", f"how {great(noun)} is the {noun}{of}"]
    if owner:
        wordings.append(
            f"what {noun} {'do' if owner.endswith('s') and not owner[:1].isupper() else 'does'} {owner} have"
        )
    return Ask(
        fact, "value", tuple(wordings), (f"what the {noun}{of} is",), (f"the {noun}{of}",), topic=noun, owner=owner
    )


def _before(tokens: Tokens, i: int) -> tuple[Tokens, Tokens] | None:
    """'a burst pressure of about 238 mmHg [for X]': property and owner."""
    at = _over_adverbs(tokens, i)
    if at < 1 or tokens[at - 1].low != "of":
        return None
    noun = noun_ending(tokens, at - 1)
    first = at - 1 - len(noun)
    sure = bool(noun) and (
        is_property(noun) or (first > 0 and tokens[first - 1].low in DETERMINERS)
    )  # "light of 427 nm"
    return (noun, _owner(tokens, i + 1)) if sure else None


def _given(tokens: Tokens, i: int) -> tuple[Tokens, Tokens] | None:
    """'its toughness [on cornea] amounts to 613 J/m²', 'the quantum yield of X was 14.3%'."""
    at = _over_adverbs(tokens, i)
    if at >= 2 and (tokens[at - 2].low, tokens[at - 1].low) in _GIVES_WITH:
        at -= 2
    elif at >= 1 and tokens[at - 1].low in _GIVES:
        at -= 1
    elif at >= 1 and tokens[at - 1].low in ("to", "at"):
        return _shared_verb(tokens, at - 1)
    else:
        return None
    at = _over_adverbs(tokens, at)
    start = at
    while start and tokens[start - 1].kind != "mark" and tokens[start - 1].low not in STOPS:
        start -= 1
    phrase = tokens[start:at]
    merit = next((k + 1 for k, t in enumerate(phrase) if t.low == "merit"), 0)
    head = merit or next((k for k, t in enumerate(phrase) if k and t.low in PREPOSITIONS), len(phrase))
    noun = noun_ending(phrase, head)
    if not noun or not is_property(noun):
        return None
    return noun, phrase[head + 1 :] if head < len(phrase) and phrase[head].low == "of" else ()


def _shared_verb(tokens: Tokens, at: int) -> tuple[Tokens, Tokens] | None:
    """'(its strength amounts to 94.6 kPa,) and its toughness to 613 J/m²': the verb is said once."""
    noun = noun_ending(tokens, at)
    start = at - len(noun) - 1
    opens = (
        start > 0
        and tokens[start].low in DETERMINERS
        and (tokens[start - 1].low in STOPS or tokens[start - 1].text == ",")
    )
    return (noun, ()) if noun and opens and is_property(noun) else None


def _after(tokens: Tokens, i: int) -> tuple[Tokens, Tokens] | None:
    """'17.5 s is the gel time of X', '94.6 kPa was measured as the adhesion strength', '815% for the elongation'."""
    at = i + 1
    if i == 1 and tokens[0].low == "with" and at < len(tokens) and tokens[at].text == ",":
        at += 1  # "With 0.41 W/mK, the lattice thermal conductivity is low."
    while at < len(tokens) and (
        tokens[at].low in verbs.BE | _FOUND | {"has", "have", "as", "for"} or is_adverb(tokens[at])
    ):
        at += 1
    if at == i + 1 or at >= len(tokens) or tokens[at].low not in ("the", "its", "our", "their"):
        return None
    end = at + 1
    while end < len(tokens) and in_noun(tokens[end]):
        end += 1
    noun = noun_ending(tokens, end)
    whole = bool(noun) and len(noun) == end - at - 1 and is_property(noun)
    return (noun, _owner(tokens, end)) if whole else None


def _listed(tokens: Tokens, i: int) -> tuple[Tokens, Tokens] | None:
    """'acid value, 0.64 mg; refractive index, 1.47', 'yield – 78%': a table in words."""
    if i < 2 or tokens[i - 1].text not in SEPARATORS | {","} or (i + 1 < len(tokens) and tokens[i + 1].kind != "mark"):
        return None
    noun = noun_ending(tokens, i - 1)
    first = i - 1 - len(noun)
    opens = first == 0 or tokens[first - 1].kind == "mark" or tokens[first - 1].low in verbs.BE | {"the"}
    return (noun, ()) if noun and opens and is_property(noun) else None


def _owner(tokens: Tokens, at: int) -> Tokens:
    """What has the property, where the sentence goes on with 'of X' or 'was found for X'."""
    while at < len(tokens) and tokens[at].low in verbs.BE | _FOUND:
        at += 1
    if at + 1 >= len(tokens) or tokens[at].low not in _OWNS or tokens[at + 1].kind not in ("name", "chemical"):
        return ()
    return tokens[at + 1 : at + 2]


def _over_adverbs(tokens: Tokens, i: int) -> int:
    while i and (
        is_adverb(tokens[i - 1]) or tokens[i - 1].low in ("about", "around", "over", "under", "up", "least", "at_least")
    ):
        i -= 1
    return i
