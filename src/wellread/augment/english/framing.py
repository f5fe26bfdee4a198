"""How a question and its answer are put: capitals and marks, and the subject named in both."""

import random
import re
from typing import TYPE_CHECKING, Literal

from wellread.augment.english.tokens import raised

if TYPE_CHECKING:
    from wellread.augment.analysis import Analysed

Reply = Literal["fact", "statement", "both", "agreed"]
"""What answers a question: the bare fact ('146 °C.'), the statement that it stands in, the one and then the other, or the
statement that tells the fact best in any telling, the same for all its questions (agreed.py)."""

_INDIRECT = ("Can you tell me {q}?", "Do you know {q}?", "Please tell me {q}.", "I would like to know {q}.")
_NAMED = ("State {q}.", "Give {q}.", "What is {q}?", "Name {q}.", "I am looking for {q}.")
_ABOUT = ("{q} in the case of {x}?", "For {x}, {l}?", "As for {x}, {l}?")
_BEFORE = ("In the case of {x}, ", "For {x}, ", "As for {x}, ")


def holds(text: str, fact: str) -> bool:
    """Whether `fact` stands in `text` as whole words, capitals aside."""
    text, fact = text.casefold(), fact.casefold()
    return fact in text and bool(re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text))


# Words. Nobody asks longer questions; they come from sentences that the rules did not cut.
_LONGEST = 28


# "To what does which lead", "what yield does accordingly it have": a sentence that the rules took apart wrongly.
_ASTRAY = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had) (?:which|who|it|they|he|she|accordingly|thus|hence|therefore)\b|\b(?:do|does|did) according\b"
    r"|\b(?:which|what) (?:which|what)\b|\b(?:optimum|suitable|last|first|other|new|best) one\b"
)
# What a paper shows elsewhere than in its text.
_SHOWN = re.compile(
    r"\b(?:Fig(?:ure)?s?|Tables?|Schemes?|Eqs?|Equations?)(?:\.\s?|\s)S?\d|\bsupplementary \w", re.IGNORECASE
)


def sane(question: str) -> bool:
    """Whether a question can be put: not endless, brackets closed, no mark where none belongs, nothing that only points."""
    if _ASTRAY.search(question) or not worth_knowing(question):
        return False
    return len(question.split()) <= _LONGEST and not re.search(r"\s[,;:?.]|\bal\.?\?$|[,;:]\?$", question)


def worth_knowing(text: str) -> bool:
    """Whether a fact or a question stands without the paper's pages: no "Figure 3", and no bracket that was cut in two."""
    return not _SHOWN.search(text) and all(text.count(a) == text.count(b) for a, b in ("()", "[]"))


def direct(question: str, about: "Analysed", rng: random.Random) -> str:
    """A question in words such as 'at what temperature does X melt' as it is put, with the subject named."""
    if stands_alone(question, about):
        return raised(question) + "?"
    return rng.choice(_ABOUT).format(q=raised(question), l=question, x=about.subject)


def indirect(question: str, about: "Analysed", rng: random.Random) -> str:
    """A question in the order of a statement, within a polite one."""
    return _before(rng.choice(_INDIRECT).format(q=question), about, rng)


def named(phrase: str, about: "Analysed", rng: random.Random) -> str:
    """A request for what `phrase` describes, such as 'the temperature at which X melts'."""
    frames = [f for f in _NAMED if not (" name of " in phrase and f.startswith("Name "))]
    return _before(rng.choice(frames).format(q=phrase), about, rng)


def _before(request: str, about: "Analysed", rng: random.Random) -> str:
    if stands_alone(request, about):
        return request
    small = request if request.startswith("I ") else request[:1].lower() + request[1:]
    return rng.choice(_BEFORE).format(x=about.subject) + small


def bare(fact: str) -> str:
    """A fact as an answer of its own: 'Caesium bromide.'"""
    return raised(fact).rstrip(".") + "."


def reply(fact: str, inner: str, form: Reply) -> str:
    """The answer to a question for `fact`, which the statement `inner` tells.

    The subject is named only where the statement names it: set before each answer, it would answer every question for it.
    """
    return {"fact": bare(fact), "both": f"{bare(fact)} {raised(inner)}"}.get(form, raised(inner))


def answer(inner: str, about: "Analysed") -> str:
    """A statement without its capital ('the salt is washed out.') as an answer that names the subject."""
    return raised(inner) if about.subject is None or about.subject in inner else f"For {about.subject}, {inner}"


def stands_alone(text: str, about: "Analysed") -> bool:
    """Whether a reader knows what `text` is about: it names the subject, or something that only this paper has."""
    return about.subject is None or about.subject in text or any(holds(text, name) for name in about.names)
