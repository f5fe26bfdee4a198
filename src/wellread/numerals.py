"""Numbers as people write them: 1,200.5 and 1200,5 and 1.200,5.

A comma is a decimal comma where it can't part thousands: before one, two or more than three digits (`12,5`, `0,4503`), after
a leading nought (`0,450`), after more than three digits (`1234,567`), and after thousands parted by points (`1.200,5`).
`1,234` and `1.234` could be either. They are read as English has them, 1234 and 1.234: keys and answers are mostly English,
and an English answer must not become wrong for the sake of a German one.

No number are commas between locants (`1,2-dichloroethane`, `2,2'-bipyridine`), in rows (`1,2,3`) and in citations
(`[12,13]`): their parts are. A row of two without a space (`samples 3,4`) can't be told from a decimal comma and is read as one.
"""

import re

_POINTS = r"[1-9]\d{0,2}(?:\.\d{3})+,\d+(?![.,]?\d)|[1-9]\d{0,2}(?:\.\d{3}){2,}(?![.,]?\d)"
_COMMAS = r"[1-9]\d{0,2}(?:,\d{3})+(?!,?\d)(?:\.\d+)?"
_PAIR = r"(?<=\[)\d+,\d+\]|(?<=\()[1-9]\d*,\d+\)"
_LOCANT = r"['’′]|-(?:[^\W\d_]|[(\[])"
_DECIMAL_COMMA = rf"(?<!\d,)(?<!\d\.)(?<![^\W\d_])(?<![^\W\d_]-)(?!{_PAIR})\d+,\d+(?![.,]?\d|{_LOCANT})"

#: The digits of one number.
DIGITS = rf"(?:{_POINTS}|{_COMMAS}|{_DECIMAL_COMMA}|\d+(?:\.\d+)?)"
#: A narrow or unbreakable space between thousands.
PARTING = re.compile("(?<=\\d)(?<!\\d{4})[\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")


def with_point(digits: str) -> str:
    """What DIGITS has matched, with a point before the decimals and nothing between the thousands."""
    if re.fullmatch(_POINTS, digits):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", "" if re.fullmatch(_COMMAS, digits) else ".")
