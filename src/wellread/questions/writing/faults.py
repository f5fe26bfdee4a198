"""What is wrong with a written question, as far as can be seen without asking anybody: each fault with its reason."""

import re
from collections.abc import Iterator

from wellread.matching import find
from wellread.questions.writing.drafts import Draft

LONGEST_KEY = 8
"""Words; a longer key is a sentence, which nobody will repeat."""

# Points to a text that the reader doesn't have. Nothing can mend these.
_POINTS = re.compile(
    r"\b(?:fig(?:ure)?s?\.? ?\d|tables? \d|eqs?\.? ?\d|sections? \d|aforementioned|above-mentioned|following (?:text|passage))\b|"
    r"\b(?:\w+ed|shown|given|text|passage|the|see) (?:above|below)\b|\b(?:above|below)\s*[?.,;]|\[\d+\]", re.IGNORECASE)  # fmt: skip
# Means the paper without naming it. The paper's title before the question mends these.
_MEANS = re.compile(
    r"\b(?:this|these|the (?:present|current|described|given|mentioned)|our) (?:\w+ )?(?:study|work|paper|article|report|text|passage|"
    r"research|experiments?|materials?|method|process|compounds?|catalyst|polymer|authors?|results?|findings?)\b|"
    r"\b(?:the|this) (?:text|passage|paper|article|study|authors?|researchers|document)\b|\baccording to (?:the|this)\b|"
    r"\b(?:we|our|us)\b", re.IGNORECASE)  # fmt: skip
_YES_NO = re.compile(r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may)\b", re.IGNORECASE)
_YES = re.compile(r"^(?:yes|no)\b", re.IGNORECASE)
_REFUSAL = re.compile(r"\bas an ai\b|\bi(?:'m| am) sorry\b|\bi can(?:no|')t\b", re.IGNORECASE)


def faults(draft: Draft, text: str) -> Iterator[str]:
    """Reasons why `draft` can't be used as a question about `text`, the gravest first."""
    question, answer = draft.question, draft.answer
    if not question.endswith(("?", "？")) or len(question.split()) < 3:
        yield "not a question"
    if not answer or not draft.keys:
        yield "no answer" if not answer else "no key"
        return
    if _REFUSAL.search(f"{question} {answer}"):
        yield "a refusal"
    if _POINTS.search(question):
        yield "points to a text that the reader doesn't have"
    if _YES_NO.match(question) or _YES.match(answer):
        yield "answered by yes or no"
    for key in draft.keys:
        if len(key.split()) > LONGEST_KEY:
            yield "the key is a sentence"
        elif not find(key, text):
            yield "the key is not in the text"
        elif not find(key, answer):
            yield "the answer lacks the key"
        elif find(key, question):
            yield "the question holds the key"


def means_the_paper(question: str) -> bool:
    """Whether `question` speaks of 'this study' or 'the material', so that it needs the paper's title beside it."""
    return _MEANS.search(question) is not None


def names_nothing(question: str, names: frozenset[str]) -> bool:
    """Whether `question` has none of the text's `names`, so that a reader can't tell what it is about."""
    return bool(names) and not any(find(name, question) for name in names)


_INNER = re.compile(r"(?<=[\w,;:)%] )(?:[A-Z][\w’'-]*[a-z0-9][\w-]*|[a-z]+[A-Z]\w*|\w*[A-Za-z]-?\d[\w-]*)")


def names_in(text: str) -> frozenset[str]:
    """Words of `text` that look like names: with a capital within a sentence, or made of letters and digits."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(m.group() for m in _INNER.finditer(body))
