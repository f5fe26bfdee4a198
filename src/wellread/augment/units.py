"""Units of measurement in any spelling, brought to one form: 'm²/g', 'm2 g−1', 'square metres per gram', 'Quadratmeter pro Gramm'.

The form is a tuple of (symbol, power) in alphabetical order. Prefixes stay part of the symbol: mg is not g; nothing is
cancelled: g/g is not a bare number.
"""

import re

Unit = tuple[tuple[str, int], ...]

_PREFIX = {"": "", "kilo": "k", "mega": "M", "giga": "G", "milli": "m", "micro": "µ", "nano": "n", "centi": "c", "hecto": "h", "deci": "d",
           "chilo": "k", "mili": "m", "mikro": "µ", }  # fmt: skip
_LONG = {
    "g": "gram grams gramm gramo gramos grammo grammi gramme grammes gramms",
    "m": "metre metres meter meters metern metro metros metri mètre mètres",
    "L": "litre litres liter liters litern litro litros litri",
    "mol": "mole moles mol",
    "V": "volt volts voltio voltios",
    "W": "watt watts vatio vatios",
    "J": "joule joules julio julios",
    "Pa": "pascal pascals",
    "Hz": "hertz",
    "N": "newton newtons",
    "A": "ampere amperes amperios",
    "S": "siemens",
    "eV": "electronvolt electronvolts elektronenvolt electronvoltio electronvoltios elettronvolt",
    "Da": "dalton daltons",
    "bar": "bar bars",
}
_WORDS = {
    "h": "h hr hrs hour hours stunde stunden hora horas ora ore heure heures 時間 小时 小時 시간",
    "min": "min mins minute minutes minuten minuto minutos minuti 分 分間 分钟 分鐘 분",
    "s": "s sec secs second seconds sekunde sekunden segundo segundos secondo secondi seconde secondes 秒 秒間 秒钟 초",
    "d": "d day days tag tage tagen tagelang día días dia dias giorno giorni jour jours 日 日間 天 일",
    "week": "week weeks woche wochen semana semanas settimana settimane semaine semaines 週間 周 주",
    "month": "month months monat monate monaten mes meses mese mesi mois か月 ヶ月 カ月 ヵ月 个月 個月 개월",
    "yr": "y yr year years jahr jahre jahren año años anno anni an ans 年 年間 년",
    "%": "% percent percents per-cent prozent prozente pourcent パーセント ％ 퍼센트 프로",
    "°C": "°c ℃ degc degree degrees grad grado grados gradi 度 도",
    "K": "kelvin kelvins k",
    "rpm": "rpm",
    "sun": "sun suns sonne sonnen sol soles sole soli",
    "cycle": "cycle cycles zyklus zyklen ciclo ciclos cicli サイクル 循环 次循环 사이클",
    "ppm": "ppm",
    "ppb": "ppb",
    "equiv": "equiv equivalent equivalents äquivalente äquivalent equivalentes equivalente equivalenti",
}
_PERCENT = r"(?:[%％]|per[ -]?cents?|prozent|por ciento|per cento|pour ?cent|パーセント|百分比|퍼센트)"
# What a share is a share of: (symbol, what stands before the percent sign, what stands after it). 'by volume' is English,
# 'en volumen' Spanish; 'in volume' is taken as Italian.
_SHARES = (
    ("wt%", "wt|weight|mass|gew|gewichts|ma|massen?|重量|質量|质量|중량|질량",
     "by (?:weight|mass)|en (?:peso|masa|poids|masse)|in (?:peso|massa)|massique|w/w|p/p|m/m"),
    ("mol%", "mole?|stoffmengen|モル|摩尔|몰", "by moles?|en (?:moles|mol)|in (?:moli|mol)|molare?|molaire|mol"),
    ("vol%", "vol|volumen?|体積|容量|体积|부피", "by volume|en volumen?|in volume|v/v"),
    ("at%", "at|atom|atomic|原子|원자", "by atoms|at[óo]mico|atomique|en átomos|in atomi"),
)  # fmt: skip
_PHRASES = tuple((re.compile(pattern, re.I), unit) for pattern, unit in (
    *((rf"(?:{before})\.?[ -]{{0,2}}{_PERCENT}|{_PERCENT}[ \u00a0\u202f]?\(?(?:{after})\b\)?", unit) for unit, before, after in _SHARES),
    (r"por ciento|per cento|per cent|pour cent|百分点", "%"),
    (r"degrees? (?:celsius|centigrade)|grad celsius|grados (?:celsius|centígrados)|gradi (?:celsius|centigradi)|degrés celsius|摄氏度|°\s?c\b", "°C"),
    (r"degrees? fahrenheit|grad fahrenheit|°\s?f\b|℉", "°F"),
))  # fmt: skip
_SYMBOL = re.compile(
    r"(?:[kMGTmµμnpfcdh]?(?:mol|Hz|Pa|eV|Wh|Ah|bar|cal|Da|Bq|Gy|Sv|Ω|[gsAKNJWCVFSTLlmM])|Å|dB|atm|torr|Torr|psi|ohm)"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_POWER = re.compile(r"\^?([-+−–⁻⁺]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹])(?!\d|[.,]\d)")
_PER = re.compile(r"\s?/\s?|\s+(?:per|pro|je|por|al|alla|all[’']ora|par|each)\s+|(?:毎|每)")
_TIMES = re.compile(r"\s?[·⋅∙*×]\s?|[ \u00a0\u202f]")
_FRACTION = re.compile(
    r"分の\s?[\d一二三四五六七八九十百]"
)  # '60 分の 1' is a sixtieth, '60 分の加熱' an hour's heating
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OPEN = re.compile(r"\s?\(")
_SQUARE = re.compile(r"(square|cubic|quadrat|kubik)[ -]?", re.I)
_AFTER_SQUARE = re.compile(r"\s?(cuadrad|cúbic|quadrat|cubic)[oaie]s?\b", re.I)


def _names() -> dict[str, str]:
    names = {word: unit for unit, words in _WORDS.items() for word in words.split()}
    for symbol, words in _LONG.items():
        for word in words.split():
            names |= {prefix + word: short + symbol for prefix, short in _PREFIX.items()}
    return names


_NAMES = _names()
_UNSPACED = sorted((n for n in _NAMES if ord(n[0]) > 0x2E7F), key=len, reverse=True)
_WORD = re.compile(r"[^\W\d_]+|[%‰°℃％](?:[CcF]\b)?")


def unit_at(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit that begins at `start`, and where it ends; None where no unit is known there."""
    found = _atom(text, start)
    if found is None:
        return None
    name, power, end = found
    parts = [(name, power)]
    sign = 1
    while len(parts) < 6:
        joined, step = (_PER.match(text, end), -1) if _PER.match(text, end) else (_TIMES.match(text, end), sign)
        if joined is None:
            break
        opened = _OPEN.match(text, joined.end()) if step < 0 else None
        following = _atom(text, opened.end() if opened else joined.end())
        if following is None or (joined.group().isspace() and not _joins(following)):
            break
        name, power, end = following
        parts.append((name, step * power))
        sign = -1 if opened else sign
        if text[end : end + 1] == ")" and sign < 0:
            end, sign = end + 1, 1
    return tuple(sorted(parts)), end


def _joins(atom: tuple[str, int, int]) -> bool:
    """After a mere space only a symbol with a power goes on with the unit: 'mg mL−1', not '5 g s' or '41 h a'."""
    return atom[1] != 1


def _atom(text: str, start: int) -> tuple[str, int, int] | None:
    """(symbol, power, end) of the simple unit at `start`."""
    for pattern, name in _PHRASES:
        if match := pattern.match(text, start):
            return name, 1, match.end()
    squared = _SQUARE.match(text, start)
    begin = squared.end() if squared else start
    for name in _UNSPACED:
        if text.startswith(name, begin) and not _FRACTION.match(text, begin):
            return _NAMES[name], 1, begin + len(name)
    symbol = _SYMBOL.match(text, begin)
    word = _WORD.match(text, begin)
    named = _NAMES.get(word.group().casefold()) if word else None
    if word and named and not (symbol and symbol.end() == word.end()):
        name, end = named, word.end()
    elif symbol and not _LATIN.match(text, symbol.end()):
        name, end = _canonical(symbol.group()), symbol.end()
    else:
        return None
    power = 1
    if raised := _POWER.match(text, end):
        power, end = int(raised[1].translate(_SUPERSCRIPTS)), raised.end()
    after = _AFTER_SQUARE.match(text, end)
    if raising := squared or after:
        power = 3 if re.match("cub|cúb|kub", raising[1], re.I) else 2
        end = after.end() if after else end
    return name, power, end


def _canonical(symbol: str) -> str:
    """One sign for micro, one for litre."""
    return re.sub(r"(?<!o)(?<!a)l$", "L", symbol.replace("μ", "µ"))


def shown(unit: Unit) -> str:
    """A unit as one would write it: 'm²/g'."""
    return "·".join(f"{n}" if p == 1 else f"{n}^{p}" for n, p in unit)
