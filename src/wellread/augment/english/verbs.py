"""English verbs as scientific prose uses them: which words can be one, and how they are inflected.

A small word list instead of a trained tagger: what it does not know is left alone, and the sentence is then
restated by the forms that need no grammar.
"""

from functools import cache

from wellread.augment.english.words import wordset

_REGULAR = """
absorb accelerate accept accompany account accumulate achieve act activate adapt add adhere adjust adopt adsorb affect age agree
aggregate allow alloy alter amount analyse analyze anchor anneal appear apply approach arise arrive assemble assess assist associate
assume attach attack attain attract attribute avoid bake balance base bear behave belong bend benefit block boil bond boost branch
bridge calculate calibrate call capture carry catalyse catalyze cause centrifuge change characterise characterize charge check clean cleave climb clog close clump
coat collapse collect combine compare compete compensate complete comprise compress concentrate conclude condense conduct confer
confine confirm connect consider consist constitute constrain construct consume contain continue contract contribute control
convert cool copolymerise copolymerize correlate correspond corrode couple cover crack create crosslink crystallise crystallize cure cycle damage deactivate decay
decompose decorate decrease define deform degrade dehydrate delay deliver demonstrate depend deplete deposit derive describe design desorb
destroy detach detect deteriorate determine develop deviate differ diffuse dilute diminish discharge discover disperse display dissipate dissociate
dissolve distort distribute divide dominate dope double drain drop dry elongate elucidate embed emerge emit employ enable encapsulate enclose
enhance enlarge ensure enter equal erode establish estimate etch evaluate evaporate evolve examine exceed exchange exhibit exist expand expel
experience explain exploit explore expose express extend extract extrude fabricate facilitate fail fasten favour favor feature fill filter fit fix
flow fluoresce fold follow form fracture function fuse gain generate govern graft guarantee guide halve handle happen harden heal heat help hinder
host hydrate hydrolyse hydrolyze identify illuminate immerse impart impede imply improve include incorporate increase indicate induce
infiltrate influence inhibit initiate inject insert install integrate interact intercalate introduce investigate involve irradiate
isolate join last launch leach level limit link load localise localize locate lower maintain manufacture mark match measure mediate melt
migrate mill mimic minimise minimize mix model modify monitor move name need neutralise neutralize note nucleate observe obtain occupy
occur offer open operate optimise optimize order orient originate oscillate outperform oxidise oxidize participate pass passivate penetrate perform permeate permit persist
pin place plasticise plasticize play point polarise polarize polymerise polymerize possess pour power precipitate predict prefer prepare present preserve press
prevent proceed process produce promote propagate propose protect prove provide pull pump purify push quench raise range rattle reach react realise realize
rearrange receive recover recycle reduce refine reflect refer regenerate regulate reinforce reject relate relax release rely remain remove repel
replace report represent require resemble resist resolve respond restore restrict result retain reveal reverse rotate
rupture sample saturate save scale scatter screen seal secure segregate select self-assemble sense separate serve settle shape share shear shift shorten show
signal simulate sinter slow soften solidify solubilise solubilize solve sputter stabilise stabilize stack start stay stimulate stir stop store
strengthen stretch study succeed suffer suggest suit supply support suppress surpass surround survive suspend sustain switch synthesise synthesize
target template tend terminate test tether tolerate trace transfer transform transmit transport trap treat trigger tune turn twist
leak slip grip race roll spill soak rinse trickle escape dive bounce climb crawl slide enrich deplete contaminate
abandon abrade accommodate acidify acquire administer admit aerate align allocate anticipate ask assign atomise atomize attempt attenuate bathe bleach
brighten bury calcine cancel carbonise carbonize carve cease chelate chill circulate classify coagulate coalesce coincide collide compose compute conceal
concern conform conserve converge convince counteract crumble dampen darken debond decode decouple deepen defend deflect degas deionise deionize delaminate
denature denote deny depolymerise depolymerize deprotect deprotonate deter devise digest disable disappear disassemble disclose disinfect dislodge disrupt
disturb diverge donate ease eject elevate eliminate emphasise emphasize emulsify encode encounter encourage endure engage engulf entail entangle equip
evade excel excite exclude excrete exert exfoliate exhaust expect expire ferment flatten fluctuate foster fulfil fulfill gather glow glue grasp hamper
hasten hydrogenate ignite illustrate imitate immobilise immobilize implant impose impregnate imprint inactivate incubate indent infect infer inform ingest
inherit insulate intend intensify interfere interlock interpret interrupt invade invent invert ionise ionize irrigate kill lack laminate learn lengthen
lessen liberate linger liquefy loosen lubricate magnetise magnetize maximise maximize mention merge metabolise metabolize mineralise mineralize moisten
nourish obey obstruct obviate omit ooze oppose outlast outweigh oxygenate perturb pierce postpone precede preclude predominate prescribe presume
proliferate prolong protonate protrude provoke publish pulverise pulverize pursue quadruple quantify radiate reabsorb reassemble recognise recognize
recommend reconstruct recrystallise recrystallize rectify redirect redistribute refill refresh refuse regain reheat relieve render renew reproduce reside
resonate restart retard retract retrieve reuse revert revise revolve roast scavenge sensitise sensitize sequester sharpen shatter smear smother sonicate
spoil sprinkle sterilise sterilize stiffen straighten submerge substitute subtract suck sulfonate swallow tailor tarnish thaw thicken threaten thrive
tighten titrate toughen translate traverse triple try uncover unfold unify unite unlock unzip upgrade validate ventilate volatilise volatilize warn warp
weld wick wipe worsen
owe die tie decide undergo use utilise utilize vanish vaporise vaporize vary verify vibrate visualise visualize wash weaken weigh widen work yield
"""
_IRREGULAR = """
have had had|do did done|become became become|begin began begun|bend bent bent|bind bound bound|blow blew blown|break broke broken|bring brought brought|
build built built|buy bought bought|catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|
deal dealt dealt|draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|find found found|freeze froze frozen|
get got got|give gave given|go went gone|grind ground ground|grow grew grown|hang hung hung|hide hid hidden|hit hit hit|hold held held|
keep kept kept|know knew known|lay laid laid|lead led led|leave left left|let let let|lie lay lain|lose lost lost|make made made|
mean meant meant|meet met met|overcome overcame overcome|put put put|ride rode ridden|rise rose risen|run ran run|see saw seen|
seek sought sought|send sent sent|set set set|shine shone shone|shrink shrank shrunk|shut shut shut|sink sank sunk|sit sat sat|
slide slid slid|spend spent spent|spin spun spun|split split split|spread spread spread|stand stood stood|stick stuck stuck|
strike struck struck|swell swelled swollen|take took taken|tear tore torn|tell told told|think thought thought|undergo underwent undergone|
understand understood understood|wear wore worn|win won won|withstand withstood withstood|write wrote written|show showed shown|
bear bore borne|arise arose arisen|outdo outdid outdone|rebuild rebuilt rebuilt|underlie underlay underlain|say said said|shake shook shaken|throw threw thrown|teach taught taught|weave wove woven|sweep swept swept|
fly flew flown|burn burned burned|cast cast cast|shed shed shed|swim swam swum|speak spoke spoken|steal stole stolen|lend lent lent
"""
# Words that are as often a noun: taken for the verb only where nothing else in the clause can be it.
_NOUNS = """
account act age alloy amount approach attack balance base benefit block bond branch bridge call cause change charge check coat contract control
cost couple cover crack cure cut cycle damage deal decay decrease delay deposit design display double drain draw drive drop
estimate etch exchange experience exploit extract fall feature feed fill filter find fit flow form fracture function fuse gain graft
guide handle heat help host hydrate increase influence join lead leach level limit link load mark match measure melt mill mix model
move name need note order pass pin place play point power present press process pump purify push range reach release report result reverse
rise run rupture sample scale screen seal sense set shape share shear shift signal sink slide sort split spread stack stand start stop store
stretch study suit supply support survey switch target template test tether trace transfer transport trap treat trigger turn twist use
wash wear work yield shear spin stick seal lower open dry clean slow double complete separate close
"""
_DOUBLED = wordset("drop stop fit pin trap plug occur transfer refer prefer ship step plan program wrap expel repel")

