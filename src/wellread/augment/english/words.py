"""Closed classes of English words, and which script or language a text is in: what the other rules lean on."""

import re


def wordset(text: str) -> frozenset[str]:
    """The words of `text`, which are parted by white space."""
    return frozenset(text.split())


DETERMINERS = wordset(
    "a an the this that these those its their his her our my your each every both all some any no another such "
    "other either neither many several few most more much"
)
PREPOSITIONS = wordset(
    "about above across after against along alongside among around as at before behind below beneath beside between beyond by despite "
    "down during except for from in inside into like near of off on onto out outside over per since than through throughout "
    "to toward towards under underneath until up upon via with within without versus"
)
SUBORDINATORS = wordset(
    "because since although though while whereas when whenever if unless until so that which who whom whose where once "
    "wherein whereby thereby how why what whether but and or yet nor"
)
PRONOUNS = wordset(
    "it its they their them we our us i he she his her him this that these those one ones there such both here you your "
    "itself themselves each latter former"
)
ADVERBS = wordset(
    "also then thus therefore now only again here there soon already still even just always never often once afterwards "
    "thereby hence however further not far well together almost nearly about approximately roughly around merely at_least "
    "too so very much more most less least ever yet later first finally next instead otherwise thereafter hardly"
)
PARTICLES = wordset("down up off out away apart back together over through on in")
NUMBER_WORDS = wordset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred dozen"
)
# Capitalised at the start of a sentence, and no name.
OPENERS = wordset(
    "after all although an and another any apart as at bare because before below besides between both but by cells compared compare consequently "
    "contrary despite during each earlier either even every films finally first for from further furthermore given "
    "heat heating here how however if in indeed inside instead interestingly it its later like many measurements most "
    "moreover most much nearly neither nevertheless no not now of on once one only optical other our outside over owing "
    "particles pressing previous recent recently samples second several similarly since so some still such tests that the their "
    "then there therefore these they third this those though through thus to together today two three four unlike "
    "unlikely until upon using usually various very water we what when where whereas which while who why with within "
    "without yes you your air oxygen hydrogen nitrogen light pressure temperature energy power materials polymers "
    "loosely mobile setting doping casting fouling mechanism structure performance processing synthesis use contacts "
    "results methods background conclusions conclusion introduction abstract objective purpose discussion hence "
    "additionally accordingly notably thereafter afterwards remarkably surprisingly importantly specifically a i "
    "stability reverse worn put compare uncoated unwashed oxidation degradation decomposition reporter author question answer"
)

_ENGLISH = wordset("the of and to is that with for was by at on are as from it be this which were has have an or not")
_OTHERS = wordset(
    "der die das und ist mit von den dem ein eine zu auf wird nicht für sich bei el la los las del y es en por con una que "
    "se il lo gli di che per con una è della dei nel le les des du et est dans pour une qui sur au o os da em um uma não "
    "para com het een van niet voor och att det som på är"
) - {"a", "an", "as", "on", "at"}
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """A cheap guess from the script and the commonest words. A text too short to tell counts as English."""
    letters = [c for c in text if c.isalpha()]
    if sum(c > "\u036f" for c in letters) > 0.2 * len(letters):
        return False
    words = [w.casefold() for w in _WORD.findall(text[:20_000])]
    ours, theirs = sum(w in _ENGLISH for w in words), sum(w in _OTHERS for w in words)
    return ours >= theirs if len(words) < 20 else ours > theirs and ours >= 0.08 * len(words)
