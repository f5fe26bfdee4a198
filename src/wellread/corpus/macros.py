r"""An author's own LaTeX commands, put in where they are used: \newcommand, \renewcommand, \def.

Source: the LaTeX2e reference, 'Definitions'. Expansion is bounded, because definitions can feed on themselves.
"""

import re

from wellread.errors import InputError

_DEFINE = re.compile(
    r"\\(?:re)?(?:new|provide|DeclareRobust)[cC]ommand\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(\[[^\[\]]*\])?\s*(?=\{)"
    r"|\\[gx]?def\s*\\([A-Za-z]+)((?:#\d)*)\s*(?=\{)"
)
_LONGEST = 20_000_000
_ROUNDS = 6


def braces(text: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open at `at`, and where they end. Without an end, everything up to a blank line."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return text[at + 1 : found.start()], found.end()
    stop = text.find("\n\n", at)
    stop = len(text) if stop < 0 else stop
    return text[at + 1 : stop], stop


def expanded(text: str, source: str) -> str:
    """`text` without definitions, with what they define. Raises InputError where it grows beyond all measure."""
    known: dict[str, tuple[int, str]] = {}
    kept, at = [], 0
    while found := _DEFINE.search(text, at):
        kept.append(text[at : found.start()])
        inner, at = braces(text, found.end())
        count = int(found[2] or 0) if found[1] else found[5].count("#")
        known[found[1] or found[4]] = (count, inner)
    text = "".join([*kept, text[at:]])
    if not known:
        return text
    use = re.compile(r"\\(" + "|".join(sorted(map(re.escape, known), key=len, reverse=True)) + r")(?![A-Za-z])\s?")
    for _ in range(_ROUNDS):
        changed = _once(text, use, known)
        if len(changed) > max(_LONGEST, 0):
            raise InputError(f"{source} defines commands that grow without end", "Leave it out.")
        if changed == text:
            break
        text = changed
    return text


def _once(text: str, use: re.Pattern[str], known: dict[str, tuple[int, str]]) -> str:
    out, at, length = [], 0, 0
    while (found := use.search(text, at)) and length <= _LONGEST:
        out.append(text[at : found.start()])
        count, inner = known[found[1]]
        at = found.end()
        for number in range(1, count + 1):
            if text[at : at + 1] != "{":
                break
            argument, at = braces(text, at)
            inner = inner.replace(f"#{number}", argument)
            if len(inner) > _LONGEST:
                break
        out.append(inner + (" " if count == 0 and found[0][-1:].isspace() else ""))
        length += len(out[-2]) + len(out[-1])
    return "".join([*out, text[at:]])
