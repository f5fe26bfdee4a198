"""What counts as a word: what stands between spaces; a sign of Chinese or Japanese counts as one."""

import re

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def words(text: str) -> int:
    """How many words `text` has."""
    return len(text.split()) if text.isascii() else len(_WORD.findall(text))


def opening(text: str, most: int) -> list[str]:
    """The first `most` words of `text`."""
    found = _WORD.findall(text[: most * 10])  # nearly always enough of it
    if len(found) <= most < len(text):  # the last of them may have been cut
        found = _WORD.findall(text)
    return found[:most]
