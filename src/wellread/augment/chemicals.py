"""Find chemicals: systematic names by their locants and brackets, formulae, elements, salts, acids and solvents by their endings."""

import re
from collections.abc import Iterator

_ELEMENT = (
    r"(?:H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Sc|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Y|Zr|"
    r"Nb|Mo|Tc|Ru|Rh|Pd|Ag|Cd|In|Sn|Sb|Te|I|Xe|Cs|Ba|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Hf|Ta|W|Re|Os|Ir|Pt|"
    r"Au|Hg|Tl|Pb|Bi|Th|U)"
)
_COUNT = r"(?:\d+(?:\.\d+)?|[₀-₉]+|[xyzδ])?"
_FORMULA = re.compile(rf"(?:{_ELEMENT}{_COUNT}|[(\[](?:{_ELEMENT}{_COUNT})+[)\]]{_COUNT}){{2,}}(?:[+−-]|[⁺⁻])?")
_LOCANT = re.compile(
    r"(?:^|[-(\[,])\d+(?:,\d+)*[a-z]?'?-(?=[a-z(\[])|-\d+(?:,\d+)*-|[a-z)\]]-\d+[a-z]?-[a-z]"
    r"|(?:^|[-(\[,])(?-i:[NOSP](?:,[NOSP])*'?-(?=[a-z]*(?:yl|hydroxy|amino)))",  # N,N-dimethylformamide
    re.IGNORECASE,
)
_ELEMENTS = (
    "hydrogen|helium|lithium|beryllium|boron|carbon|nitrogen|oxygen|fluorine|neon|sodium|magnesium|aluminium|aluminum|silicon|"
    "phosphorus|sulfur|sulphur|chlorine|argon|potassium|calcium|scandium|titanium|vanadium|chromium|manganese|iron|cobalt|nickel|"
    "copper|zinc|gallium|germanium|arsenic|selenium|bromine|krypton|rubidium|strontium|yttrium|zirconium|niobium|molybdenum|"
    "technetium|ruthenium|rhodium|palladium|silver|cadmium|indium|tin|antimony|tellurium|iodine|xenon|caesium|cesium|barium|"
    "lanthanum|cerium|praseodymium|neodymium|promethium|samarium|europium|gadolinium|terbium|dysprosium|holmium|erbium|thulium|"
    "ytterbium|lutetium|hafnium|tantalum|tungsten|rhenium|osmium|iridium|platinum|gold|mercury|thallium|lead|bismuth|polonium|"
    "radon|radium|thorium|uranium|neptunium|plutonium|americium|curium"
)
_METALS = (
    f"{_ELEMENTS}|ammonium|methyl|ethyl|propyl|isopropyl|butyl|benzyl|vinyl|phenyl|allyl|ethylene|propylene|dimethyl|diethyl|"
    "trimethyl|polyvinyl"
)
_ALONE = re.compile(
    # Nothing but what can't be a part of its name follows: not in "zinc ions"; 'lead' is a verb as often.
    rf"(?<![-\w])(?!lead\b)(?:{_ELEMENTS})(?=[.,;:!?)]|$| (?:and|or|nor|but|of|in|into|on|onto|at|to|from|by|with|without|within|"
    r"under|over|above|below|after|before|during|for|as|than|that|which|while|when|where|because|so|is|are|was|were|be|been|has|"
    r"have|had|can|could|may|might|must|will|would|should|does|did|not|only|also)\b)",
    re.IGNORECASE,
)
_SALT = (
    r"(?:di|tri|tetra|penta|hexa|mono|per|hydro)?(?:chloride|bromide|fluoride|iodide|oxide|hydroxide|peroxide|nitride|sulfide|"
    r"sulphide|phosphide|selenide|telluride|carbide|boride|hydride|silicide|arsenide|antimonide|cyanide|azide|"
    r"[a-z]{2,}(?:ate|ite)|ether|alcohol|glycol|acetylene)"
)
_ACID = r"[a-z]{4,}(?:ic|ous) acid(?: (?:chloride|anhydride|ester|amide))?"
_SOLVENT = (
    r"[a-z]*(?:benzene|toluene|xylene|furan|pyridine|phenol|aniline|acetone|ethanol|methanol|propanol|butanol|hexane|heptane|"
    r"pentane|octane|styrene|acetonitrile|formamide|sulfoxide|glycerol|taurine|glycine|chloroform|naphthalene|imidazole|thiophene|carbonitrile)"
)
_PLAIN_CHEMICAL = re.compile(
    rf"\b(?:(?:{_METALS})(?:\([IV]+\))? {_SALT}|{_ACID}|{_SOLVENT}|(?:ytter|terb|erb|thul|rub|caes|ces|haf|scand|indi|gall)\w*um)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:acid|chloride|bromide|iodide|fluoride|oxide|ester|ether|anhydride|amide|acetate|hydrochloride|salt|acrylate|methacrylate)\b"
)
_TOKEN = re.compile(r"\S+")


def chemicals(sentence: str) -> Iterator[tuple[int, int]]:
    """Where chemicals stand; some may overlap."""
    for token in _TOKEN.finditer(sentence):
        start, end = trimmed(sentence, token.start(), token.end())
        word = sentence[start:end]
        if _is_systematic(word):
            tail = _TAIL.match(sentence, end)
            yield start, tail.end() if tail else end
            continue
        formula = _FORMULA.fullmatch(word) or _FORMULA.match(word.split("–")[0].split("/")[0])
        if formula and _is_formula(formula.group()) and formula.end() == len(word):
            yield start, end
    for match in _PLAIN_CHEMICAL.finditer(sentence):
        if not sentence[: match.start()].endswith(("-", "(")):
            yield match.start(), match.end()
    for match in _ALONE.finditer(sentence):
        yield match.start(), match.end()


def _is_systematic(word: str) -> bool:
    letters = sum(c.isalpha() for c in word)
    return letters >= 5 and bool(_LOCANT.search(word)) and any(c.islower() for c in word) and "://" not in word


def is_element(text: str) -> bool:
    """Whether `text` is the name of a chemical element: 'ytterbium' (for 'which element', not 'which compound')."""
    return bool(re.fullmatch(_ELEMENTS, text, re.IGNORECASE))


def _is_formula(text: str) -> bool:
    """NaCl, Li6PS5Cl, TiO2 are; XRD, OH, IN, Co and plain words such as 'This' or 'As' are not."""
    symbols = re.findall(_ELEMENT, text)
    if any(c.isdigit() or c in "₀₁₂₃₄₅₆₇₈₉" for c in text):
        return len(set(symbols)) >= 2 or len(symbols) == 1
    capitals = sum(c.isupper() for c in text)
    return capitals >= 2 and any(c.islower() for c in text)


def trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without the punctuation around it; brackets that belong to a chemical name stay."""
    while start < end and (
        sentence[start] in "\"'“”‘’„«»*_,;:" or (sentence[start] in "([" and _open(sentence[start:end]))
    ):
        start += 1
    while end > start and (
        sentence[end - 1] in "\"'“”‘’„«»*_,;:.!?…" or (sentence[end - 1] in ")]" and _closed(sentence[start:end]))
    ):
        end -= 1
    return start, end


def _open(word: str) -> bool:
    return word.count(word[0]) > word.count({"(": ")", "[": "]"}[word[0]]) or (
        word[-1:] in ")].,;:" and word.rstrip(".,;:").endswith(")")
    )


def _closed(word: str) -> bool:
    return word.count(word[-1]) > word.count({")": "(", "]": "["}[word[-1]])