AUXILIARIES = wordset("is are was were has have had can could may might will would must should do does did cannot")
BE = wordset("is are was were be been being")
NOUNS = frozenset(_NOUNS.split())


def singular(base: str) -> str:
    """The form for 'it': melt -> melts, have -> has."""
    if base in ("be", "have", "do", "go", "undergo"):
        return {"be": "is", "have": "has", "do": "does", "go": "goes", "undergo": "undergoes"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base[:-1] + "ies" if base[-1] == "y" and base[-2:-1] not in "aeiou" else base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base[-1] == "y" and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLED else base + "ed"


def past(base: str) -> str:
    """The simple past: keep -> kept, coat -> coated."""
    return next((entry.split()[1] for entry in _IRREGULAR.split("|") if entry.split()[0] == base), _past(base))


@cache
def _table() -> dict[str, dict[str, str]]:
    """Word -> {form: base}, the forms being 'base', 'singular', 'past' and 'participle'."""
    found: dict[str, dict[str, str]] = {}

    def add(word: str, form: str, base: str) -> None:
        found.setdefault(word, {}).setdefault(form, base)

    irregular = [entry.split() for entry in _IRREGULAR.split("|")]
    skip = {base for base, _, _ in irregular}
    regular = [(base, _past(base), _past(base)) for base in _REGULAR.split() if base not in skip]
    for base, past, participle in [*irregular, *regular]:
        for word, form in ((base, "base"), (singular(base), "singular"), (past, "past"), (participle, "participle")):
            add(word, form, base)
    return found


def forms(word: str) -> dict[str, str]:
    """What `word` can be as a verb: {form: base}; empty where it is no verb that is known.

    >>> forms("melts")
    {'singular': 'melt'}
    """
    return _table().get(word.casefold(), {})


def agree(word: str) -> str:
    """The finite verb `word` as it stands after a singular subject: repel -> repels, are -> is; past unchanged."""
    fixed = {"are": "is", "were": "was", "have": "has", "do": "does"}
    first, _, rest = word.partition(" ")
    known = forms(first)
    if first in fixed:
        first = fixed[first]
    elif "base" in known and "past" not in known:
        first = singular(first)
    return f"{first} {rest}".strip()
