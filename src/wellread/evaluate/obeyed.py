"""Instruction following: whether an answer has the form that was asked for. Checked by rules, not by a judge."""

import json
import re
from collections.abc import Callable
from typing import Any

from wellread.records import Frozen

_SENTENCE = re.compile(r"[^.!?]+[.!?]+(?=\s|$)|[^.!?]+$")


class Instruction(Frozen):
    """Something to be done in a given form. Each check of `checks` must hold: name of the check -> what it asks for."""

    id: str
    prompt: str
    checks: dict[str, Any]


def obeyed(instruction: Instruction, answer: str) -> float:
    """1.0 if every check holds, else 0.0."""
    return float(
        bool(answer.strip()) and all(CHECKS[n](answer.strip(), wanted) for n, wanted in instruction.checks.items())
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w[\w'’-]*", text)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _json_with(text: str, keys: list[str]) -> bool:
    """A JSON object with these keys, alone or in a code block."""
    inner = re.sub(r"^```(?:json)?\s*|\s*```$", "", text)
    try:
        found = json.loads(inner)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and set(keys) <= set(found)


CHECKS: dict[str, Callable[[str, Any], bool]] = {
    "words": lambda text, n: len(_words(text)) == n,
    "words_at_most": lambda text, n: len(_words(text)) <= n,
    "words_at_least": lambda text, n: len(_words(text)) >= n,
    "sentences": lambda text, n: len([s for s in _SENTENCE.findall(text) if s.strip()]) == n,
    "lines": lambda text, n: len(_lines(text)) == n,
    "bullets": lambda text, n: sum(bool(re.match(r"\s*[-*•]\s+\S", line)) for line in _lines(text)) == n,
    "numbered": lambda text, n: sum(bool(re.match(r"\s*\d+[.)]\s+\S", line)) for line in _lines(text)) == n,
    "commas": lambda text, n: len([p for p in text.strip(". ").split(",") if p.strip()]) == n,
    "upper": lambda text, _: text == text.upper() and text != text.lower(),
    "lower": lambda text, _: text == text.lower() and text != text.upper(),
    "starts": lambda text, wanted: text.startswith(wanted),
    "ends": lambda text, wanted: text.endswith(wanted),
    "holds": lambda text, wanted: wanted.casefold() in text.casefold(),
    "lacks": lambda text, wanted: wanted.casefold() not in text.casefold(),
    "one_of": lambda text, wanted: text.strip(".! ").casefold() in [w.casefold() for w in wanted],
    "digits": lambda text, _: bool(re.fullmatch(r"[\d\s.,]+", text)),
    "json": _json_with,
    "quoted": lambda text, _: len(text) > 2 and text[0] in "\"“'" and text[-1] in "\"”'",
}
