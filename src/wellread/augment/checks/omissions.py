"""omissions: the rewrite holds as many of the source's numbers, chemicals and names as its style promises.

Source: our own rule. Use it always. A style that looks at a part of the passage promises less; what no telling holds shows
in the coverage.
"""

from collections.abc import Iterator

from wellread.augment.pairs import Pair
from wellread.records import Frozen


class Params(Frozen):
    """How many are named."""

    named: int = 12
    """Missing facts to list, at most."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Too much left out."""
    facts = pair.source.facts
    missing = [f.text for f in facts if not f.in_text(pair.rewrite)]
    if facts and 1 - len(missing) / len(facts) < pair.keeps:
        more = f" and {len(missing) - params.named} more" if len(missing) > params.named else ""
        yield f"it leaves out {', '.join(missing[: params.named])}{more}"
