"""What counts as a word: what stands between spaces; a sign of Chinese or Japanese counts as one."""

import re

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SIGN_BYTES = bytes(range(0xE3, 0xF0))  # with which every character from U+3000 to U+FFFF begins in UTF-8


def words(text: str) -> int:
    """How many words `text` has."""
    if text.isprintable() and "  " not in text and _is_spaced(text):  # many times faster than cutting it up
        return text.strip().count(" ") + 1 if text.strip() else 0
    return len(_found(text))


def opening(text: str, most: int) -> list[str]:
    """The first `most` words of `text`."""
    found = _found(text[: most * 10])  # nearly always enough of it
    if len(found) <= most < len(text):  # the last of them may have been cut
        found = _found(text)
    return found[:most]


def _found(text: str) -> list[str]:
    return text.split() if _is_spaced(text) else _WORD.findall(text)


def _is_spaced(text: str) -> bool:
    """Whether no sign is in `text` that is a word by itself; counting bytes is much faster than looking for it."""
    if text.isascii():
        return True
    raw = text.encode("utf-8", "surrogatepass")
    return len(raw.translate(None, _SIGN_BYTES)) == len(raw)
