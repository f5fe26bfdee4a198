"""What a quantity measures, told from its unit: the words with which English asks for it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """`noun` as in 'at what temperature'; `many`: the counted things, as in 'how many cycles' ('' where none are)."""

    noun: str
    many: str = ""


_NUMBER = re.compile(r"^[~≈<>≤≥]?\s?[−–+-]?[\d.,  ]*\d(?:\s?(?:±|–|—|-|to|[×x·])\s?[\d.,]+)?(?:\^?[−–⁻⁰-⁹¹²³\d]*)?\s?")
_OF_TIME = {"in", "since", "until", "before", "after", "by"}  # a bare number after them may be a year of any century
_WORD_NUMBER = re.compile(r"^[A-Za-z]+\s")
_TIMES = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "yr": "years", "ms": "milliseconds", "ns": "nanoseconds",
          "ps": "picoseconds", "fs": "femtoseconds", "μs": "microseconds", "µs": "microseconds"}  # fmt: skip
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"°[CF]|K", "temperature"),
    (r"(?:wt|mol|vol|at)?\.?\s?%|‰|percent", "percentage"),
    (r"(?:[kMGmhµμ])?Pa|m?bar|atm|psi|[Tt]orr|mmHg|cmH2O", "pressure"),
    (r"[kmµμnpcf]?m|Å", "length"),
    (r"[kmµμn]?g|k?Da", "mass"),
    (r"[kmµμ]?g[/ ]?mol(?:−1|-1|⁻¹)?", "molar mass"),
    (r"[mµμk]?S[ /·](?:c?m)(?:−1|-1|⁻¹)?", "conductivity"),
    (r"[mµμk]?V", "voltage"),
    (r"[mkMGµμn]?W", "power"),
    (r"[mkMG]?eV|k?J(?:[ /]mol)?(?:−1|-1|⁻¹)?|k?cal(?:[ /]mol)?|[kMG]?Wh", "energy"),
    (r"[mµμnk]?A", "current"),
    (r"[kMGT]?Hz|rpm", "frequency"),
    (r"(?:[mµμn]?mol[ /]L|[mµμn]?M|ppm|ppb|m?g[ /]m?L)(?:−1|-1|⁻¹)?", "concentration"),
    (r"[mµμ]?L|[cm]?m[³3]", "volume"),
    (r"[cmk]?m[²2]", "area"),
    (r"m?T|k?Oe", "field"),
    (r"m?Pa[·⋅ ]?s|cP", "viscosity"),
    (r"k?g[ /]c?m[³3](?:−1|-1|⁻¹)?|k?g[ ·⋅]c?m(?:−|-|⁻)[3³]", "density"),
    (r"[mµμ]?W[ /]c?m[²2]|[mµμ]?W[ ·⋅]c?m(?:−|-|⁻)[2²]", "power density"),
    (r"[mµμ]?A[ /]c?m[²2]|[mµμ]?A[ ·⋅]c?m(?:−|-|⁻)[2²]", "current density"),
    (r"[cm]?m[²2][ /]g|[cm]?m[²2][ ·⋅]g(?:−1|-1|⁻¹)", "surface area"),
    (r"m?W[ /](?:\(?m[ ·⋅]?K\)?)", "thermal conductivity"),
    (r"m?Ah(?:[ /]g)?", "capacity"),
    (r"[^%\s].*(?:/\s?|per )(?:s|min|h|hour|d|day|week|month|yr|year)|\S.*[ ·⋅](?:s|min|h|d|yr)(?:−1|-1|⁻¹)", "rate"),
)


def measure(quantity: str, prep: str = "") -> Measure:
    """What `quantity` measures after the preposition `prep`; the noun is 'value' where the unit tells nothing.

    >>> measure("7.2 h"), measure("17 repeat units")
    (Measure(noun='time', many='hours'), Measure(noun='number', many='repeat units'))
    """
    if quantity.startswith("pH"):
        return Measure("pH")
    if re.fullmatch(r"(?:19|20)\d\d" if prep not in _OF_TIME else r"(?:1[5-9]|20)\d\d", quantity):
        return Measure("year")
    if re.fullmatch(r"[\d.,–-]+(?:\s?:\s?[\d.,–-]+)+", quantity):
        return Measure("ratio")
    unit = _NUMBER.sub("", quantity) if not quantity[:1].isalpha() else _WORD_NUMBER.sub("", quantity)
    unit = unit.strip()
    if unit in _TIMES:
        return Measure("time", _TIMES[unit])
    if re.fullmatch(r"[a-z][a-z -]+s", unit) and unit not in _TIMES and len(unit) > 3:
        times = unit in ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
        return Measure("time" if times else "number", unit)
    if prep == "at" and unit == "nm":
        return Measure("wavelength")
    for pattern, noun in _PATTERNS:
        if re.fullmatch(pattern, unit):
            return Measure(noun)
    return Measure("value")
