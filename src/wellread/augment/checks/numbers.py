"""numbers: every number of the rewrite stands in the source, and counted things are as many as there.

Source: our own rule. Use it always. '117,5' and '117.5' are one number, 'two' is 2; digits of names and formulae are no
numbers. A number in the wrong place isn't seen here where its unit is the same.
"""

import difflib
from collections.abc import Iterator

from wellread.augment.figures import word_figures
from wellread.augment.pairs import Pair
from wellread.records import Frozen


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Numbers that were invented or changed."""
    known = pair.source.values | {"1", "0"}
    for figure in pair.rewrite.figures:
        if not figure.values & known:
            near = difflib.get_close_matches(figure.text, [f.text for f in pair.source.figures], n=1, cutoff=0.5)
            hint = f" (the text has {near[0]})" if near else ""
            yield f"the number {figure.text} isn't in the text{hint}"
    counts: dict[str, set[str]] = {}
    for value, thing in word_figures(pair.source.plain):
        counts.setdefault(thing, set()).add(value)
    for value, thing in word_figures(pair.rewrite.plain):
        if thing in counts and value not in counts[thing] and value not in known:
            yield f"{value} {thing}, but the text has {' or '.join(sorted(counts[thing]))}"
