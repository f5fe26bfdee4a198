"""Answers that are none: empty, repeating themselves, or gibberish. A model that gives many of them has collapsed."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import Literal

Fault = Literal["empty", "repetition", "gibberish"]

#: A condition in which so many of the answers are faulty has collapsed.
COLLAPSED = 0.3

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-öø-ÿ]+")
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{6,}")


def fault(text: str) -> Fault | None:
    """What is wrong with the form of an answer, None if nothing is. Short answers are hardly ever faulted."""
    if not re.search(r"\w", text) and len("".join(text.split())) < 20:
        return "empty"
    if _repeats(text):
        return "repetition"
    return "gibberish" if _gibberish(text) else None


def shares(faults: Iterable[str | None]) -> dict[str, float]:
    """The share of answers with each fault, of all answers."""
    listed = list(faults)
    counts = Counter(f for f in listed if f)
    return {name: round(n / len(listed), 4) for name, n in sorted(counts.items())}


def said(found: dict[str, float]) -> str:
    """In words, '' where nothing is amiss: 'collapsed: 62% of the answers repeat themselves'."""
    names = {"empty": "are empty", "repetition": "repeat themselves", "gibberish": "are gibberish"}
    parts = [f"{share:.0%} of the answers {names[name]}" for name, share in found.items() if share > 0]
    if not parts:
        return ""
    return ("collapsed: " if sum(found.values()) >= COLLAPSED else "") + ", ".join(parts)


def begun(now: Iterable[str | None], before: Iterable[str | None]) -> str | None:
    """What is wrong with a taught model's answers (their faults `now`), where they have collapsed and those `before` hadn't."""
    found = shares(now)
    fallen = sum(found.values()) >= COLLAPSED > sum(shares(before).values())
    return said(found).removeprefix("collapsed: ") if fallen else None


def _repeats(text: str) -> bool:
    """One sign again and again, one phrase most of the time, or a text that packs to a small part of its size."""
    if re.search(r"(\S)\1{14,}", text) or re.search(r"(.{2,40}?)\1{5,}", text, re.DOTALL):
        return True
    words = text.casefold().split()
    if len(words) >= 24:
        runs = Counter(zip(*(words[i:] for i in range(4)), strict=False))
        again = sum(n for n in runs.values() if n > 2)
        if again > len(words) / 2:
            return True
    raw = text.encode()
    return len(raw) >= 200 and len(zlib.compress(raw, 9)) < len(raw) * 0.2


def _gibberish(text: str) -> bool:
    """Broken characters, or words that no one could say. Written for Latin letters; others are judged by characters."""
    seen = [c for c in text if not c.isspace()]
    odd = sum(c == "\ufffd" or not c.isprintable() for c in seen)
    if odd > len(seen) * 0.1:
        return True
    if len(seen) >= 20 and sum(c.isalnum() for c in seen) < len(seen) * 0.4:
        return True
    words = [w for w in _WORD.findall(text.casefold()) if _LATIN.fullmatch(w)]
    if len(words) < 5:
        return any(len(w) > 45 for w in words)
    unsayable = [w for w in words if len(w) > 3 and (not re.search("[aeiouyà-öø-ÿ]", w) or _CONSONANTS.search(w))]
    scripts = {_script(c) for c in text if c.isalpha()}
    return len(unsayable) > len(words) * 0.3 or len(scripts - {"LATIN", "GREEK"}) > 3


def _script(char: str) -> str:
    """The first word of the character's Unicode name, which for letters is the script; the Japanese ones are one."""
    name = unicodedata.name(char, "?").split()[0]
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else name
