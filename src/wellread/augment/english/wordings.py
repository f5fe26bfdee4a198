"""Other words for what science asks most: properties, conditions, places and makings, each with questions that mean the same.

General knowledge of English, true of any paper. A pattern is searched in the topic of a question ('tensile strength',
'melt at temperature'); the first that matches gives its questions. `{x}` is the thing asked about; `{be}`, `{do}`,
`{was}` and `{did}` agree with it.
"""

import re

from wellread.augment.english.words import wordset

_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bmelt(?:ing|s)?\b.*\b(?:temperature|point)|melting point", (
        "what is the melting point of {x}", "how hot must {x} get to melt", "at which temperature {do} {x} turn from solid to liquid")),
    (r"(?:glass transition|\bTg\b)(?:.*temperature)?", (
        "what is the glass transition temperature of {x}", "how cold must {x} get to become a glass",
        "where does the glass transition of {x} lie")),
    (r"\bboil\w*(?:.*temperature)?", ("what is the boiling point of {x}", "how hot must {x} get to boil")),
    (r"Curie(?:.*temperature)?", ("at which temperature {do} {x} lose magnetic order", "up to what temperature {be} {x} magnetic")),
    (r"superconduct\w*(?:.*temperature)?", ("below what temperature {do} {x} superconduct", "what is the critical temperature of {x}")),
    (r"(?:decompos|degrad)\w*\b.*temperature", (
        "what is the decomposition temperature of {x}", "how much heat can {x} stand before decomposition starts",
        "up to what temperature {be} {x} stable")),
    (r"quantum (?:yield|efficiency)", ("how brightly {do} {x} shine", "what part of the light taken up is emitted by {x}")),
    (r"\byield\b", ("how much {x} is obtained", "what part of the possible amount of {x} is obtained", "how efficient is the preparation of {x}")),
    (r"(?:tensile|compressive|flexural) strength|\bstress\b", (
        "how much stress can {x} bear", "how strong {be} {x} when pulled", "what load can {x} withstand")),
    (r"elongation|\bstrain\b", ("how far can {x} be stretched", "how much {do} {x} stretch before breaking", "what is the elongation at break of {x}")),
    (r"modulus|stiffness", ("how stiff {be} {x}", "what is the stiffness of {x}")),
    (r"hardness", ("how hard {be} {x}", "what hardness was found for {x}")),
    (r"toughness|fracture energy", ("how tough {be} {x}", "how much energy does it take to break {x}")),
    (r"molar mass|molecular (?:weight|mass)", (
        "how heavy are the molecules of {x}", "what molecular weight {do} {x} reach", "how large do the chains of {x} become")),
    (r"thermal conductivity", ("how well {do} {x} conduct heat", "how easily does heat flow through {x}")),
    (r"\bion(?:ic)? conductivity", ("how well {do} {x} conduct ions", "how easily do ions move through {x}", "what is the conductivity of {x}")),
    (r"conductivity", ("how well {do} {x} conduct", "how good a conductor {be} {x}")),
    (r"activation energy|energy barrier", ("how high is the energy barrier for {x}", "what barrier has to be overcome for {x}")),
    (r"Seebeck|thermopower", ("what voltage per kelvin {do} {x} give", "how large is the thermopower of {x}")),
    (r"figure of merit|\bzT\b", ("what zT {do} {x} reach", "how high does the zT of {x} go", "how good {be} {x}, judged by the figure of merit")),
    (r"band ?gap", ("how wide is the gap between the bands of {x}", "what energy gap {do} {x} have")),
    (r"refractive index", ("how strongly {do} {x} bend light", "what is the index of refraction of {x}")),
    (r"dielectric|permittivity", ("what is the relative permittivity of {x}", "how well {be} {x} polarised by a field")),
    (r"density", ("how dense {be} {x}", "what density was found for {x}")),
    (r"viscosity", ("how viscous {be} {x}", "how thick a liquid {be} {x}")),
    (r"solubility", ("how soluble {be} {x}", "how well {do} {x} dissolve")),
    (r"surface area", ("how large is the inner surface of {x}", "what specific surface {do} {x} have")),
    (r"pore (?:size|diameter|width|volume)|porosity", ("how porous {be} {x}", "how wide are the pores of {x}")),
    (r"grain size|crystallite size", ("how large are the grains of {x}", "what is the size of the grains in {x}", "how fine are the grains of {x}")),
    (r"particle size|diameter", ("how large {be} {x}", "how big {be} {x} across")),
    (r"thickness", ("how thick {be} {x}", "what {do} {x} measure in thickness")),
    (r"flux|permeance|permeability", ("how much passes through {x}", "how quickly do molecules get through {x}", "at what rate {be} {x} permeated")),
    (r"rejection|reject +percentage|retention", ("how much {do} {x} hold back", "what share is kept back by {x}", "how well {do} {x} hold things back")),
    (r"selectivity", ("how selective {be} {x}", "how well {do} {x} tell one molecule from another")),
    (r"capacity$", ("how much can {x} store", "how much charge {do} {x} hold")),
    (r"efficiency", ("how efficient {be} {x}", "how well {do} {x} use energy")),
    (r"overpotential", ("how much extra voltage {do} {x} need", "what voltage beyond the ideal {do} {x} need")),
    (r"turnover", ("how active {be} {x} as a catalyst", "how fast {do} {x} turn over")),
    (r"contact angle", ("how strongly {do} {x} repel water", "how well {be} {x} wetted")),
    (r"lifetime|half-life|life$", ("how long {do} {x} last", "how long {do} {x} live")),
    (r"oxid.* voltage|stability window", ("what voltage can {x} bear", "how high may the voltage on {x} be", "what is the oxidation limit of {x}")),
    (r"(?:run|last|survive|cycle|work)\b.*for number", ("how many times could {x} be used", "how long {did} {x} last", "what was the life of {x}")),
    (r"(?:fail|die|stop)\b.*(?:after|within) (?:number|time)", ("how soon {did} {x} fail", "how long {did} {x} last")),
    (r"(?:deliver|produce|generate|supply) +power", ("what is the power of {x}", "what output {do} {x} have", "how powerful {be} {x}")),
    (r"consume +\w+", ("how much {do} {x} need", "what is the consumption of {x}")),
    (r"(?:keep|retain|hold|preserve) +percentage", ("how much {did} {x} keep", "what share was retained by {x}", "how well {did} {x} last")),
    (r"(?:fall|drop|decrease|decline|lose)\b.* percentage", ("how large was the loss in {x}", "how much of {x} was lost")),
    (r"(?:rise|increase|grow)\b.* percentage", ("how large was the gain in {x}", "how much larger {did} {x} become")),
    (r"(?:anneal|bake|calcine|sinter|heat|cure|dry|fire)\w* at temperature", (
        "how hot is the oven for {x}", "to what temperature {be} {x} heated", "what is the temperature of the heat treatment of {x}")),
    (r"(?:anneal|bake|calcine|sinter|heat|cure|dry|fire)\w* for time", ("how long {do} {x} stay in the oven", "how much time does the heat treatment of {x} take")),
    (r"(?:run|proceed)\b.* at temperature", ("what temperature is used for {x}", "what is the working temperature for {x}", "how warm is it during {x}")),
    (r"(?:run|proceed)\b.* for time", ("how much time {do} {x} take", "what is the duration of {x}", "how long {do} {x} take")),
    (r"(?:run|react|proceed|polymeri[sz]e|stir) in\s*$", ("what serves as the medium for {x}", "what surrounds {x} during the reaction")),
    (r"(?:make|produce|synthesi[sz]e|prepare|obtain|fabricate|manufacture|create) (?:by|through|via)", (
        "how {be} {x} made", "which method gives {x}", "what is the name of the way to make {x}", "what do the authors do to prepare {x}")),
    (r"coat with", ("what covers {x}", "what is the coating on {x}", "which substance forms a shell on {x}")),
    (r"(?:attach|graft|bind|fix) (?:.* )?with", ("what helps to attach {x}", "by means of what {be} {x} attached")),
    (r"(?:build|install|test|deploy|hold|try|operate) (?:.* )?(?:at|in|on) \w+", (
        "what is the place of use of {x}", "at which place can {x} be found", "which site has {x}")),
    (r"dopant", ("what {be} {x} doped with", "which foreign element was put into {x}")),
    (r"monomer|building block|precursor|starting material", ("what {be} {x} built from", "which starting material leads to {x}", "from what {be} {x} made")),
    (r"(?:final|end|degradation|decomposition) product", ("what {do} {x} become in the end", "what remains when {x} {be} gone", "into what {do} {x} turn in the end")),
    (r"solvent|medium", ("in what {be} {x} dissolved", "which liquid is used for {x}")),
    (r"catalyst$", ("what catalyses the making of {x}", "which catalyst goes with {x}")),
    (r"formula|composition", ("what {be} {x} composed of", "which elements make up {x}")),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), pattern, questions) for pattern, questions in _TABLE)
# A condition is asked for only by questions that name it: 'at temperature' is no conductivity.
_CONDITIONS = wordset("temperature pressure time voltage pH")


def other_words(topic: str, owner: str, many: bool = False) -> tuple[str, ...]:
    """Questions about `owner` (plural where `many`) that mean what `topic` says; none where the topic is not known.

    >>> other_words("melt at temperature", "Quorvelane")[0]
    'what is the melting point of Quorvelane'
    """
    if not topic.strip() or not owner:
        return ()
    words = {"be": "are", "do": "do", "was": "were"} if many else {"be": "is", "do": "does", "was": "was"}
    last = topic.split()[-1]
    for compiled, pattern, questions in _COMPILED:
        if compiled.search(topic) and (last not in _CONDITIONS or last in pattern):
            return tuple(q.format(x=owner, did="did", **words) for q in questions)
    return ()
