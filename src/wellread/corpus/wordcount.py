"""What counts as a word: what stands between spaces; a sign of Chinese or Japanese counts as one."""

import re

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def words(text: str) -> int:
    """How many words `text` has."""
    return len(text.split()) if text.isascii() else len(_WORD.findall(text))


def opening(text: str, most: int) -> list[str]:
    """The first `most` words of `text`."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        found.append(match[0])
        if len(found) == most:
            break
    return found
