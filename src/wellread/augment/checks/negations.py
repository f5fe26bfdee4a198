"""negations: what the source denies isn't claimed, and what it claims isn't denied.

Source: our own rule. Use it always. In English each word has a sign: turned once by 'not', 'no', 'without' before it, and
once by a word such as 'resists', 'prevents', 'free of', so that 'resists oxidation' and 'is not oxidised' agree, and 'is
oxidised' doesn't. Sentences that share words are compared; a word is at fault whose sign
differs in all of them. Words whose sign these rules can't tell are left alone. In translations whole texts are compared: does one deny something, and the other by no means?
"""

import itertools
import re
from collections.abc import Iterator

from wellread.augment.english.verbs import AUXILIARIES
from wellread.augment.english.words import ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, wordset
from wellread.augment.pairs import Pair
from wellread.augment.sentences import split
from wellread.records import Frozen

# Not a denial: "no more than 19 days".
_IDIOM = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|earlier|longer|other|further) than\b|\bnot only\b|\bno other\b|\bwith (?:and|or) without\b|\bno matter\b|\bno doubt\b",
    re.I,
)
_HARD = re.compile(
    r"^(?:not|no|never|without|cannot|neither|nor|none|nothing|nobody|nowhere|hardly|scarcely|barely|.+n['’]t)$", re.I
)
_TURNS = re.compile(
    r"^(?:resist\w*|prevent\w*|avoid\w*|suppress\w*|free|lack\w*|fail(?:s|ed|ing)?|stop\w*|hinder\w*|block\w*|inhibit\w*|withst\w*|halt\w*|"
    r"ceas\w*|eliminat\w*|reject\w*|repel\w*|hamper\w*|absen\w+|exclud\w+|escap\w*|los(?:es|t|e|ing))$",
    re.I,
)
# What stands near these may be told either way.
_VAGUE = re.compile(
    r"^(?:rarely|seldom|little|few|less|unlike|instead|rather|otherwise|once|formerly|previously|usually|ordinar\w+|earlier|but|except|"
    r"beyond|before|until|against|tend(?:s|ed)?|un\w{5,}|in(?:soluble|active|ert|stable|complete)|protect\w*|remov\w*|minim\w+|limit\w*|spar\w+|if)$",
    re.I,
)
# What a word that turns can turn: something that goes on, rather than a thing.
_GOES_ON = re.compile(r"(?:ing|tion|sion|sis|fer|ment|age|wear|decay|growth)$")
_HAPPENS = re.compile(r"^(?:occur|happen|exist|appear|arise|remain|persist|form)(?:s|red|ed|ing|n)?$", re.I)
# 'keeps zirconium from precipitating' denies it; 'comes from heating' doesn't.
_KEEPS = re.compile(r"^(?:keep|kept|prevent|stop|hinder|hamper|block|shield|sav|discourag)\w*$", re.I)
_IT = wordset("it this that these them")
_NEW_CLAUSE = wordset("because so whereas while which and but since although hence thus therefore that who where when")
_OTHERS = {
    "de": r"\b(?:nicht|kein\w*|nie|niemals|ohne|weder|nichts|kaum|frei|wider\w+|verhinder\w*|un\w{5,})\b",
    "es": r"\b(?:no|nunca|sin|ningun\w*|ningún|tampoco|nada|ni|jamás|apenas|libre|resist\w*|evit\w*|impid\w*|impedir|in\w{6,})\b",
    "it": r"\b(?:non|mai|senza|nessun\w*|nulla|né|neppure|appena|privo|prive?|priva|resist\w*|evit\w*|imped\w*|in\w{6,})\b",
    "fr": r"\b(?:ne|n|pas|jamais|sans|aucun\w*|rien|ni|peu|résist\w*|évit\w*|empêch\w*|in\w{6,})\b",
    "ja": r"ない|なく|なかった|ず[、にと]|ません|無|不|非|未|防|抑|耐",
    "zh": r"不|没|無|无|未|非|否|免|防|抑|耐",
    "ko": r"않|없|못|아니|무|비|불|미|방지|억제|견",
}
_HARD_OTHERS = {
    "de": r"\b(?:nicht|kein\w*|niemals|nie)\b", "es": r"\b(?:no|nunca|jamás)\b", "it": r"\b(?:non|mai)\b", "fr": r"\b(?:pas|jamais)\b",
    "ja": r"(?<![かしぎ少])(?:ない|なかった|ません|せず|れず)(?!し)", "zh": r"不(?!锈|仅|但|同|少|断|对称|饱和|均|溶|易|到|足|超)|没有|从未", "ko": r"않|못하|못한",
}  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z0-9]+)*|\d[\d.,]*|[.,;:!?()—–]")
_BREAK = frozenset(".,;:!?()—–")
_EMPTY = wordset("been being have having does done make makes made much many such")
_SMALL = (
    ADVERBS
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | SUBORDINATORS
    | AUXILIARIES
    | {"able", "longer", "even", "simply", "really"}
)


