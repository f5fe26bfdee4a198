"""The question words for a phrase: 'at an elongation of 815%' is asked for by 'at what elongation'."""

import re
from collections.abc import Iterator

from wellread.augment.chemicals import is_element
from wellread.augment.english import verbs
from wellread.augment.english.measures import measure
from wellread.augment.english.tokens import Token, Tokens, is_adverb, is_function, is_plural, join
from wellread.augment.english.words import DETERMINERS, NUMBER_WORDS, PREPOSITIONS, PRONOUNS, wordset

EXTENTS = {"thick": "thickness", "long": "length", "wide": "width", "high": "height", "deep": "depth", "large": "size", "old": "age",
           "heavy": "weight", "tall": "height", "broad": "breadth", "strong": "strength"}  # fmt: skip
_GREAT = {"strength": "high", "temperature": "high", "conductivity": "high", "yield": "high", "pressure": "high",
          "thickness": "great", "efficiency": "high", "density": "high"}  # fmt: skip
PLACES = wordset("in at on near inside off beneath under above along around")
# Not asked for: the answer would be a manner or a comparison, and the question no English.
_NEVER = wordset(
    "at as of than like per during such because due according instead for between among amongst over about despite except per via since until"
)
_METHODS = re.compile(
    r"(?:process|method|technique|procedure|protocol|route|wash|test|treatment|reaction|synthesis|cycle|ing)$"
)
_ADJECTIVE = re.compile(r"(?:ic|al|ous|ive|ful|less|able|ible|ish|ary|ed|en|ing)$")
_ADJECTIVES = wordset(
    "major minor key several various typical common new bare pure dry wet liquid solid fresh raw neat hot cold whole entire same initial final crude thin thick dense first second last only "
    "other subsequent previous following resulting present old large small high low pristine modern common strong weak single double simple best main good soft hard"
)
_MATTER = wordset(
    "layer film coating skin shell wire foil powder crystal crystals support electrode substrate membrane particle particles tube "
    "fibre fiber sheet plate block bath solution mixture gel contact barrier sheath core lining"
)


def stripped(tokens: Tokens) -> Tokens:
    """Without the adverbs before a number: 'only 3.7%' -> '3.7%'."""
    while len(tokens) > 1 and is_adverb(tokens[0]):
        tokens = tokens[1:]
    return tokens


def attribute(tokens: Tokens) -> str:
    """'molar mass' for 'a molar mass of 640 kg/mol'; nothing for any other phrase."""
    at = next((i for i, t in enumerate(tokens) if t.low == "of"), 0)
    if (
        at
        and tokens[-1].kind == "quantity"
        and len(tokens) - at >= 2
        and all(is_adverb(t) for t in tokens[at + 1 : -1])
    ):
        noun = tokens[1:at] if tokens[0].low in DETERMINERS else tokens[:at]
        return "" if not noun or is_plural(noun) else join(noun)
    return ""


def great(noun: str) -> str:
    """The adjective that asks for the size of a property: 'high' for a tensile strength."""
    return _GREAT.get(noun.split()[-1], "large")


def matter(tokens: Tokens) -> tuple[str, str] | None:
    """('contact layer', 'cobalt phosphide') for 'a contact layer of cobalt phosphide': what a thing is made of."""
    at = next((i for i, t in enumerate(tokens) if t.low == "of"), 0)
    if at < 2 or tokens[0].low not in ("a", "an", "the") or tokens[at - 1].low not in _MATTER or at + 1 >= len(tokens):
        return None
    made_of = tokens[at + 1 :]
    if tokens[0].low == "the" and made_of[-1].kind == "name":  # "the coating of Nuvressite" is on it
        return None
    if made_of[0].low in DETERMINERS or any(t.kind == "quantity" or t.low in PREPOSITIONS for t in made_of):
        return None
    return join(tokens[1:at]), join(made_of)


def extent(tokens: Tokens) -> tuple[str, str, str] | None:
    """('layer', 'thick', '8.5 nm') for 'a layer 8.5 nm thick'."""
    if (
        len(tokens) < 4
        or tokens[0].low not in ("a", "an", "the")
        or tokens[-2].kind != "quantity"
        or tokens[-1].low not in EXTENTS
    ):
        return None
    noun = tuple(t for t in tokens[1:-2] if not is_adverb(t))
    return (join(noun), tokens[-1].text, tokens[-2].text) if noun and all(_qualifies(t) for t in noun) else None


