"""What a text is about, and sentences made to name it: a fact is learned for a name, not for 'it'."""

import re
from collections import Counter
from collections.abc import Collection

from wellread.augment.english import verbs
from wellread.augment.english.words import ADVERBS, wordset
from wellread.augment.sentences import split
from wellread.augment.spans import find

# "In body fluid it corrodes at ...": a pronoun behind an adverbial.
FRONTED = re.compile(
    r"^((?:At|On|In|Under|With|Without|After (?=\d)|During|By|For|From|Below|Above|Within|Against|Over|Between|Through|Thus|Therefore|Then|"
    r"However|Accordingly|Moreover|Furthermore|Finally|Also|As an? (?:consequence|result))\b[^,;:()]{0,60}?,? )(it|its) (?=\w)"
)
GENERIC = wordset("material compound substance")
_CLASSES = wordset(
    "polymer alloy ceramic composite molecule complex membrane electrolyte catalyst salt oxide glass gel resin semiconductor perovskite "
    "adsorbent framework drug dye film crystal selenide chloride polyether polyamide polyester halide sulfide nitride conductor"
)
_EMPTY_IT = re.compile(
    r"^It (?:(?:is|was|has been|can be|may be|should be|must be|will be|remains|became|becomes) (?:\w+ly )?"
    r"(?:[\w-]+ )?(?:\w+ly )?(?:that|to|whether|how|why|if)\b|(?:is|was|has been) (?:[\w-]+ ){0,3}?(?:that|to|whether|who|which)\b"
    r"|(?:seems|appears|follows|turns out|turned out|happens|takes|took)\b)"
)


def subject(text: str, title: str, voices: Collection[str] = ()) -> str | None:
    """The name that the text is about: the most frequent that the title has too; else one that clearly leads; else None.

    A name counts only if it is never written small, and if it stands in a fair share of the sentences: to name the
    wrong thing in every question is worse than to name none. `voices` are the speakers of a dialogue, in small letters.
    """
    sentences = [s for s in split(text) if not s.startswith("#")]
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update({span.text for span in find(sentence) if span.kind != "quantity" and " " not in span.text})
    small = set(re.findall(r"(?<![\w-])[a-z][\w-]*", text))
    enough = max(1, 0.15 * len(sentences))
    for name in list(counts):
        acronym = name.isupper() and name.isalpha()
        if (
            name.casefold() in (*small, *voices)
            or counts[name] < enough * (2 if acronym else 1)
            or name.endswith(("'s", "’s"))
        ):
            del counts[name]
    in_title = [name for name in counts if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", title)]
    if in_title:
        return max(in_title, key=lambda n: (counts[n], -title.index(n)))
    (leader, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return leader if most >= 3 and most >= 1.5 * second else None


def resolve(sentence: str, subject: str | None, nouns: Collection[str] = GENERIC) -> str:
    """`sentence` with the first 'it', 'its' or 'this material' replaced by the subject; unchanged when in doubt.

    `nouns` are the words that 'the' or 'this' may stand before to mean the subject. The caller knows whether the
    sentence before is about the subject; this looks at the sentence alone.

    >>> resolve("Its yield is 94.3%.", "Quorvelane")
    "Quorvelane's yield is 94.3%."
    """
    if not subject or subject in sentence:
        return sentence
    if re.match(r"It (?!'s)", sentence) and not _EMPTY_IT.match(sentence):
        return subject + sentence[2:] if _is_verb(sentence[3:]) else sentence
    fronted = FRONTED.match(sentence)
    rest = sentence[fronted.end() :] if fronted else ""
    if fronted and (fronted[2] == "its" or (_is_verb(rest) and not _EMPTY_IT.match(f"It {rest}"))):
        owner = subject if fronted[2] == "it" else f"{subject}'s"
        return f"{fronted[1].rstrip(' ,')}, {owner} {rest}"
    if re.match(r"Its [a-z]", sentence):
        return f"{subject}'s{sentence[3:]}"
    match = re.match(r"(?:The|This)(?: new| novel| resulting| present)? ([a-z-]+)(?='s| )", sentence)
    if (
        match
        and match[1] in nouns
        and (sentence[match.end() :].startswith("'s") or _is_verb(sentence[match.end() + 1 :]))
    ):
        return subject + sentence[match.end() :]
    return sentence


def _is_verb(rest: str) -> bool:
    """Whether a singular finite verb comes next, perhaps after an adverb."""
    words = re.findall(r"[\w'-]+|\S", rest)[:3]
    while words and (words[0] in ADVERBS or (words[0].endswith("ly") and len(words[0]) > 4)):
        words = words[1:]
    if not words:
        return False
    known = verbs.forms(words[0])
    return words[0] in verbs.AUXILIARIES - {"are", "were", "have", "do"} or "singular" in known or "past" in known


def classes(kind: str | None) -> frozenset[str]:
    """The nouns that mean the subject after 'the' or 'this': general ones, and its own kind where that is known."""
    return GENERIC | ({kind} & _CLASSES if kind else frozenset())
