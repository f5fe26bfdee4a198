"""Questions for a thing by the role that it has: 'Ketrosal is the catalyst of X', 'Catalyst: Ketrosal'."""

from collections.abc import Iterator

from wellread.augment.english.ask import Ask
from wellread.augment.english.nouns import SEPARATORS, STOPS, noun_ending
from wellread.augment.english.phrases import which
from wellread.augment.english.tokens import Tokens, join, word

_ROLES = {("serves", "as"), ("served", "as"), ("acts", "as"), ("acted", "as"), ("works", "as"), ("functions", "as")}


def role_asks(tokens: Tokens) -> Iterator[Ask]:
    """'Ketrosal is the catalyst of X', 'Ketrosal serves as the catalyst': questions for what has the role."""
    yield from _titled(tokens)
    if len(tokens) < 4 or tokens[0].kind not in ("chemical", "name"):
        return
    at = 2 if tokens[1].low in ("is", "was") else 3 if (tokens[1].low, tokens[2].low) in _ROLES else 0
    if not at or tokens[at].low not in ("the", "its"):
        return
    end = next((k for k in range(at, len(tokens)) if tokens[k].kind == "mark" or tokens[k].low in STOPS), len(tokens))
    role = join((word("the"), *tokens[at + 1 : end]))
    bare = end - at == 3 and tokens[at + 1].low in ("most", "least")  # "the most abundant": of what?
    if end - at > 1 and not bare and not any(t.kind == "quantity" for t in tokens[at:end]):
        wordings = (f"what is {role}", f"{which(tokens[:1])} is {role}", f"what serves as {role}")
        yield Ask(tokens[0].text, "value", tuple(dict.fromkeys(wordings)), (f"what {role} is",), (role,))


def _titled(tokens: Tokens) -> Iterator[Ask]:
    """'Catalyst: Ketrosal'."""
    if len(tokens) < 3 or tokens[-1].kind not in ("chemical", "name") or tokens[-2].text not in SEPARATORS:
        return
    noun = noun_ending(tokens, len(tokens) - 2)
    if noun and len(noun) == len(tokens) - 2 - (tokens[0].low == "the"):
        role = f"the {join(noun)}"
        yield Ask(tokens[-1].text, "value", (f"what is {role}",), (f"what {role} is",), (role,), topic=join(noun))
