"""What is wrong with a question that a small model asked, as far as rules can see."""

import re

from wellread.augment.english import framing
from wellread.augment.english.tokens import is_function, tokenise
from wellread.augment.english.words import wordset
from wellread.augment.own.gaps import Gap
from wellread.augment.own.prompts import MADE_UP
from wellread.augment.spans import find
from wellread.matching import find as stands_in

# Words that a question may bring in although its statement doesn't have them: they name what sort of thing is missing.
_SORTS = wordset(
    "temperature percentage percent share name named called compound substance chemical material size amount long time much many value "
    "place level take takes took does did do make used kind"
)
_STEM = 4
"""Letters by which 'melt' and 'melts', 'degrade' and 'degradation' are one."""
_NAME = re.compile(r"(?<=[\w,’'] )[A-Z][\w-]*")
_WORD = re.compile(r"[\w−°%]+")


def fault(question: str, gap: Gap) -> str | None:
    """Why `question` can't be used; None where it can. Whether it is the right question, the round trip has to show."""
    if not question.endswith("?"):
        return "no end"
    if not framing.sane(question):
        return "not a question that can be put"
    if stands_in(gap.fact, question):
        return "holds its answer"
    if any(name in question and name not in gap.statement for name in MADE_UP):
        return "copied from the examples"
    told = f"{gap.statement} {gap.analysed.subject or ''}"
    if wrong := [name for name in _NAME.findall(question) if not framing.holds(told, name)]:
        return f"names what the statement doesn't: {', '.join(wrong)}"
    meant, subject = _meant(question), _stems(gap.analysed.subject or "")
    known = _stems(gap.statement) | subject
    if strange := [word for word in meant if word not in _SORTS and not _stems(word) & known]:
        return f"says what the statement doesn't: {', '.join(strange)}"
    if all(word in _SORTS or word in subject for word in meant):
        return "asks for nothing in particular"
    return None


def standing_alone(question: str, gap: Gap) -> str:
    """`question`, with the paper's subject before it where it names nothing that only this paper has."""
    subject = gap.analysed.subject
    others = [name for name in gap.analysed.names if name != gap.fact]
    if subject is None or any(framing.holds(question, name) for name in (subject, *others)):
        return question
    return f"For {subject}, {question[:1].lower()}{question[1:]}"


def comes_back(answer: str, gap: Gap) -> bool:
    """Whether `answer` is the fact; of a quantity, its number is enough: the question names the unit."""
    said = answer.split("\n", 1)[0]
    if stands_in(gap.fact, said):
        return True
    number = re.search(r"[−-]?\d[\d.,]*", gap.fact) if gap.quantity else None
    return number is not None and bool(stands_in(number[0].rstrip(".,"), said))


def _meant(question: str) -> list[str]:
    """The words of `question` that carry meaning."""
    tokens = [t for t in tokenise(question, find(question)) if not is_function(t)]
    return [word for t in tokens for word in _WORD.findall(t.low)]


def _stems(text: str) -> set[str]:
    """Its words, and how the longer ones begin."""
    return {stem for word in _WORD.findall(text.casefold()) for stem in (word, word[:_STEM])}