class Params(Frozen):
    """How far a negation reaches."""

    reach: int = 2
    """Content words after 'no', 'without', 'prevents' and the like; after 'not' it is one, the verb."""
    shared: int = 2
    """Two sentences are compared that have this many other words in common,"""
    likeness: float = 0.3
    """and this share of the words of the shorter one."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Denials that were lost, and those that were added."""
    if not (pair.rewrite.english and pair.source.english):
        yield from _in_translation(pair)
        return
    known, told = _sentences(pair.source.plain, params.reach), _sentences(pair.rewrite.plain, params.reach)
    turned = {stem for said, _ in told for stem, sign, _ in said if sign < 0} | _turned_later(pair.rewrite.plain)
    for said, around in told:
        for stem, sign, word in said:
            if sign > 0 and stem in turned:
                continue  # spoken of in general, and turned elsewhere
            signs = {
                g
                for other, context in known
                if len(known) == 1 or _is_alike(around - {stem}, context - {stem}, params)
                for t, g, _ in other
                if t == stem
            }
            if sign and signs == {-sign}:
                yield (
                    f"{word!r} is denied, but the text claims it"
                    if sign < 0
                    else f"{word!r} is claimed, but the text denies it"
                )


def _is_alike(one: set[str], other: set[str], params: Params) -> bool:
    """Whether two sentences, given by their words, speak of the same: a long one has more words by mere chance."""
    return len(one & other) >= max(params.shared, params.likeness * min(len(one), len(other)))


def _turned_later(text: str) -> set[str]:
    """Stems of the sentences that the next one takes back: 'The salt tends to clump. A binder prevents this.'"""
    found = set()
    tokens = [_TOKEN.findall(s) for s in split(text)]
    for before, after in itertools.pairwise(tokens):
        if any(_TURNS.match(a) and b.casefold() in _IT for a, b in itertools.pairwise(after)):
            found |= {_stem(t.casefold()) for t in before}
    return found


def _sentences(text: str, reach: int) -> list[tuple[list[tuple[str, int, str]], set[str]]]:
    """For each sentence its content words with their signs, and everything in it by which it can be known again."""
    found = []
    for sentence in split(_IDIOM.sub("", text)):
        if sentence.endswith(("?", "？")):
            continue  # a question claims nothing
        tokens = _TOKEN.findall(sentence)
        if "without" in sentence.casefold() and sum(bool(_HARD.match(t)) for t in tokens) > 1:
            continue  # 'without X, hardly any Y' claims that X makes Y
        around = {_stem(t.casefold()) for t in tokens if t not in _BREAK and t.casefold() not in _SMALL and len(t) > 1}
        found.append((_read(tokens, reach), around))
    return found


