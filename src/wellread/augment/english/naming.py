"""Questions for the names in a sentence: 'the surfactant X', 'a step called X', 'the Marrovel catalyst'."""

from collections.abc import Iterator

from wellread.augment.english.ask import Ask
from wellread.augment.english.phrases import sort_of
from wellread.augment.english.tokens import Tokens
from wellread.augment.english.words import DETERMINERS

# "The formula NaCl": the word itself asks for what follows.
_SAYING = ("formula", "composition", "name", "abbreviation", "symbol")


def name_asks(tokens: Tokens, subject: str | None) -> Iterator[Ask]:
    """For each name or chemical whose sort the sentence tells, questions for it by that sort."""
    for i, token in enumerate(tokens):
        if token.kind not in ("name", "chemical") or token.text == subject:
            continue
        start = next((j for j in range(i, max(-1, i - 5), -1) if tokens[j].low in DETERMINERS), i)
        sort = sort_of(tuple(t for t in tokens[start : i + 1] if t.low not in ("called", "named", ",")))
        if sort in _SAYING:
            yield Ask(token.text, "name", (f"what is the {sort}",), (f"what the {sort} is",), (f"the {sort}",))
        elif sort:
            systematic = token.kind == "chemical" and "-" in token.text
            more = f"what is the systematic name of the {sort}" if systematic else f"what is the {sort} called"
            named = (f"the {'systematic ' if systematic else ''}name of the {sort}",)
            yield Ask(
                token.text, "name", (f"what is the name of the {sort}", more), (f"what the {sort} is called",), named
            )
