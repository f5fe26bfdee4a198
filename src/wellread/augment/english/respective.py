"""Statements that 'respectively' folds into one, told one by one: 'the capacities of X and Y were 785 and 633 mAh/g, respectively'.

The parse of such a sentence gives both values to both things. Here each value is given to what it belongs to.
"""

import re
from collections.abc import Iterator

from wellread.augment.english.ask import Ask
from wellread.augment.english.tokens import raised
from wellread.augment.spans import find

_NO_WORD = (
    r"(?!(?i:and|or|is|are|was|were|of|for|in|from|at|with|on|against|to|by|that|which|while|both|respectively)\b)"
)
_ITEM = rf"(?:the )?{_NO_WORD}[^\s,;:()]+(?: {_NO_WORD}[^\s,;:()]+){{0,4}}"
_VALUE = rf"[~≈<>]?[−–-]?\d[^\s,;()]*(?: (?:±|×|[·⋅]) ?[^\s,;()]+)*(?: {_NO_WORD}[^\s,;()]+){{0,2}}(?: of {_NO_WORD}[^\s,;()]+)?"
_FOUND = "found|measured|determined|calculated|estimated|observed|reported|recorded|set|obtained"
_IS = (
    rf"(?P<be>is|are|was|were)(?: (?:{_FOUND}))?(?: (?:to be|as|at|about|approximately))?|(?:reach|reached|amounted to)"
)
_MORE = r" (?:at|in|for|under|within|after) (?:(?!and\b)[^\s,;()]+ ?){1,6}"
_SENTENCE = re.compile(
    rf"(?:(?P<prefix>.*\b(?:of|for|in|from|against|at|with|on)) |^|(?<=[,:;] )|(?<= that ))"
    rf"(?P<items>{_ITEM}(?:, {_ITEM})*,? and {_ITEM}) (?:{_IS}) "
    rf"(?P<values>{_VALUE}(?:, {_VALUE})*,? and {_VALUE})(?P<more>{_MORE})?,? respectively\b"
)
_PARTS = re.compile(r",? and |, ")
_NUMBER = re.compile(r"[~≈<>]?[−–-]?\d[\d.,]*(?:\s?±\s?[\d.]+)?")
_MOST = 600
"""Letters of a sentence that is looked at."""
_LONGEST = 9
"""Words of what stands before the things; more come from sentences that say other things, too."""


def respective_asks(text: str) -> Iterator[tuple[Ask, str]]:
    """Questions for each value of a sentence, each with the statement that tells it alone; nothing where the lists differ.

    `text` has no capital at its start but that of a name.
    """
    found = _SENTENCE.search(text) if "respectively" in text and len(text) <= _MOST else None
    if not found:
        return
    items, values = _items(found["items"]), _values(found["values"])
    prefix = re.split(r"[,;:] |\bthat ", found["prefix"] or "")[-1].strip()
    if len(items) != len(values) or len(prefix.split()) > _LONGEST or not all(_is_quantity(v) for v in values):
        return
    is_now = found["be"] in ("is", "are")
    for item, value in zip(items, values, strict=True):
        what = _named(prefix, item)
        be = "is" if is_now else "was"
        wordings = (f"what {be} {what}", f"what value {'does' if is_now else 'did'} {what} have")
        told = f"{raised(what)} {be} {value}{(found['more'] or '').rstrip()}."
        yield Ask(value, "value", wordings, (f"what {what} {be}",), (what,), owner=what), told


def _items(listed: str) -> list[str]:
    """'discharge and charge capacities' -> 'discharge capacity', 'charge capacity': the last word may be for all."""
    items = [item.removeprefix("the ") for item in _PARTS.split(listed)]
    head = items[-1].rpartition(" ")[2]
    if " " in items[-1] and head[0].islower() and all(" " not in item for item in items[:-1]):
        items = [*(f"{item} {head}" for item in items[:-1]), items[-1]]
        return [_singular(item) for item in items]
    return items


def _values(listed: str) -> list[str]:
    """'785, 633 and 972 mAh/g' -> each with the unit."""
    values = _PARTS.split(listed)
    number = _NUMBER.match(values[-1])
    unit = values[-1][number.end() :] if number else ""
    return [value + unit if _NUMBER.fullmatch(value) else value for value in values]


def _is_quantity(value: str) -> bool:
    return any(span.kind == "quantity" and span.start == 0 for span in find(value))


def _named(prefix: str, item: str) -> str:
    """'the capacity of X' from 'The capacities of' and 'X'."""
    if not prefix:
        return f"the {item}"
    noun, _, link = prefix.removeprefix("The ").removeprefix("the ").rpartition(" ")
    head, of, rest = noun.partition(" of ")
    return f"the {_singular(head)}{of}{rest} {link} {item}" if noun else f"the {item}"


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
