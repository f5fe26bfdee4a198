"""Which licences a corpus may hold: `private`, `redistribute` or `commercial`.

`private` takes whatever the user may read, and marks the corpus as not to be shared. `redistribute` takes what may be
passed on in changed form: no ND, no publisher's copyright, nothing unknown. `commercial` takes no NC either.
"""

import re
from typing import Literal

Policy = Literal["private", "redistribute", "commercial"]

# The licences of texts that aren't Creative Commons and that allow changed copies for any purpose.
_FREE = re.compile(r"apache-2|mit\b|bsd|public[ -]domain|cc-?0|cc-pddc|unlicense", re.IGNORECASE)
_CC_BY = re.compile(r"CC-BY((?:-(?:NC|ND|SA))*)(?:-\d.*)?", re.IGNORECASE)


def shareable(policy: Policy) -> bool:
    """Whether a corpus made under `policy` may be passed on."""
    return policy != "private"


def refusal(licence: str | None, policy: Policy) -> str | None:
    """Why a paper under `licence` is not for a corpus under `policy`, or None. Names as in `corpus.licence`."""
    if policy == "private":
        return None
    if licence is None:
        return f"it names no licence, which {policy} needs"
    if licence == "copyright":
        return f"publisher's copyright, all rights reserved: not for {policy}"
    name = licence.replace(" ", "-")
    if _FREE.match(name):
        return None
    found = _CC_BY.fullmatch(name)
    if not found:
        return f"licence not known: {licence[:60]}"
    parts = found[1].upper().split("-")
    if "ND" in parts:
        return f"{licence} allows no changed copies: not for {policy}"
    if "NC" in parts and policy == "commercial":
        return f"{licence} is for non-commercial use only"
    return None
