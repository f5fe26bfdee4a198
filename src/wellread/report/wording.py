"""Numbers, times and foreign characters as the reader sees them. A missing score is 'not known', never 0."""

import math
import re
from typing import TypeGuard

from wellread.records import Score

MISSING = "not known"

# What no reader should meet raw: controls, marks that turn the direction of writing, half characters, non-characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """`text` with each invisible or unsafe character written out: NUL as ␀, U+202E as ⟨U+202E⟩.

    Tabs and line ends stay. The result can be encoded as UTF-8, and can't reorder or hide what stands beside it.
    """
    return _UNSEEN.sub(_spelt, text.replace("\r\n", "\n"))


def _spelt(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode has pictures of the old controls
    return f"⟨U+{code:04X}⟩"


def known(value: float | None) -> TypeGuard[float]:
    """Whether there is a number to show."""
    return value is not None and math.isfinite(value)


def number(value: float | None) -> str:
    """A score in two decimals; three and more where two would turn 'nearly all' into 'all', or 'hardly' into 'none'."""
    if not known(value):
        return MISSING
    text = f"{value:.2f}"
    if text in ("0.00", "1.00", "-0.00") and value != float(text):
        text = f"{value:.3f}"
        if float(text) in (0.0, 1.0):
            return "<0.001" if value < 0.5 else ">0.999"
    return text


def plain(value: float) -> str:
    """Any number, in three digits and without more zeros than it needs: '0.25', '1,200', '2e-05'."""
    if abs(value) >= 1000:
        return f"{value:,.0f}" if abs(value) < 1e7 else f"{value:.3g}"
    return f"{value:.3g}"


def signed(value: float) -> str:
    """A difference or a correlation in two decimals, with its sign where there is one."""
    return f"{value:+.2f}" if abs(value) >= 0.005 else "0.00"


def share(value: float) -> str:
    """A score as per cent, for sentences. Only what is all is 100%, only what is none is 0%."""
    text = f"{value:.0%}"
    if text in ("0%", "100%") and value != round(value):
        return "under 1%" if value < 0.5 else "over 99%"
    return text


def interval(score: Score) -> str:
    """The 95% interval in words, '' where there is none."""
    if not known(score.value) or not known(score.low) or not known(score.high):
        return ""
    return f"{number(score.low)} to {number(score.high)}"


def count(n: int, one: str, many: str = "") -> str:
    """`n` with its noun: '1 paper', '2,000 papers'. `many` is the plural where it isn't `one` + s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """A time in the units that people use: '0.8 s', '1 min 40 s', '2 h 5 min', '3 d 4 h'."""
    if not math.isfinite(seconds):
        return MISSING
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    total = round(seconds)
    if total < 60:
        return f"{total} s"
    if total < 3600:
        return _two(total // 60, "min", total % 60, "s")
    minutes = round(seconds / 60)
    if minutes < 1440:
        return _two(minutes // 60, "h", minutes % 60, "min")
    hours = round(seconds / 3600)
    return _two(hours // 24, "d", hours % 24, "h")


def _two(big: int, unit: str, small: int, part: str) -> str:
    return f"{big} {unit} {small} {part}" if small else f"{big} {unit}"
