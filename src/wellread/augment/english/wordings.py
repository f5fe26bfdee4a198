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
    (r"\byield\b(?! strength| stress| point)", ("how much {x} is obtained", "what part of the possible amount of {x} is obtained", "how efficient is the preparation of {x}")),
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
    # Sensors
    (r"response time|respond (?:.*)?(?:in|within) time", ("how fast {do} {x} respond", "how quickly {do} {x} react", "how long {do} {x} take to respond")),
    (r"recovery time|recover (?:.*)?(?:in|within|after) time", ("how long {do} {x} take to recover", "how soon {be} {x} ready again")),
    (r"detection limit|limit of detection|detect +concentration|detect (?:.* )?down to", (
        "how little can {x} detect", "what is the smallest amount that {x} can detect", "what is the detection limit of {x}")),
    (r"sensitivity|(?:sensor|gas) response", ("how sensitive {be} {x}", "how strongly {do} {x} respond")),
    # Heat
    (r"latent heat|(?:heat|enthalpy) of fusion|melting enthalpy|fusion enthalpy", (
        "how much heat {do} {x} store on melting", "how much energy does it take to melt {x}", "what is the heat of fusion of {x}")),
    (r"supercool|undercool", ("how far below the melting point {do} {x} stay liquid", "how much {do} {x} supercool")),
    (r"heat capacity|specific heat", ("how much heat {do} {x} take up for each degree", "what is the specific heat of {x}")),
    (r"(?:freez|solidif)\w*(?:.*temperature)?", ("what is the freezing point of {x}", "how cold must {x} get to become solid")),
    (r"crystalli[sz]\w* (?:.*)?(?:at|below|on) temperature", ("at what temperature {do} {x} form crystals", "how cold must {x} get to crystallise")),
    # Sticking, swelling, setting
    (r"adhesion|adhesive strength|bond(?:ing)? strength|lap[- ]shear|peel", (
        "how strongly {do} {x} stick", "how firmly {do} {x} hold on", "how strong is the bond of {x}")),
    (r"swell|water content|water uptake", ("how much water {do} {x} take up", "how much {do} {x} swell", "how much water {do} {x} hold")),
    (r"(?:gel|cure|set|harden|stick|bond)\w* (?:.*)?(?:in|within|after) time", ("how long {do} {x} take to set", "how soon {be} {x} firm", "how fast {do} {x} set")),
    # Light, electricity, magnets
    (r"(?:power )?conversion efficiency|photovoltaic efficiency", (
        "how much of the light {do} {x} turn into power", "how efficient {be} {x}", "how well {do} {x} convert energy")),
    (r"open-circuit voltage|photovoltage", ("what voltage {do} {x} give without a load", "how high is the open-circuit voltage of {x}")),
    (r"absor\w*(?:.*(?:length|wavelength|edge|maximum))", ("which light {do} {x} take up", "where does the absorption of {x} lie")),
    (r"emi(?:t|ssion)\w*(?:.*(?:length|wavelength|maximum))|fluorescence|luminescence", ("at what wavelength {do} {x} glow", "which light {do} {x} give off")),
    (r"(?:gas|hydrogen|oxygen|methane|ammonia) (?:evolution|production)|(?:evolve|evolution rate|production rate)", (
        "how fast {do} {x} make gas", "how much gas {do} {x} give off", "at what rate {do} {x} produce gas")),
    (r"coerciv", ("how hard is it to demagnetise {x}", "what field takes away the magnetism of {x}")),
    (r"magneti[sz]ation|remanence", ("how strongly {be} {x} magnetised", "how strong a magnet {be} {x}")),
    (r"breakdown (?:voltage|field|strength)", ("what field can {x} bear", "what field destroys {x}")),
    (r"current density", ("how much current {do} {x} carry", "what current flows through {x}")),
    (r"(?:energy|power) density|specific (?:energy|power|capacit\w+)", ("how much can {x} store for each gram", "how much energy {do} {x} hold")),
    # Taking up and giving back
    (r"uptake|adsor(?:b|ption)|take up|captur\w+|harvest|collect", ("how much can {x} take up", "how much {do} {x} adsorb", "how much {do} {x} collect")),
    (r"(?:release|desor|give off|give back)\w*(?:.*)temperature", ("at what temperature {do} {x} let go", "how hot must {x} get to give it back")),
    (r"regenerat\w*(?:.*)temperature", ("how hot must {x} get to be used again", "at what temperature {be} {x} refreshed")),
    (r"humidity", ("how humid is the air for {x}", "how moist must the air be for {x}")),
    (r"(?:water |gas )?(?:loss|leak\w*)\b", ("how much {do} {x} lose", "how much escapes from {x}")),
    # Structure
    (r"lattice (?:constant|parameter|spacing)|unit cell", ("how large is the unit cell of {x}", "what is the lattice constant of {x}")),
    (r"space group|crystal (?:system|structure)|symmetry", ("how {be} the atoms of {x} arranged", "in what structure {do} {x} crystallise")),
    (r"loading|(?:metal|dopant|salt) content", ("how much of it {do} {x} contain", "how much was put into {x}")),
    (r"enantiomeric excess|optical purity", ("how pure {be} {x} in one hand", "how selective is the way to {x}")),
    (r"turn\w* over|reaction rate|rate constant", ("how fast is the reaction of {x}", "how quickly {do} {x} react")),
    # Making, step by step
    (r"(?:grind|mill|crush)\w*\b(?:.*) (?:for|during) time", ("how long {be} {x} ground", "what is the milling time of {x}")),
    (r"(?:stir|mix|shake|blend)\w*\b(?:.*) (?:for|during) time", ("how long {be} {x} stirred", "what is the mixing time of {x}")),
    (r"(?:age|stand|rest|soak|dip|immerse|store|leave|keep)\w*\b(?:.*) (?:for|during) time", ("how long {be} {x} left alone", "how much time must {x} have")),
    (r"(?:irradiat|illuminat|expose)\w*\b(?:.*) (?:for|during) time", ("how long {be} {x} lit", "what is the exposure time of {x}")),
    (r"(?:cool|quench|chill)\w*\b(?:.*) (?:to|at) temperature", ("how far {be} {x} cooled", "how cold {be} {x} made")),
    (r"(?:wash|rinse|clean) with", ("what {be} {x} cleaned with", "what washes {x}", "which liquid cleans {x}")),
    (r"(?:dissolve|disperse|suspend) in", ("in what liquid {be} {x} held", "what dissolves {x}")),
    (r"(?:attach|bind|fasten|anchor|graft|fix|stick) to\s*$", ("where {be} {x} fixed", "what holds {x}", "to what {be} {x} bound")),
    (r"(?:start|begin)\b(?:.*) at temperature", ("how hot must it be for {x}", "at what temperature {do} {x} set in", "from what temperature on is there {x}")),
    (r"(?:take|last|require) +time|^duration", ("how much time {do} {x} take", "what is the duration of {x}", "how long {do} {x} last")),
    (r"(?:repeat|recycle|reuse|use|cycle)\w*\b.* number", ("how many times could {x} be used", "how often can {x} be used", "how many uses {do} {x} stand")),
    (r"cost|price", ("how expensive {be} {x}", "what must be paid for {x}", "what is the price of {x}")),
    # What things are made of, become, and do
    (r"^(?:consist of|make from|build from|compose of)\s*$", (
        "what {be} {x} composed of", "what {be} {x} made of", "what {be} {x} built from")),
    (r"^contain\s*$", ("what is inside {x}", "what can be found in {x}")),
    (r"^(?:become|turn into|change into|convert into|transform into|decompose (?:in)?to|degrade (?:in)?to|break down (?:in)?to|crystalli[sz]e into)\s*$", (
        "what {do} {x} become", "what becomes of {x}", "what {do} {x} change into")),
    (r"^(?:prevent|stop|block|repel|hinder|suppress|inhibit|avoid)\s*$", ("what {do} {x} keep away", "what {do} {x} stop", "what is held off by {x}")),
    (r"^(?:protect|shield|shelter|preserve)\s*$", ("what {do} {x} guard", "what is kept safe by {x}")),
    (r"^(?:resist|withstand|survive|endure|tolerate|stand)\s*$", ("what can {x} bear", "what {do} {x} stand up to", "what can't harm {x}")),
    (r"^(?:remove|extract|eliminate|strip)\s*$", ("what {do} {x} take out", "what {do} {x} get rid of")),
    (r"^(?:detect|sense|find|recogni[sz]e|notice)\s*$", ("what can {x} notice", "what {be} {x} made to detect")),
    (r"^(?:power|drive|supply|feed|run)\s*$", ("what gets its power from {x}", "what {do} {x} keep running", "what {be} {x} used for")),
    (r"^(?:attack|corrode|damage|harm|poison|destroy) by\s*$", ("what harms {x}", "what is bad for {x}", "what eats into {x}")),
    (r"^(?:need|require|demand)\s*$", ("what must {x} have", "without what {do} {x} not work", "what {do} {x} call for")),
    (r"^(?:reveal|show|find|discover|observe|see) (?:by|with|through|in)\s*$", ("what made {x} visible", "how {was} {x} found", "by what means {was} {x} seen")),
    (r"^(?:tilt|widen|enlarge|open|expand|stretch)\s*$", ("what {do} {x} make wider", "what {do} {x} open")),
    (r"^(?:replace|substitute)\s*$", ("what {do} {x} stand in for", "whose place {do} {x} take")),
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
