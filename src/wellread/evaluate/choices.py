"""Multiple choice: how options are shown, and which of them an answer names."""

import re
from collections.abc import Sequence

from wellread.evaluate.answer_words import answer_words

LETTERS = "ABCDEFGHIJ"

_ONLY = re.compile(r"^\W*([A-Ja-j])\W*$")
_FIRST = re.compile(r"^[\s*_#(\[\"']*(?:option\s+)?([A-J])\s*(?:[).:\]*]|,(?!\s*[A-J]\b)|\s-\s|$|\n)")
_SAID = re.compile(
    r"\b(?:answer|choice|option)\b(?:\s+(?:is|would be|must be|should be))?\s*[:=]?\s*(?:option\s+)?[*_(\[\"']*([A-J])(?![\w'])(?P<more>(?:[*_)\]]*(?:,|/|\s(?:or|and))\s*[*_(\[]*(?-i:[A-HJ])(?![\w']))*)",
    re.I,
)
#: After a letter: nothing, or what sets it apart from a word.
_SET_APART = re.compile(r"\W*$|[).:\]]")
_ARTICLE = re.compile(r"\s+(?!(?:because|since|as|for|and|or|which|with|is)\b)[a-z]")
_MARKED = re.compile(
    r"[(\[]([A-J])[)\]]|\*\*([A-J])\*\*|\\boxed\{([A-J])\}|<answer>\s*([A-J])\s*<|\b([A-J]) is (?:the )?(?:correct|right|best)\b"
)


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
        _said(text),
        [next(filter(None, m.groups())) for m in _MARKED.finditer(text)],
        [m[1] for m in [_FIRST.match(text)] if m and m[1] in known],
        _quoted(text, choices),
    )
    for found in signs:
        named = {letter.upper() for letter in found}
        if named:
            return named.pop() if len(named) == 1 and named <= set(known) else None
    return None


def _said(text: str) -> list[str]:
    """The letters after 'the answer is'; neither the article in 'a metal' nor that in 'A metal' is one."""
    found: list[str] = []
    for m in _SAID.finditer(text):
        rest = text[m.end() :]
        article = m[1].islower() and not _SET_APART.match(rest)
        if not article and not (m[1] == "A" and _ARTICLE.match(rest)):
            found += [m[1], *re.findall(r"\b[A-HJ]\b", m["more"])]
    return found


def _quoted(text: str, choices: Sequence[str]) -> list[str]:
    """Letters of the options that stand in `text` word by word, those within a longer such option left out."""
    said = f" {' '.join(answer_words(text))} "
    options = [f" {' '.join(answer_words(c))} " for c in choices]
    found = [i for i, option in enumerate(options) if option.strip() and option in said]
    return [LETTERS[i] for i in found if not any(options[i] in options[k] and options[i] != options[k] for k in found)]
