"""Multiple choice: how options are shown, and which of them an answer names."""

import re
from collections.abc import Sequence

from wellread.evaluate.answer_words import answer_words

LETTERS = "ABCDEFGHIJ"

_ONLY = re.compile(r"^\W*([A-Ja-j])\W*$")
_FIRST = re.compile(r"^[\s*_#(\[\"']*(?:option\s+)?([A-J])\s*(?:[).:\]*,]|\s-\s|$|\n)")
_SAID = re.compile(
    r"\b(?:answer|choice|option)\b(?:\s+(?:is|would be|must be|should be))?\s*[:=]?\s*(?:option\s+)?[*_(\[\"']*([A-J])(?![\w'])",
    re.I,
)
_BRACKETED = re.compile(r"[(\[]([A-J])[)\]]|\*\*([A-J])\*\*|\\boxed\{([A-J])\}")


def listed(choices: Sequence[str]) -> str:
    """The options as lines: 'A. text'."""
    return "\n".join(f"{letter}. {text}" for letter, text in zip(LETTERS, choices, strict=False))


def option_named(answer: str, choices: Sequence[str]) -> str | None:
    """The letter of the one option that `answer` names, or None where it names none, or several."""
    text = answer.strip()
    known = LETTERS[: len(choices)]
    # From the surest sign to the weakest; the first that says anything decides.
    signs = (
        [m[1] for m in [_ONLY.match(text)] if m],
        [m[1] for m in _SAID.finditer(text) if m[1].isupper() or len(text) < 20],
        [next(filter(None, m.groups())) for m in _BRACKETED.finditer(text)],
        [m[1] for m in [_FIRST.match(text)] if m],
        _quoted(text, choices),
    )
    for found in signs:
        named = {letter.upper() for letter in found}
        if named:
            return named.pop() if len(named) == 1 and named <= set(known) else None
    return None


def _quoted(text: str, choices: Sequence[str]) -> list[str]:
    """Letters of the options that stand in `text` word by word, those within a longer such option left out."""
    said = f" {' '.join(answer_words(text))} "
    options = [f" {' '.join(answer_words(c))} " for c in choices]
    found = [i for i, option in enumerate(options) if option.strip() and option in said]
    return [LETTERS[i] for i in found if not any(options[i] in options[k] and options[i] != options[k] for k in found)]
