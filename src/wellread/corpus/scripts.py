"""Superscripts and subscripts in plain characters: 10^-3, cm^2, H2O, Li+, SO4^2-, 13C."""

import re
from functools import lru_cache

_CHARGE = re.compile(r"\d{0,2}[+-]")
_SIGNS = ("′", "″", "‴", "'", "®", "™", "°")
_DEGREES = ("∘", "◦", "º", "o", "○")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SIGNED = re.compile(r"^([+-])\s+(?=\d)")  # a thin space after the sign, as Springer sets it
_SIMPLE = re.compile(r"[+-]?[\w.,/*+-]+")


@lru_cache(maxsize=4096)
def superscript(before: str, text: str) -> str:
    """How `text`, raised, is written after the character `before` ('' at the start)."""
    text = _plain(text)
    if not text:
        return ""
    if not before or before.isspace() or before in "([{-,/":
        return text  # an isotope: 13C
    if text in _SIGNS:
        return text
    if text in _DEGREES and before.isdigit():
        return "°"
    if text in ("st", "nd", "rd", "th") or (_CHARGE.fullmatch(text) and (before.isalpha() or before in ")]")):
        return text
    return f"^{text}" if _SIMPLE.fullmatch(text) else f"^({text})"


@lru_cache(maxsize=4096)
def subscript(before: str, text: str) -> str:
    """How `text`, lowered, is written after the character `before`."""
    text = _plain(text)
    return f"_{text}" if text and before.isdigit() else text


def _plain(text: str) -> str:
    text = text.strip() if text.isascii() else _DASHES.sub("-", text.strip())
    return _SIGNED.sub(r"\1", text)
