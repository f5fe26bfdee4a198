"""numbers: every number of the rewrite stands in the source, and counted things are as many as there.

Source: our own rule. Use it always. '117,5' and '117.5' are one number, 'two' is 2; digits of names and formulae are no
numbers. A number in the wrong place isn't seen here where its unit is the same.
"""

import difflib
import re
from collections.abc import Iterator

from wellread.augment.figures import figures, word_figures
from wellread.augment.pairs import Pair
from wellread.records import Frozen

# 'LC50 310 mg/L': the digits of a term that a number follows, which aren't the thousands of one number.
_TERM = re.compile(r"(?<=[A-Za-zÀ-ɏ])\d+(?=[ \u00a0\u202f]\d{3}(?!\d))")


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Numbers that were invented or changed."""
    given = figures(_TERM.sub("", pair.source.plain))
    known = pair.source.values.union({"1", "0"}, *(f.values for f in given))
    for figure in figures(_TERM.sub("", pair.rewrite.plain)):
        if not figure.values & known:
            near = difflib.get_close_matches(figure.text, [f.text for f in given], n=1, cutoff=0.5)
            hint = f" (the text has {near[0]})" if near else ""
            yield f"the number {figure.text} isn't in the text{hint}"
    counts: dict[str, set[str]] = {}
    for value, thing in word_figures(pair.source.plain):
        counts.setdefault(thing, set()).add(value)
    for value, thing in word_figures(pair.rewrite.plain):
        if thing in counts and value not in counts[thing] and value not in known:
            yield f"{value} {thing}, but the text has {' or '.join(sorted(counts[thing]))}"
