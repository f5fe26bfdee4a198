"""Questions for the names in a sentence: 'the surfactant X', 'a step called X', 'the Marrovel catalyst'."""

import re
from collections.abc import Iterator

from wellread.augment.english.ask import Ask
from wellread.augment.english.phrases import sort_of
from wellread.augment.english.tokens import Token, Tokens
from wellread.augment.english.words import DETERMINERS, wordset
from wellread.augment.spans import find

# "The formula NaCl": the word itself asks for what follows.
_SAYING = ("formula", "composition", "name", "abbreviation", "symbol")

_FORMS = wordset(
    "powder powders particle particles film films composite composites layer layers solution sample samples coating"
)
_COMPARED = wordset(
    "larger smaller higher lower better greater longer shorter thicker thinner heavier lighter faster slower other same first second"
)
_MEANING = wordset(", is as or namely chemically systematically called by its full name")


def name_asks(tokens: Tokens, subject: str | None) -> Iterator[Ask]:
    """For each name or chemical whose sort the sentence tells, questions for it by that sort.

    Where 'X, 4-(butylamino)pyridine, ...' tells what the subject is by its structure, questions for that.
    """
    for i, token in enumerate(tokens):
        chemical = _systematic(token)
        if chemical and subject and _before(tokens, i) == subject:
            yield _by_structure(chemical, subject)
        if token.kind not in ("name", "chemical") or token.text == subject:
            continue
        start = next((j for j in range(i, max(-1, i - 5), -1) if tokens[j].low in DETERMINERS), i)
        if any(t.kind == "mark" for t in tokens[start : i - 1]):
            start = i  # "In this study, porous X was made": no study
        if i + 1 < len(tokens) and tokens[i + 1].low in _FORMS:
            start = i  # "the porous X powder" has no name of its own
        sort = sort_of(tuple(t for t in tokens[start : i + 1] if t.low not in ("called", "named", ",")))
        if sort.rpartition(" ")[2] in _COMPARED:
            continue  # "the larger Na-ions"
        if sort in _SAYING:
            yield Ask(token.text, "name", (f"what is the {sort}",), (f"what the {sort} is",), (f"the {sort}",))
        elif sort:
            more = f"what is the systematic name of the {sort}" if chemical else f"what is the {sort} called"
            named = (f"the {'systematic ' if chemical else ''}name of the {sort}",)
            yield Ask(
                token.text, "name", (f"what is the name of the {sort}", more), (f"what the {sort} is called",), named
            )


def _by_structure(chemical: str, name: str) -> Ask:
    """Questions for the systematic name of what goes by a shorter `name`."""
    wordings = (f"what is the systematic name of {name}", f"what is the chemical name of {name}", f"what is {name}")
    more = f"which compound goes by the name of {name}"
    named = (f"the IUPAC name of {name}", f"the full chemical name of {name}")
    return Ask(chemical, "value", (*wordings, more), (f"what {name} is called by its full name",), named)


def _before(tokens: Tokens, i: int) -> str:
    """The word before token `i`, over those that only say that the one is the other."""
    while i and tokens[i - 1].low in _MEANING:
        i -= 1
    return tokens[i - 1].text if i else ""


def _systematic(token: Token) -> str:
    """The name of a compound that its structure gives, alone or in brackets; nothing for any other token."""
    text = token.text[1:-1] if token.kind == "aside" else token.text
    chemical = token.kind == "chemical" or [(s.kind, s.text) for s in find(text)] == [("chemical", text)]
    return text if chemical and re.search(r"[a-z]{4}", text) and re.search(r"\d-", text) else ""
