"""Questions for what something is made up of: 'seeds contained 57.9% fat, 26.4% protein and 2.1% ash'.

A list of shares is told in one breath, and each of them is asked for by itself, both ways. That needs no parse of the rest.
"""

from collections.abc import Iterator

from wellread.augment.english.ask import Ask
from wellread.augment.english.measures import measure
from wellread.augment.english.nouns import in_noun, is_property
from wellread.augment.english.tokens import Token, Tokens, is_plural, join, lowered
from wellread.augment.english.words import PRONOUNS
from wellread.augment.spans import find

_VERBS = {
    "contain": "do", "contains": "does", "contained": "did", "comprise": "do", "comprises": "does", "comprised": "did",
    "have": "do", "has": "does", "had": "did",
}  # fmt: skip
_HAVE = {"have", "has", "had"}
_LONGEST = 6
"""Tokens of what contains it; longer ones come from sentences that were taken apart wrongly."""


def composition_asks(tokens: Tokens) -> Iterator[Ask]:
    """For each share that the sentence says something contains, questions for the share and for what has it."""
    for i, token in enumerate(tokens):
        owner = _owner(tokens, i) if token.low in _VERBS else ()
        shares = list(_shares(tokens, i + 1)) if owner else []
        for quantity, what in shares:
            if _is_percentage(quantity.text) or (len(shares) > 1 and token.low not in _HAVE):
                yield from _asks(quantity, what, join(lowered(owner)), _VERBS[token.low])
    yield from _bracketed(tokens)


def _bracketed(tokens: Tokens) -> Iterator[Ask]:
    """'nerol (23.0%) and citral (20.7%)': two shares at least, each of what stands before it."""
    found: list[tuple[str, Tokens]] = []
    for i, token in enumerate(tokens):
        inner = token.text[1:-1] if token.kind == "aside" else ""
        start = next((k + 1 for k in range(i - 1, -1, -1) if not in_noun(tokens[k])), 0)
        what = tokens[max(start, i - 3) : i]
        if what and [s.text for s in find(inner)] == [inner] and _is_percentage(inner):
            found.append((inner, lowered(what)))
    for share, what in found if len(found) > 1 else ():
        part, does = join(what), "do" if is_plural(what) else "does"
        wordings = (f"what percentage {does} {part} make up", f"what is the share of {part}")
        turned = (f"what has a share of {share}", f"which component has a share of {share}")
        yield Ask(share, "value", wordings, (f"what the share of {part} is",), (f"the share of {part}",), owner=part)
        yield Ask(part, "value", turned, owner=share)


def _asks(quantity: Token, what: Tokens, owner: str, aux: str) -> Iterator[Ask]:
    noun, part = measure(quantity.text).noun, join(what)
    contains = {"do": "contain", "does": "contains", "did": "contained"}[aux]
    wordings = () if is_plural(what) else (f"how much {part} {aux} {owner} contain",)
    if _is_percentage(quantity.text):
        wordings = (*wordings, f"what percentage of {part} {aux} {owner} contain")
    named = (f"the {noun} of {part} that {owner} {contains}",)
    if wordings:
        yield Ask(quantity.text, "value", wordings, (), named, topic=f"content of {part}", owner=owner)
    if _is_percentage(quantity.text):
        makes = "made" if aux == "did" else "makes"
        question = f"what {makes} up {quantity.text} of {owner}"
        yield Ask(part, "value", (question, question.replace("what", "which component", 1)), (question,), owner=owner)


def _is_percentage(quantity: str) -> bool:
    return measure(quantity).noun == "percentage"


def _owner(tokens: Tokens, at: int) -> Tokens:
    """What contains it: the words before the verb, back to a mark or 'that'; nothing where they only point."""
    start = next((k + 1 for k in range(at - 1, -1, -1) if tokens[k].kind == "mark" or tokens[k].low == "that"), 0)
    owner = tokens[start:at]
    points = not owner or (len(owner) == 1 and owner[0].low in PRONOUNS)
    return () if points or len(owner) > _LONGEST or any(t.kind == "quantity" for t in owner) else owner


def _shares(tokens: Tokens, at: int) -> Iterator[tuple[Token, Tokens]]:
    """'57.9% fat', '26.4% protein' ... as long as the list goes on."""
    while at < len(tokens) and tokens[at].kind == "quantity":
        end = at + 1
        while end < len(tokens) and in_noun(tokens[end]) and tokens[end].kind != "quantity":
            end += 1
        if end == at + 1 or is_property(tokens[at + 1 : end]):
            return
        yield tokens[at], tokens[at + 1 : end]
        at = end
        while at < len(tokens) and (tokens[at].text == "," or tokens[at].low == "and"):
            at += 1
