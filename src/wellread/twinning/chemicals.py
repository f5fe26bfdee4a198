"""Systematic names of chemicals: how to see one, and what stands for its words in a twin."""

import re

from wellread.twinning.letters import LETTER

CHEMICAL = rf"(?<![{LETTER}\d^])(?<![{LETTER}][-‐‑])" r"\d+(?:,\d+)*-(?=[a-z\[(])[A-Za-z0-9\[\](){},'’-]*[A-Za-z\])]"
CHEMISTRY = re.compile(r"[\[(]|\d-\D.*\d-|yl|oxy|anoic|oic|ane\b|ene\b|ine\b|one\b|ol\b|ide\b")
#: Groups in chemicals' names and what stands for them in a twin, longest first.
_GROUPS = {
    "undecyl": "dodecyl", "methoxy": "ethoxy", "ethoxy": "propoxy", "hydroxy": "mercapto", "ethenyl": "propenyl",
    "ethynyl": "propynyl", "methyl": "ethyl", "propyl": "butyl", "butyl": "pentyl", "hexyl": "heptyl", "octyl": "nonyl",
    "hexanoic": "heptanoic", "pentanoic": "hexanoic", "butanoic": "pentanoic", "fluoro": "chloro", "chloro": "bromo",
    "bromo": "iodo", "phenyl": "naphthyl", "nitro": "nitroso", "ethyl": "propyl",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))


def replaced_words(joined: str) -> dict[str, str]:
    """Words in the names of chemicals, of six letters and more, and what replaces them."""
    found = {}
    for chemical in re.findall(CHEMICAL, joined):
        if CHEMISTRY.search(chemical):
            for word in re.findall(rf"[{LETTER}]{{6,}}", chemical):
                new = _GROUP.sub(lambda m: _GROUPS[m[0]], word)
                if new != word:
                    found[word] = new
    return found
