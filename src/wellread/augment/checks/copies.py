"""copies: the rewrite says it in other words, and is not the source once more.

Source: our own rule. Use it always: a copy teaches what the source teaches already. Texts of one or two sentences pass.
"""

from collections.abc import Iterator

from wellread.augment.facts import folded
from wellread.augment.pairs import Pair
from wellread.records import Frozen


class Params(Frozen):
    """How much may be the same."""

    most: float = 0.6
    """Share of the rewrite's sentences that stand in the source word for word."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """A copy."""
    said, known = [folded(s) for s in pair.rewrite.sentences], {folded(s) for s in pair.source.sentences}
    same = sum(s in known for s in said)
    if len(said) > 2 and same > params.most * len(said):
        yield f"{same} of its {len(said)} sentences are copied from the text word for word"
