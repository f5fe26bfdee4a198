"""Find names: capitalised or oddly spelled words, with the common noun that belongs to them ('Tessivar wash')."""

import re
from collections.abc import Collection, Iterator

from wellread.augment.chemicals import trimmed
from wellread.augment.english import verbs
from wellread.augment.english.words import (
    ADVERBS,
    DETERMINERS,
    NUMBER_WORDS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    wordset,
)

_NOT_NAMES = wordset("Fig Figs Figure Figures Table Tables Eq Eqs Ref Refs Section Scheme Dr Prof Nos")

# "Orbelan milling" is the name of a process; in "alloys containing", "-ing" is no noun.
_DOING = (
    r"(?:mill|cast|coat|anneal|sinter|quench|etch|print|graft|coupl|dop|weld|draw|spinn|roll|press|mould|mold|plat|sputter|cutt|polish|wash|dry|"
    r"cur|crack|fir|scatter|imag|test|mapp|sampl|stain|mix|blend|stirr|heat|cool|freez|foam|leach|smelt|weav|knitt|forg|process|clean|solder)ing"
)
_HEAD = re.compile(
    r" (?:wash|process|processes|method|technique|protocol|procedure|route|reaction|test|treatment|cycle|catalyst|ligand|complex|reagent|"
    r"furnace|reactor|glassworks|lighthouse|plant|mine|quarry|bridge|harbour|harbor|station|observatory|laboratory|spectrometer|"
    r"effect|law|equation|model|phase|mechanism|scale|rule|bath|mill|press|kiln|oven|[a-z]*(?:meter|scope|graph)|anneal|quench|synthesis|"
    r"rearrangement|condensation|polymerisation|polymerization|extraction|array|dam|tower|tunnel|desert|island|river|valley|glacier|"
    rf"sea|lake|bay|fjord|reef|refinery|factory|hospital|museum|cathedral|telescope|satellite|probe|{_DOING})\b"
)
_TOKEN = re.compile(r"\S+")


_FUNCTION = DETERMINERS | PREPOSITIONS | SUBORDINATORS | PRONOUNS | ADVERBS | verbs.AUXILIARIES | {"times"}


def names(sentence: str, known: Collection[str] | None) -> Iterator[tuple[int, int]]:
    """Where names stand. `known` as in `spans.find`."""
    tokens = [trimmed(sentence, t.start(), t.end()) for t in _TOKEN.finditer(sentence)]
    run: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(tokens):
        word = sentence[start:end]
        joined = not run or sentence[run[-1][1] : start] == " "
        if not joined:
            yield from _named(sentence, run)
            run = []
        if _is_name(word, first=i == 0 or _opens(sentence, start), known=known):
            run.append((start, end))
        else:
            yield from _named(sentence, run)
            run = []
    yield from _named(sentence, run)


def _named(sentence: str, run: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if run:
        head = _HEAD.match(sentence, run[-1][1])
        end = head.end() if head and "-" not in sentence[run[-1][0] : run[-1][1]] else run[-1][1]
        yield run[0][0], end


def _opens(sentence: str, start: int) -> bool:
    """Whether a word follows a colon or an opening quote, where a capital says nothing."""
    before = sentence[:start].rstrip()
    return not before or before[-1] in ':;.!?"“‘„«(*_' or before.endswith("#")


def _is_name(word: str, first: bool, known: Collection[str] | None) -> bool:
    bare = word.removesuffix("'s").removesuffix("’s")
    if bare in _NOT_NAMES:
        return False
    if any(c > "\u2e7f" for c in bare):
        return False  # Chinese and Japanese run on without spaces: no word can be told.
    if len(bare) < 3 or not bare[0].isalpha() or not any(c.isupper() for c in bare):
        return False
    odd = any(c.isupper() for c in bare[1:]) or bool(re.search(r"[A-Za-z]-?\d", bare))
    if odd and bare.casefold() not in OPENERS:
        return not re.fullmatch(r"(?:[A-Z][a-z]+-)+[a-z]+", bare)
    low = bare.casefold()
    if not bare[0].isupper() or low in OPENERS | _FUNCTION or low in NUMBER_WORDS:
        return False
    if not first:
        return True
    if known is not None:
        return bare in known
    return not low.endswith(("ing", "ed", "ly", "tion", "ment", "ness", "ity", "s")) and not verbs.forms(low)
