"""language: the rewrite is in the language that was asked for, in all its paragraphs.

Source: our own rule, by script and commonest words. Use it always; it can't tell languages apart that it has no word list
for, but sees that a translation was left in the language of the source.
"""

from collections.abc import Iterator

from wellread.augment.languages import NAMES, is_left_in, looks_like
from wellread.augment.pairs import Pair
from wellread.records import Frozen


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """A text or a paragraph in another language."""
    if not looks_like(pair.rewrite.plain, pair.language, pair.other):
        yield f"it isn't written in {NAMES[pair.language]}"
        return
    for number, paragraph in enumerate((p for p in pair.rewrite.plain.split("\n\n") if p.strip()), 1):
        if is_left_in(paragraph, pair.language, pair.other):
            yield f"paragraph {number} isn't written in {NAMES[pair.language]}"