def asked(prep: str, tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Question words for the phrase `prep` + `tokens`, and the fact that they stand for; the best first."""
    lead = f"{prep} " if prep else ""
    tokens = stripped(tokens)
    noun = attribute(tokens)
    if noun and (not prep or tokens[0].low in DETERMINERS):
        yield f"{lead}what {noun}", tokens[-1].text
    if tokens[0].kind == "quantity":
        yield from _quantity(prep, tokens)
    elif not any(t.kind == "quantity" for t in tokens):
        yield from _noun(prep, lead, tokens)


def _noun(prep: str, lead: str, tokens: Tokens) -> Iterator[tuple[str, str]]:
    last, fact = tokens[-1], join(tokens)
    simple = not any(t.low in PREPOSITIONS or t.text == "," or t.low == "and" for t in tokens)
    elsewhere = len(tokens) > 1 and tokens[1].low in ("presence", "absence", "case")
    if prep in PLACES and last.kind == "name" and " " in last.text and not elsewhere and not _METHODS.search(last.text):
        yield "where", fact
    elif simple and prep in ("under", "in") and last.low in _GASES:
        yield f"{lead}what gas", fact
    elif simple and last.is_fact:
        yield f"{lead}{which(tokens)}", fact
        if prep == "in" and last.kind == "chemical":
            yield "in which medium", fact
    elif prep in ("by", "through", "via") and tokens[0].low.endswith("ing"):
        yield "how", fact
    elif (
        simple and prep and len(tokens) <= 4 and any(t.kind == "chemical" for t in tokens[:-1]) and last.kind == "word"
    ):
        yield f"{lead}what {last.text}", fact
    elif simple and prep and last.low in _SCALES and len(tokens) > 1:
        yield f"{lead}what {last.low}", fact
    elif prep.split(" ")[0] not in _NEVER and tokens[0].low not in PRONOUNS - {"its", "their", "this", "these"}:
        yield f"{lead}what", fact


def _quantity(prep: str, tokens: Tokens) -> Iterator[tuple[str, str]]:
    fact, lead, after = tokens[0].text, f"{prep} " if prep else "", tokens[1:]
    found = measure(fact, prep)
    if after and after[0].low == "of" and len(after) > 1:
        rest = join(after[1:])
        if found.noun == "percentage":
            yield f"{lead}what percentage of {rest}", fact
        elif not found.many:
            yield (f"{lead}how much of {rest}" if after[1].low in DETERMINERS else f"{lead}how much {rest}"), fact
    elif found.many and after and after[0].low in PREPOSITIONS and len(after) > 1:
        yield f"{lead}how many {found.many} {join(after)}", fact
    elif after and not all(t.low in PREPOSITIONS or is_adverb(t) for t in after):
        return
    elif found.noun == "time" and prep == "for":
        yield "for how long", fact
        yield f"for how many {found.many}", fact
    elif found.many:
        yield f"{lead}how many {found.many}", fact
    elif prep == "by":
        yield ("by what percentage" if found.noun == "percentage" else "by how much"), fact
    else:
        yield f"{lead}what {found.noun}", fact


def which(tokens: Tokens) -> str:
    """'which new catalyst' for 'the new catalyst Ketrosal', 'which milling process' for 'Orbelan milling'."""
    noun = sort_of(tokens)
    if noun:
        return f"which {noun}"
    if tokens[-1].kind == "chemical":
        return "which element" if is_element(tokens[-1].text) else "which compound"
    return "what"


def sort_of(tokens: Tokens) -> str:
    """The common noun that says what sort of thing a named thing is; nothing where none is said."""
    tokens = tuple(t for t in tokens if t.low not in ("called", "named"))
    last = tokens[-1]
    before = tokens[1:-1] if tokens[0].low in DETERMINERS else ()
    doing = bool(before) and verbs.forms(before[-1].low).get("singular", "") not in {"", *verbs.NOUNS}
    if before and last.is_fact and all(_qualifies(t) for t in before) and is_noun(before[-1]) and not doing:
        return join(before)
    if last.kind == "name" and " " in last.text:
        head = last.text.rsplit(" ", 1)[1]
        if head.islower():
            return f"{head} process" if head.endswith("ing") and head != "coating" else head
        if head.casefold() in _SITES:
            return head.casefold()
    return ""


_SCALES = wordset("temperature pressure voltage speed humidity concentration rate frequency angle")
_GASES = wordset("argon nitrogen air helium hydrogen oxygen")
_SITES = wordset(
    "fjord bay lake river island islands valley mountain mountains mine glacier desert harbour harbor bridge lighthouse sea gulf "
    "plain reef university institute laboratory observatory reactor catalyst process method effect reaction"
)


def _qualifies(token: Token) -> bool:
    """Whether a word can stand between an article and its noun."""
    return token.kind == "word" and not is_function(token)


def is_noun(token: Token) -> bool:
    """Whether a word is likely a noun: no adjective by its ending, no participle, no function word."""
    low = token.low
    return (
        low not in _ADJECTIVES | NUMBER_WORDS | PREPOSITIONS | DETERMINERS | {"and", "or", "called", "named"}
        and not _ADJECTIVE.search(low)
        and "participle" not in verbs.forms(low)
        and not is_adverb(token)
    )
