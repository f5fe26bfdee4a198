"""Noun phrases, found from their end: 'toughness' before 'of 613 J/m²', 'acid value' before a comma, and which are properties."""

import re

from wellread.augment.english import verbs
from wellread.augment.english.phrases import is_noun
from wellread.augment.english.tokens import Token, Tokens, is_adverb, is_function, is_plural, lowered
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, PRONOUNS, wordset

# They say how a value is meant, or what holds it, and name no property.
_EMPTY = wordset(
    "value values figure figures total number amount maximum minimum mean average range factor level series set group pair layer film drop piece "
    "test sample solution mixture batch result half rest one record magnitude order means course case part addition"
)
# Nouns of values, where no 'of' before the number says so: by their ending, or one of these.
_PROPERTY = re.compile(
    r"(?:ity|ness|th|ance|ence|ency|ure|sion|tion|age|rate|time|size|gap|yield|point|life|loss|gain)$"
)
_PROPERTIES = wordset(
    "energy area power voltage current angle modulus index diameter radius volume weight mass dose output level limit field constant potential strain stress "
    "force load speed velocity uptake recovery coefficient ratio response barrier demand dosage merit flux content capacity frequency period distance height "
    "charge cost price factor value pH turnover overpotential porosity spacing interval lag delay delta shift share portion concentration excess"
)
_PRAISE = wordset(
    "high higher low lower large larger small smaller great greater good better excellent superior remarkable outstanding record ultrahigh"
)
STOPS = wordset("and or but whereas while yet so then")
"""Words at which a noun phrase or a statement ends."""
SEPARATORS = {":", "–", "—", "-", "="}
"""They stand between a thing and its value in a list."""


def noun_ending(tokens: Tokens, end: int) -> Tokens:
    """The noun phrase that ends before `end`, without its article; empty where it is none, or no property."""
    start = end
    while start and in_noun(tokens[start - 1]):
        start -= 1
    noun = tokens[start:end]
    while noun and (is_adverb(noun[0]) or is_verb(noun[0]) or noun[0].low in _PRAISE):
        noun = noun[1:]
    begins = (
        not start or tokens[start - 1].low in DETERMINERS | PREPOSITIONS | STOPS or tokens[start - 1].kind == "mark"
    )
    if not noun or len(noun) > 5 or not (begins or len(noun) < end - start):
        return ()
    if tokens[start - 1].low == "of" and start > 1:  # "a figure of merit of 2.37"
        outer = noun_ending(tokens, start - 1)
        figure = tokens[start - 2 : start - 1] if noun[-1].low == "merit" else ()
        return (*(outer or figure), tokens[start - 1], *noun) if outer or figure else ()
    sound = (
        noun[-1].kind == "word"
        and (is_noun(noun[-1]) or noun[-1].low in _PROPERTIES)
        and noun[-1].low not in PRONOUNS
        and not _is_empty(noun)
        and not is_plural(noun)
    )
    return lowered(noun) if sound and noun[-1].low.isascii() and len(noun[-1].low) > 2 else ()


def _is_empty(noun: Tokens) -> bool:
    """'The mean value' says nothing, 'the acid value' does."""
    says = [t for t in noun if t.low not in _EMPTY]
    return not says or (noun[-1].low in _EMPTY and noun[-1].low not in ("value", "number", "level", "factor", "range"))


def is_property(noun: Tokens) -> bool:
    """Whether a noun phrase is something that has a value: 'the yield strength', not 'the layer'."""
    return bool(_PROPERTY.search(noun[-1].low)) or noun[-1].low in _PROPERTIES


def in_noun(token: Token) -> bool:
    """Whether a token can be a part of a noun phrase, but for its article."""
    if token.text.endswith(("'s", "’s")):
        return False
    return token.kind in ("word", "name", "chemical") and not (token.kind == "word" and is_function(token))


def is_verb(token: Token) -> bool:
    """Whether a word is more likely a finite verb than a noun."""
    known = verbs.forms(token.low)
    return token.kind == "verb" or "singular" in known or ("past" in known and not token.low.endswith("ed"))
