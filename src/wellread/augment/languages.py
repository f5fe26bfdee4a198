"""Languages by their ISO 639-1 codes; and which one a text is in, by its script and its commonest words.

For languages in Latin letters whose commonest words aren't listed here, py3langid tells (its model is in the package).
"""

import re

from wellread.augment.english.words import wordset
from wellread.errors import UnknownNameError

DEFAULT = ("de", "es", "it", "ja", "zh", "ko")
_NAMES = (
    "af Afrikaans|sq Albanian|am Amharic|ar Arabic|hy Armenian|az Azerbaijani|eu Basque|be Belarusian|bn Bengali|bs Bosnian|bg Bulgarian|"
    "ca Catalan|zh Chinese|hr Croatian|cs Czech|da Danish|nl Dutch|en English|eo Esperanto|et Estonian|fi Finnish|fr French|gl Galician|"
    "ka Georgian|de German|el Greek|gu Gujarati|ht Haitian|ha Hausa|he Hebrew|hi Hindi|hu Hungarian|is Icelandic|id Indonesian|ga Irish|"
    "it Italian|ja Japanese|jv Javanese|kn Kannada|kk Kazakh|km Khmer|ko Korean|ky Kyrgyz|lo Lao|la Latin|lv Latvian|lt Lithuanian|"
    "lb Luxembourgish|mk Macedonian|ms Malay|ml Malayalam|mt Maltese|mi Maori|mr Marathi|mn Mongolian|my Burmese|ne Nepali|no Norwegian|"
    "ps Pashto|fa Persian|pl Polish|pt Portuguese|pa Punjabi|ro Romanian|ru Russian|sr Serbian|si Sinhala|sk Slovak|sl Slovenian|so Somali|"
    "es Spanish|sw Swahili|sv Swedish|tl Tagalog|tg Tajik|ta Tamil|te Telugu|th Thai|tr Turkish|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|"
    "cy Welsh|xh Xhosa|yi Yiddish|yo Yoruba|zu Zulu"
)
NAMES = {code: name for code, _, name in (entry.partition(" ") for entry in _NAMES.split("|"))}

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SCRIPTS = {
    "ja": rf"\u3040-\u30ff{_HAN}", "zh": _HAN, "ko": "\uac00-\ud7af\u1100-\u11ff",
    **dict.fromkeys(["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"], "\u0400-\u04ff"),
    **dict.fromkeys(["ar", "fa", "ur", "ps"], "\u0600-\u06ff"), "he": "\u0590-\u05ff", "yi": "\u0590-\u05ff", "el": "\u0370-\u03ff\u1f00-\u1fff",
    **dict.fromkeys(["hi", "mr", "ne"], "\u0900-\u097f"), "bn": "\u0980-\u09ff", "th": "\u0e00-\u0e7f", "hy": "\u0530-\u058f", "ka": "\u10a0-\u10ff",
    "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "ml": "\u0d00-\u0d7f", "kn": "\u0c80-\u0cff", "gu": "\u0a80-\u0aff", "pa": "\u0a00-\u0a7f",
    "si": "\u0d80-\u0dff", "km": "\u1780-\u17ff", "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "am": "\u1200-\u137f",
}  # fmt: skip
_COMMON = {
    "en": "the of and to is that with for was by at on are as from it be this which were has have an or not in a what how does its into when if no "
    "would more than can but after their they we only also will been so such up all other these those there while through under over then",
    "de": "der die das und ist mit von den dem ein eine zu auf wird nicht für sich bei im des zur aus als nach werden wie eines einer durch in",
    "es": "el la los las del y es en por con una que se para de un como a su sus al más lo esta este no o cuando entre",
    "it": "il lo gli di che per con una è della dei nel le la del un si da a al dell in alla non come sono più su e i dal",
    "fr": "le la les des du et est dans pour une qui sur au de un en à par que se ce avec sont ne pas plus son sa aux l d",
    "pt": "o a os as um uma de do da em para com que não é por se no na ao mais como dos das foi e são",
    "nl": "de het een van en is met voor op niet aan dat die te in door bij wordt om als zijn naar er uit",
    "sv": "och att det som på är en ett av för med inte den till har de i vid från eller kan",
    "da": "og at det som på er en et af for med ikke den til har de i ved fra eller kan der",
    "no": "og at det som på er en et av for med ikke den til har de i ved fra eller kan der",
    "pl": "i w na z jest do się nie to że o jak przez od po dla są oraz a przy który",
    "fi": "ja on se ei että oli joka mutta kun niin myös ovat sen tai hän kuin",
    "tr": "ve bir bu ile için olarak olan da de çok daha gibi her ne ise ancak sonra kadar önce arasında ya ki en",
}
COMMON = {code: wordset(words) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")


def check(code: str) -> str:
    """`code`, where it is a language's. Raises UnknownNameError, which lists them."""
    if code not in NAMES:
        raise UnknownNameError("language", code, NAMES)
    return code


def is_unspaced(code: str) -> bool:
    """Whether the language sets no spaces between words."""
    return code in ("ja", "zh", "th", "lo", "km", "my")


def count(text: str, code: str) -> float:
    """How many words `text` has; where none are set apart, half of its characters."""
    return len(re.sub(r"\s", "", text)) / 2 if is_unspaced(code) else float(len(text.split()))


def looks_like(text: str, code: str, other: str) -> bool:
    """Whether `text` may be in the language `code`, and is not rather in `other` (or in another that is known here).

    A text too short to tell passes.
    """
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if ord(c) > 0x24F]
    if code in _SCRIPTS:
        own = re.findall(f"[{_SCRIPTS[code]}]", text)
        kana = re.findall("[\u3040-\u309f]", text)
        if len(letters) < 4:
            return True
        return (
            len(own) >= 0.2 * len(letters)
            and (code != "ja" or bool(kana))
            and (code != "zh" or len(kana) < 0.05 * len(own))
        )
    if len(foreign) > 0.3 * len(letters):
        return False
    words, shares = _shares(text)
    if words < 8:
        return True
    if code in shares:
        close = {"da", "no", "sv"} if code in ("da", "no", "sv") else {"pt", "es"} if code == "pt" else {code}
        return max(shares[c] for c in close) >= max(shares.values()) - 0.02 and shares[code] >= 0.04
    return _guess(text) != other


def is_left_in(text: str, code: str, other: str) -> bool:
    """Whether a paragraph is clearly in the language `other` instead of `code`."""
    if code in _SCRIPTS:
        return len(text) >= 40 and not looks_like(text, code, other)
    words, shares = _shares(text)
    if words < 12 or other == code:
        return False
    return shares.get(other, 0.0) > shares[code] + 0.1 if code in shares else _guess(text) == other


def _guess(text: str) -> str:
    import py3langid  # its model takes a moment to load

    return str(py3langid.classify(text)[0])


def _shares(text: str) -> tuple[int, dict[str, float]]:
    """How many words `text` has, and for each language which share of them are its commonest."""
    words = [w.casefold() for w in _WORD.findall(text)]
    return len(words), {c: sum(w in common for w in words) / max(1, len(words)) for c, common in COMMON.items()}
