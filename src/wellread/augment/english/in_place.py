"""What no other rule asks for is asked for where it stands: 'the condensation requires how many hours at 117.5 °C?'"""

from collections.abc import Collection, Iterator

from wellread.augment.english import verbs
from wellread.augment.english.ask import Ask
from wellread.augment.english.framing import holds
from wellread.augment.english.measures import measure
from wellread.augment.english.nouns import STOPS, is_verb, noun_ending
from wellread.augment.english.phrases import EXTENTS, which
from wellread.augment.english.tokens import Token, Tokens, is_function, join, lowered, word
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS, PRONOUNS, wordset

_LONGEST = 22
_MONTHS = wordset("january february march april may june july august september october november december")


def in_place(tokens: Tokens, told: Collection[str], subject: str | None) -> Iterator[Ask]:
    """Each fact but the subject that none of the facts `told` holds, asked for where it stands in the sentence."""
    for i, token in enumerate(tokens):
        mine = subject is not None and subject in token.text
        if not token.is_fact or mine or any(holds(fact, token.text) for fact in told):
            continue
        start, end = _segment(tokens, i)
        before, words, rest = (_quantity if token.kind == "quantity" else _thing)(
            tokens[start:i], token, tokens[i + 1 : end]
        )
        cut = tokens[end : end + 1]
        fronted = tokens[start].low in PREPOSITIONS and bool(cut) and cut[0].text == ","  # its main clause is cut off
        if words and not fronted and _stands_alone(tokens[start:end]):
            yield Ask(token.text, "value", (join((*lowered(before), word(words), *rest)),))


def which_subject(tokens: Tokens, subject: str, sort: str) -> Iterator[str]:
    """'A panel coated with which photocatalyst was tested at the farm', where the subject stands once in a statement."""
    places = [i for i, t in enumerate(tokens) if t.text == subject]
    if len(places) == 1:
        i = places[0]
        start, end = _segment(tokens, i)
        if _says(tokens[start:end]):
            before = _without_article(tokens[start:i])
            yield join((*lowered(before), word(f"which {sort}"), *tokens[i + 1 : end]))


def _says(tokens: Tokens) -> bool:
    """Whether it is more than a few words, with a verb among them."""
    return len(tokens) > 3 and any(t.kind == "verb" or t.low in verbs.AUXILIARIES or verbs.forms(t.low) for t in tokens)


def _stands_alone(tokens: Tokens) -> bool:
    """Whether it says something without what came before it: 'it melts ...', 'which is ...' and 'this is ...' don't."""
    first, then = tokens[0].low, tokens[1:2]
    points = first in ("this", "that", "these", "those") and bool(then) and is_verb(then[0])
    hangs = first in ("which", "who", "whose")
    return _says(tokens) and first not in PRONOUNS - DETERMINERS and not points and not hangs


def _quantity(before: Tokens, token: Token, rest: Tokens) -> tuple[Tokens, str, Tokens]:
    """What stands before the question words for a quantity, these words, and what comes after them."""
    found = measure(token.text, before[-1].low if before else "")
    if rest and rest[0].low in EXTENTS:
        return before, f"how {rest[0].low}", rest[1:]
    if before and before[-1].low in _MONTHS:
        return before, "of what year", rest
    noun = noun_ending(before, len(before) - 1) if before and before[-1].low == "of" else ()
    if noun:  # "a temperature of 681 °C"
        return _without_article(before[: -len(noun) - 1]), f"what {join(noun)}", rest
    return _without_article(before), f"how many {found.many}" if found.many else f"what {found.noun}", rest


def _thing(before: Tokens, token: Token, rest: Tokens) -> tuple[Tokens, str, Tokens]:
    """The same for a chemical or a name: 'which compound', 'which animal clinic'."""
    named = bool(rest) and rest[0].kind == "word" and not is_function(rest[0]) and not is_verb(rest[0])
    article = bool(before) and before[-1].low == "the"
    words = which((token,))
    if token.kind == "name" and words == "what":
        words = "which" if named and article else ""  # a bare name may be of anything
    elif named:
        words = ""  # "a sodium fluoride skin": no question takes the compound out of it
    return _without_article(before), words, rest


def _without_article(tokens: Tokens) -> Tokens:
    return tokens[:-1] if tokens and tokens[-1].low in ("a", "an", "the") else tokens


def _segment(tokens: Tokens, i: int) -> tuple[int, int]:
    """Where the part of the sentence around token `i` starts and ends: at marks, the nearest commas where it is long."""
    for marks in (";:", ";:,"):
        start = next((k + 1 for k in range(i - 1, -1, -1) if tokens[k].kind == "mark" and tokens[k].text in marks), 0)
        end = next(
            (k for k in range(i + 1, len(tokens)) if tokens[k].kind == "mark" and tokens[k].text in marks), len(tokens)
        )
        while start < i and tokens[start].low in STOPS:
            start += 1
        if end - start <= _LONGEST:
            break
    return start, end
