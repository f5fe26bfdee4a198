"""Multiple choice: how options are shown, and which of them an answer names."""

import re
from collections.abc import Sequence

from wellread.evaluate.answer_words import answer_words

LETTERS = "ABCDEFGHIJ"

_ONLY = re.compile(r"^\W*([A-Ja-j])(?:\W*$|[).:\]]\W*(.*))")
_OPTION = re.compile(r"\W*[A-J][).:]")
_FIRST = re.compile(
    r"^[\s*_#(\[\"']*(?:option\s+)?([A-J])\s*(?:[).:\]*]|,(?!\s*[A-J]\b)|\s-\s|\s(?:because|since)\b|$|\n)"
)
#: In lower case a letter needs its sign, and an end of that: neither 'a man' nor 'i.e.' names an option.
_FIRST_LOWER = re.compile(r"^(?:\(([a-j])\)|([a-j])[).:])(?=\s|$)")
_SAID = re.compile(
    r"\b(?:answer|choice|option|letter)\b(?:\s+(?:is|would be|must be|should be))?\s*[:=]?[*_]*\s*(?:option\s+)?[*_(\[\"']*([A-J])(?![\w'])(?P<more>(?:[*_)\]]*(?:,|/|\s(?:or|and))\s*[*_(\[]*(?-i:[A-HJ])(?![\w']))*)",
    re.I,
)
#: After a letter: nothing, or what sets it apart from a word.
_SET_APART = re.compile(r"\W*$|[).:\]]")
_ARTICLE = re.compile(r"\s+(?!(?:because|since|as|for|and|or|which|with|is)\b)[a-z]")
_MARKED = re.compile(
    r"[(\[]([A-J])[)\]]|\*\*([A-J])\*\*|\\boxed\{(?:\\text(?:bf)?\{)?([A-J])\}|<answer>\s*([A-J])\s*<|\b([A-J]) is (?:the )?(?:correct|right|best)\b"
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
        _opening(text, choices),
        _said(text),
        [next(filter(None, m.groups())) for m in _MARKED.finditer(text)],
        [m[1] for m in [_FIRST.match(text)] if m and m[1] in known],
        [m[1] or m[2] for m in [_FIRST_LOWER.match(text)] if m and (m[1] or m[2]).upper() in known],
        _quoted(text, choices),
    )
    for found in signs:
        named = {letter.upper() for letter in found}
        if named:
            return named.pop() if len(named) == 1 and named <= set(known) else None
    return None


def _opening(text: str, choices: Sequence[str]) -> list[str]:
    """The letter of a first line that holds nothing else but its option: what follows may be the next question."""
    first, *more = [line for line in text.split("\n") if line.strip()] or [""]
    only = _ONLY.match(first)
    if only is None:
        return []
    letter, rest = only[1].upper(), answer_words(only[2] or "")
    repeats_options = bool(more and _OPTION.match(more[0]))
    is_option = rest == answer_words(dict(zip(LETTERS, choices, strict=False)).get(letter, ""))
    return [letter] if not rest or (is_option and not repeats_options) else []


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
