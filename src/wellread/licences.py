"""What licences allow, by their short names: which policy a text may enter under, which of several is the strictest.

`private` takes whatever the user may read, and marks the corpus as not to be shared. `redistribute` takes what may be
passed on in changed form: no ND, no publisher's copyright, nothing unknown. `commercial` takes no NC either.
"""

import re
from collections.abc import Iterable
from typing import Literal

Policy = Literal["private", "redistribute", "commercial"]

UNKNOWN = "unknown"
"""What a missing licence is called in tables."""

# The licences of texts that aren't Creative Commons and that allow changed copies for any purpose.
_FREE = re.compile(
    r"(?:(?:apache-(?:licen[cs]e-)?(?:version-)?2(?:\.0)?|mit|0?bsd(?:-\d-clause)?|cc-?0(?:-\d\.\d)?)(?:-licen[cs]e)?|"
    r"public-domain|cc-pddc|(?:the-)?unlicense)",
    re.IGNORECASE,
)
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
    parts = _parts(licence)
    if parts is None:
        return f"licence not known: {licence[:60]}"
    if "ND" in parts:
        return f"{licence} allows no changed copies: not for {policy}"
    if "NC" in parts and policy == "commercial":
        return f"{licence} is for non-commercial use only"
    return None


def strictest(licences: Iterable[str | None]) -> str:
    """The one that allows least; a text without a licence is `unknown` and allows nothing. Raises ValueError for none."""
    return max((name or UNKNOWN for name in licences), key=lambda name: (_strictness(name), name))


def _strictness(name: str) -> int:
    parts = _parts(name)
    if parts is None:
        return 17 if name == UNKNOWN else 16
    return 8 * ("ND" in parts) + 4 * ("NC" in parts) + 2 * ("SA" in parts) + ("BY" in parts)


def _parts(licence: str) -> set[str] | None:
    """The conditions of a licence (BY, NC, ND, SA), none for what is free; None where it isn't known."""
    name = licence.replace(" ", "-")
    if _FREE.fullmatch(name):
        return set()
    found = _CC_BY.fullmatch(name)
    return {"BY", *filter(None, found[1].upper().split("-"))} if found else None
