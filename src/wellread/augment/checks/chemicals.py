"""chemicals: every systematic name, formula and, in English, every salt, acid, solvent and metal of the rewrite stands in the source.

Source: our own rule. Use it always. Names in words may not change either: a style that explains 'hydrogen peroxide' where
the text has H2O2 is asked to keep to the text.
"""

import re
from collections.abc import Iterator

from wellread.augment.chemicals import is_element
from wellread.augment.facts import folded
from wellread.augment.pairs import Pair
from wellread.records import Frozen

# Elements that are everyday words too: looked at only where the text is about several.
_EVERYDAY = frozenset(
    {"lead", "tin", "carbon", "hydrogen", "nitrogen", "gold", "silver", "iron", "copper", "mercury", "silicon"}
)
# A class of chemicals, and how the names of its members end: to call a hexanoic acid a carboxylic acid invents nothing.
_CLASSES = {"carboxylic acid": ("oic acid",), "organic acid": ("oic acid", "ylic acid", "onic acid")}
_WORD = re.compile(r"[a-z]{3,}")
_FOLLOWED = re.compile(r"([a-z]{3,})(?=[^a-z]+([a-z]*))")


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Chemicals that were invented or changed."""
    source = pair.source.folded
    for chemical in pair.rewrite.chemicals:
        wanted = folded(chemical).removesuffix("s").removesuffix("-")
        if any(member in source for member in _CLASSES.get(wanted, ())):
            continue
        if wanted not in source and wanted.replace("-", " ") not in source.replace("-", " "):
            yield f"{chemical} isn't in the text as a chemical"
    if pair.rewrite.english and pair.source.english:
        metals = {w for w in _WORD.findall(source) if is_element(w)}
        for word, following in dict.fromkeys(_FOLLOWED.findall(pair.rewrite.plain.casefold())):
            plain = word in _EVERYDAY and (len(metals) < 2 or following in ("to", "into"))
            if is_element(word) and not plain and word[:5] not in source:
                yield f"{word} isn't in the text"
