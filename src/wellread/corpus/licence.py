"""Licences by their short names: CC BY 4.0, CC BY-NC-ND 4.0, CC0 1.0."""

import re
from collections.abc import Iterable

_LICENCE = re.compile(r"creativecommons\.org/licen[sc]es/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/(\d\.\d)", re.IGNORECASE)
_PARTS = (("BY", "attribution"), ("NC", "non-?commercial"), ("ND", "no-?deriv"), ("SA", "share-?alike"))
_LONGEST = 200


def short_name(links: Iterable[str], words: str) -> str | None:
    """The licence that `links` or `words` name, else the beginning of `words`, or None where there are none.

    A waiver for the data (CC0) often stands beside the licence of the text, so that the licence goes first.
    """
    words = " ".join(words.split())
    places = [*links, words]
    for place in places:
        if found := _LICENCE.search(place):
            return f"CC {found[1].upper()} {found[2]}"
    for place in places:
        if found := _ZERO.search(place):
            return f"CC0 {found[1]}"
    if said := re.search(r"creative commons (attribution.*?)(\d\.\d)", words, re.IGNORECASE):
        return f"CC {_parts(said[1])} {said[2]}"
    if said := re.search(
        r"creative commons (attribution[\w\s-]*)|\bCC[ -](BY(?:-\w\w)*(?: \d\.\d)?)", words, re.IGNORECASE
    ):
        return f"CC {said[2].upper() if said[2] else _parts(said[1])}"
    return words[:_LONGEST] or None


def _parts(words: str) -> str:
    return "-".join(short for short, pattern in _PARTS if re.search(pattern, words.replace(" ", "-"), re.IGNORECASE))
