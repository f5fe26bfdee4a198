"""Numbers with units in a text, as values in base units, so that 146 °C and 419.15 K are the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from wellread.numerals import DIGITS, PARTING, with_point

_PREFIX = {
    "": 1.0, "f": 1e-15, "p": 1e-12, "n": 1e-9, "µ": 1e-6, "m": 1e-3, "c": 1e-2, "d": 1e-1, "h": 1e2, "k": 1e3,
    "M": 1e6, "G": 1e9, "T": 1e12,
}  # fmt: skip
#: Unit -> its size and its powers of kg, m, s, K, mol and A. These take prefixes.
_METRIC = {
    "g": (1e-3, "kg"), "m": (1.0, "m"), "s": (1.0, "s"), "K": (1.0, "K"), "mol": (1.0, "mol"), "A": (1.0, "A"),
    "J": (1.0, "kg m2 s-2"), "W": (1.0, "kg m2 s-3"), "V": (1.0, "kg m2 s-3 A-1"), "Pa": (1.0, "kg m-1 s-2"),
    "Hz": (1.0, "s-1"), "N": (1.0, "kg m s-2"), "C": (1.0, "A s"), "Ω": (1.0, "kg m2 s-3 A-2"), "F": (1.0, "kg-1 m-2 s4 A2"),
    "S": (1.0, "kg-1 m-2 s3 A2"), "L": (1e-3, "m3"), "l": (1e-3, "m3"), "eV": (1.602176634e-19, "kg m2 s-2"),
    "bar": (1e5, "kg m-1 s-2"), "cal": (4.184, "kg m2 s-2"), "Wh": (3600.0, "kg m2 s-2"), "Ah": (3600.0, "A s"),
    "Da": (1e-3, "kg mol-1"), "M": (1e3, "mol m-3"), "T": (1.0, "kg s-2 A-1"), "B": (1.0, "byte"),
}  # fmt: skip
_OTHER = {
    "min": (60.0, "s"), "h": (3600.0, "s"), "d": (86400.0, "s"), "wk": (604800.0, "s"), "yr": (31557600.0, "s"),
    "%": (1.0, "%"), "wt%": (1.0, "wt%"), "mol%": (1.0, "mol%"), "vol%": (1.0, "vol%"), "ppm": (1.0, "ppm"), "ppb": (1.0, "ppb"),
    "Å": (1e-10, "m"), "atm": (101325.0, "kg m-1 s-2"), "psi": (6894.757, "kg m-1 s-2"), "rpm": (1 / 60, "s-1"),
    "t": (1e3, "kg"), "°": (1.0, "°"), "°C": (1.0, "K"), "°F": (5 / 9, "K"),
}  # fmt: skip
#: Where the scale begins, in kelvin. It counts only where the unit stands alone.
_ZERO = {"°C": 273.15, "°F": 459.67 * 5 / 9}
_WORDS = {
    r"per ?cent\b": "%", r"(?:degrees? )?(?:celsius|centigrade)\b": "°C", r"degrees? C\b": "°C", r"kelvins?\b": "K",
    r"(?:degrees? )?fahrenheit\b": "°F", r"degrees? F\b": "°F", r"hours?\b|hrs?\b": "h", r"minutes?\b|mins\b": "min",
    r"days?\b": "d", r"weeks?\b": "wk", r"years?\b": "yr", r"wt\.? ?%": "wt%", r"mol\.? ?%": "mol%", r"vol\.? ?%": "vol%",
    r"°\s(?=[CF]\b)": "°",
}  # fmt: skip
_PREFIX_WORDS = {
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h", "kilo": "k", "mega": "M",
    "giga": "G",
}  # fmt: skip
_UNIT_WORDS = {
    "gram": "g", "gramme": "g", "meter": "m", "metre": "m", "liter": "L", "litre": "L", "mole": "mol", "second": "s",
    "pascal": "Pa", "joule": "J", "watt": "W", "volt": "V", "amp": "A", "ampere": "A", "ohm": "Ω", "siemens": "S",
    "hertz": "Hz", "newton": "N", "electronvolt": "eV", "tesla": "T", "dalton": "Da", "calorie": "cal", "bar": "bar",
}  # fmt: skip
_METRIC_WORD = re.compile(rf"(?<=[\d ])({'|'.join(_PREFIX_WORDS)})?({'|'.join(_UNIT_WORDS)})s?\b", re.I)
_SPELT = [
    (re.compile(r"(?<=[\d ])(?:" + pattern + ")", re.I if "°" not in pattern else 0), unit)
    for pattern, unit in _WORDS.items()
]
_LONE_POWER = re.compile(r"(?<![\w.,^x×·*])(?<![x×·*] )10\^(?=[+-]?\d)")
_MINUS = re.compile(r"(?<!\d )\bminus (?=\d)", re.I)
_PER = re.compile(r"(?<=[A-Za-zµΩÅ%]) per (?=[A-Za-zµΩÅ°])")
_POWER_OF_TEN = r"(?:\s?[x×·*]\s?10\s?\^?\s?(?P<exponent>[+-]?\d+)|[eE](?P<e>[+-]?\d+))"
_NUMBER = re.compile(
    rf"(?<![\w.,^])(?<!\^-)(?<![^\W\d_]-)(?P<sign>(?<![\w)\]])-)?(?P<digits>{DIGITS}|\.\d+){_POWER_OF_TEN}?"
)
_ATOM = re.compile(r"(?P<name>wt%|mol%|vol%|°[CF]|[%°Å]|[A-Za-zµΩ]+)\^?(?P<power>[+-]?\d+)?")
_JOINT = re.compile(r"[ ]?(?P<over>/)[ ]?\(?|[ ]?[·*][ ]?|\)?[ ](?=[A-Za-zµΩ°Å]+\^?-\d)")


@dataclass(frozen=True)
class Quantity:
    """`value` in base units; `kind` names those ('' for a bare number); `written` is the number as it stands there."""

    value: float
    kind: str
    written: float
    factor: float


def quantities(text: str) -> list[Quantity]:
    """The numbers of `text`, each with the unit that follows it, if one does."""
    return list(_read(text))


def same_kind(one: Quantity, wanted: Quantity) -> bool:
    """Whether `one` may be compared with `wanted`. Where no unit is wanted, any will do."""
    return wanted.kind in ("", one.kind)


def _read(text: str) -> Iterator[Quantity]:
    plain = _plain(text)
    at = 0
    while match := _NUMBER.search(plain, at):
        written = float(with_point(match["digits"])) * (-1 if match["sign"] else 1)
        exponent = int(match["exponent"] or match["e"] or 0)
        at = match.end()
        if abs(exponent) > 100 or len(match["digits"]) > 100:
            continue
        written *= 10.0**exponent
        factor, kind, zero, at = _unit(plain, at)
        yield Quantity(written * factor + zero, kind, written, factor)


def _plain(text: str) -> str:
    """`text` with one form of each sign: minus, superscripts, micro, ohm, spelt units."""
    text = PARTING.sub("", text)
    text = re.sub(r"([⁺⁻]?)([⁰¹²³⁴-⁹]+)", lambda m: "^" + m[0].translate(_SUPER), text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"/ ?\([^()]*\)", lambda m: m[0].replace(" ", "·"), text)
    for pattern, unit in _SPELT:
        text = pattern.sub(unit, text)
    text = _METRIC_WORD.sub(lambda m: _PREFIX_WORDS.get((m[1] or "").lower(), "") + _UNIT_WORDS[m[2].lower()], text)
    text = _LONE_POWER.sub("1x10^", _MINUS.sub("-", text))
    return _PER.sub("/", text)


_SUPER = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "μ": "µ", "⋅": "·", "∙": "·", "Å": "Å", "º": "°", "∗": "*"}
)


def _unit(text: str, at: int) -> tuple[float, str, float, int]:
    """Size, base units and zero point of the unit that stands at `at`, perhaps after a space, and where it ends.

    Size 1 and no base units where there is none.
    """
    factor, sign, end = 1.0, 1, at
    powers: dict[str, int] = {}
    names = []
    at += text[at : at + 1] == " "
    while atom := _ATOM.match(text, at):
        known = _known(atom["name"])
        if known is None:
            break
        power = sign * int(atom["power"] or 1)
        if abs(power) > 9:
            break
        factor *= known[0] ** power
        for base in known[1].split():
            name, inner = re.fullmatch(r"(\D+?)(-?\d+)?", base).groups()  # type: ignore[union-attr]
            powers[name] = powers.get(name, 0) + power * int(inner or 1)
        names.append(atom["name"])
        end = atom.end()
        joint = _JOINT.match(text, atom.end())
        if not joint:
            break
        sign = -1 if joint["over"] else sign
        at = joint.end()
    kind = " ".join(f"{name}{power}" for name, power in sorted(powers.items()) if power)
    zero = _ZERO.get(names[0], 0.0) if len(names) == 1 and powers == {"K": 1} else 0.0
    return factor, kind, zero, end


def _known(name: str) -> tuple[float, str] | None:
    if name in _OTHER:
        return _OTHER[name]
    for prefix in (name[:1], ""):
        if prefix in _PREFIX and (unit := _METRIC.get(name.removeprefix(prefix) if prefix else name)):
            # The bare unit wins over a prefix: 'm' is a metre, 'min' a minute.
            size, base = _METRIC.get(name, (_PREFIX[prefix] * unit[0], unit[1]))
            return size, base
    return None
