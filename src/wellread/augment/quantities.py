"""Find quantities: numbers with units, ranges, pH values, counted things."""

import re
from collections.abc import Iterator

from wellread.augment.english import verbs
from wellread.augment.english.words import ADVERBS, DETERMINERS, NUMBER_WORDS, PREPOSITIONS, PRONOUNS, SUBORDINATORS

_NUMBER = r"(?:\d{1,3}(?:[,  ]\d{3})+(?![\d,])|\d+)(?:[.,]\d+)?(?:\s?[×x·]\s?10(?:\^?[−–-]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+)|\s(?:thousand|million|billion|trillion)(?![\w]))?"
_ATOM = (
    r"(?:[kMGTmµμnpfcdh]?(?:mol|Hz|Pa|eV|Wh|Ah|bar|cal|Da|Bq|Gy|Sv|lm|lx|rad|Torr|Ω|[mgsAKNJWCVFSTHLlMB])|"
    r"mmHg|cmH2O|emu|[kM]?Oe|cP|Debye|barrer|Barrer|GPU|CFU|IU|sccm|lux|dpa|mesh|kgf|lbf|cfu|kat|Ci|Np|"
    r"°[CF]|°|%|‰|wt\.?\s?%|mol\.?\s?%|vol\.?\s?%|at\.?\s?%|ppm|ppb|Å|rpm|atm|torr|psi|dB|min|hours?|h|days?|d|months?|years?|yr|weeks?|"
    r"percent|ohm|equiv\.?|eq|nmol|hPa|cm|mm|km|Mw|au)"
)
_POWER = r"(?:\^?½|\^\(?1/2\)?|\^0\.5|\^?[−–-]?\d|[⁻]?[¹²³⁴⁵⁶⁷⁸⁹])?"
_BELOW = rf"{_ATOM}{_POWER}(?:[·⋅∙ ]?{_ATOM}{_POWER})*"  # a stroke
_UNIT = rf"{_ATOM}{_POWER}(?:\s?[/·⋅∙*]\s?(?:\({_BELOW}\)|{_BELOW})|(?:[·⋅∙ ])?{_ATOM}{_POWER}(?![\w]))*(?![^\W\d_])"
_SIGNED = rf"[−–+-]?{_NUMBER}"
_RANGE = rf"[~≈<>≤≥]?\s?{_SIGNED}(?:\s?(?:±|–|—|-|to)\s?{_NUMBER})?"
_RATIO = rf"{_NUMBER}(?:[–-]{_NUMBER})?(?:(?P<colon>:|\s:\s){_NUMBER}(?:[–-]{_NUMBER})?)(?:(?P=colon){_NUMBER})*(?:\s?{_UNIT})?(?![\w:]|[.,]\d)"
# "10 Hz to 10 kHz", "10 cm × 5 cm"; but what rises from 5 °C to 60 °C has two values.
_SPAN = rf"(?<!from )(?:{_NUMBER}\s?{_UNIT}(?:\s(?:to|×|x)\s|\s?[–×]\s?))+{_SIGNED}\s?{_UNIT}"
_QUANTITY = re.compile(
    rf"(?<![\w.\-–−/^:]){_RATIO}|(?<![\w.\-–−/^]){_SPAN}|pH\s(?:of\s)?{_RANGE}|(?<![\w.\-–−/^])(?:{_RANGE}\s?{_UNIT}|{_RANGE}(?![\w-]|[.,]\d))"
)
_COUNTED = re.compile(
    rf"(?<![\w.\-–−/])(?P<n>{_NUMBER}|\b(?:{'|'.join(sorted(NUMBER_WORDS))}))\s(?P<w>[a-z][a-z-]+)(?:\s(?P<v>[a-z][a-z-]+))?",
    re.IGNORECASE,
)
# A number that counts pages of the paper, not the world.
_REFERENCE = re.compile(
    r"(?:\b(?:Fig|Figs|Figure|Figures|Table|Tables|Eq|Eqs|Ref|Refs|Reference|Section|Scheme|No|Nos)\.?\s*|\[)$"
)

_DECADE = re.compile(r"(?:1[5-9]|20)\d0s")
_FUNCTION = DETERMINERS | PREPOSITIONS | SUBORDINATORS | PRONOUNS | ADVERBS | verbs.AUXILIARIES | {"times"}


def quantities(sentence: str) -> Iterator[tuple[int, int]]:
    """Where quantities stand: '7.2 h', '−52 °C', '12 ± 3 L/(m²·h)', 'pH 3.8', '4:1', '17 repeat units'; some may overlap."""
    for match in _QUANTITY.finditer(sentence):
        text = match.group()
        if _DECADE.fullmatch(text):
            continue  # "the 1980s" are no seconds
        start = match.start() + len(text) - len(text.lstrip())
        if not _REFERENCE.search(sentence[:start]):
            yield start, match.end()
    for match in _COUNTED.finditer(sentence):
        end = _counted_end(match)
        if end and not _REFERENCE.search(sentence[: match.start()]):
            yield match.start(), end


def _counted_end(match: re.Match[str]) -> int | None:
    """Where a counted noun ends: 'two aluminium centres', '17 repeat units', '19 days'; None where there is none."""
    first, second = match["w"], match["v"]
    if _is_plural(first):
        return match.end("w")
    if second and _is_plural(second) and first not in _FUNCTION and "participle" not in verbs.forms(first):
        return match.end("v")
    return None


def _is_plural(word: str) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and len(word) > 3
        and word not in _FUNCTION
        and not (verbs.forms(word) and verbs.forms(word).get("singular") not in verbs.NOUNS)
    )
