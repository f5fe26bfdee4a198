"""length: the rewrite is neither a stub nor a flood, ends properly and doesn't go round in circles.

Source: our own rule. Use it always; each style says how long it may be.
"""

import re
from collections import Counter
from collections.abc import Iterator

from wellread.augment.languages import count
from wellread.augment.pairs import Pair
from wellread.augment.sentences import split
from wellread.records import Frozen


class Params(Frozen):
    """What counts as going round in circles."""

    repeats: int = 3
    """The same sentence this often."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Too short, too long, cut off, or repeating itself."""
    words, wanted = count(pair.rewrite.plain, pair.language), count(pair.source.plain, pair.other)
    low, high = pair.length
    if words < low * wanted:
        yield f"it has {words:.0f} words for the text's {wanted:.0f}: too short"
    if words > high * max(wanted, 30):
        yield f"it has {words:.0f} words for the text's {wanted:.0f}: too long"
    if pair.cut:
        yield "it was cut off at the longest reply allowed"
    elif not re.search(
        r"[.!?。！？…][\"'”’」）)*_|]*\s*$|\|\s*$|[\d%°CKVW][\"'”)*]*\s*$", pair.rewrite.text
    ) and not _is_list_end(pair.rewrite.text):
        yield "its last sentence doesn't end"
    again = [s for s, n in Counter(split(pair.rewrite.plain)).items() if n >= params.repeats and len(s) > 20]
    if again:
        yield f"it says the same again and again: {again[0][:60]!r}"


def _is_list_end(text: str) -> bool:
    last = text.rstrip().rsplit("\n", 1)[-1]
    return bool(re.match(r"\s*(?:[-*•|]|\d+[.)])\s", last)) and not last.endswith((",", " and", " the", " of"))