def _read(tokens: list[str], reach: int) -> list[tuple[str, int, str]]:
    """(stem, sign, word) for the content words of one sentence."""
    found: list[tuple[str, int, str]] = []
    clause = 0  # where the words of this clause begin in `found`
    sign, left, after_hard, vague = 1, 0, False, 0
    soft = False  # the sign comes from a word that turns
    noun = False  # such a word, 'without' and 'no' reach no further than their noun; none reaches beyond a preposition
    for at, token in enumerate(tokens):
        low = token.casefold()
        if low in _BREAK or low in _NEW_CLAUSE:
            sign, left, after_hard, vague = 1, 0, False, 0
            clause = len(found)
        elif _HARD.match(low):
            happens = any(_HAPPENS.match(t) for t in tokens[at + 1 : at + 3]) or "place" in tokens[at + 1 : at + 4]
            found = [(s, (-1 if happens and i >= clause else 0), w) for i, (s, _, w) in enumerate(found)]
            sign, left, after_hard, soft, noun = -sign, reach, True, False, low in ("no", "without")
            left = 0 if _is_inverted(tokens, at) else reach if noun else 1
            vague = reach if low == "no" and "left" in tokens[at + 1 : at + 4] else vague  # there was one before
        elif _VAGUE.match(low):
            vague = reach + 1
        elif low == "from" and _keeps_from(tokens, at):
            sign, left, soft = -1, 1, True
        elif 0 < left < reach and (low in PREPOSITIONS or (noun and low in AUXILIARIES)):
            left = 0
        elif len(low) > 3 and low not in _SMALL and low.isalpha() and token.islower():
            own = (
                0
                if low in _EMPTY or vague or (soft and left and not _GOES_ON.search(low))
                else sign
                if left
                else 0
                if after_hard
                else 1
            )
            left, vague = max(0, left - 1), max(0, vague - 1)
            sign = sign if left else 1
            found.append((_stem(low), own, token))
            if low.startswith("resistan"):
                found[clause:] = [(s, 0, w) for s, _, w in found[clause:]]
            if _TURNS.match(low) and own:
                if _is_passive(tokens, at):
                    goes_on = (-own * g if _GOES_ON.search(w) else 0 for _, g, w in found[clause:-1])
                    found[clause:-1] = [(s, g, w) for (s, _, w), g in zip(found[clause:-1], goes_on, strict=True)]
                else:
                    sign, left, soft, noun = -own, reach, not after_hard, True
    return found


def _is_inverted(tokens: list[str], at: int) -> bool:
    """'neither does the dairy': the noun isn't denied, but something that was said before."""
    following = [t.casefold() for t in tokens[at + 1 : at + 3]]
    inverted = tokens[at].casefold() in ("neither", "nor") and len(following) == 2 and following[0] in AUXILIARIES
    return inverted and following[1] not in PRONOUNS


def _keeps_from(tokens: list[str], at: int) -> bool:
    """'keeps zirconium from precipitating'."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    return following.endswith("ing") and following.islower() and any(map(_KEEPS.match, tokens[max(0, at - 8) : at]))


def _is_passive(tokens: list[str], at: int) -> bool:
    """'is suppressed', 'are thus avoided': a form of 'be' just before a participle."""
    return tokens[at].casefold().endswith(("ed", "d", "t")) and any(
        t.casefold() in ("is", "are", "was", "were", "be", "been", "being") for t in tokens[max(0, at - 3) : at]
    )


def _stem(word: str) -> str:
    """A crude stem: without the commonest endings, six letters at most."""
    return (
        re.sub(
            r"(?:ingly|edly|at(?:es?|ed|ing)|i[sz](?:ed|es|e|ing|ations?)|ations?|ions?|ings?|ed|es|s|ly|e)$", "", word
        )[:6]
        or word
    )


def _in_translation(pair: Pair) -> Iterator[str]:
    """Whether a whole text denies something, where the other doesn't do so by any means."""
    ours, theirs = _denials(pair.source.plain, pair.other), _denials(pair.rewrite.plain, pair.language)
    if ours and theirs:
        if ours[0] and not theirs[1]:
            yield "the text denies something, the translation nothing"
        if theirs[0] > ours[1]:
            yield "the translation denies something that the text doesn't"


def _denials(text: str, language: str) -> tuple[int, int] | None:
    """How often a text says 'not', and how often it does that or turns a meaning; None for a language unknown here."""
    if language == "en":
        words = [t.casefold() for t in _TOKEN.findall(text)]
        plain = sum(bool(_HARD.match(w)) and w != "without" for w in words)
        return plain, plain + sum(bool(_TURNS.match(w) or _VAGUE.match(w)) for w in words)
    if language not in _OTHERS:
        return None
    return len(re.findall(_HARD_OTHERS[language], text, re.I)), len(re.findall(_OTHERS[language], text, re.I))
