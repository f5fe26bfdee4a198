"""An answer marked: every metric that applies, where keywords stand, which are missing."""

from collections.abc import Sequence
from functools import cache
from types import ModuleType

from wellread import plugins
from wellread.evaluate.collapse import fault
from wellread.matching import find
from wellread.records import Answer, Question, Result

METRICS = "wellread.evaluate.metrics"
KEYWORD_METRICS = ("soft", "strict")


@cache
def metrics() -> dict[str, ModuleType]:
    """Every metric by its name."""
    return {name: plugins.load(METRICS, name) for name in plugins.names(METRICS)}


def metrics_for(question: Question) -> list[str]:
    """The metrics that apply to `question`; those of keywords where nothing does, so that it counts as unscored."""
    found = [name for name, metric in metrics().items() if metric.applies(question) and not by_judge(name)]
    return found or list(KEYWORD_METRICS)


def by_likelihood(name: str) -> bool:
    """Whether the metric is scored from log-likelihoods, not from what the model wrote."""
    return hasattr(metrics()[name], "continuations")


def by_judge(name: str) -> bool:
    """Whether the metric is scored from the marks of a language model."""
    return hasattr(metrics()[name], "ask")


def mark(question: Question, answer: Answer, repeated: bool) -> Result:
    """Score `answer`. Unscored, which isn't zero: a failed generation, a question that was in the trained texts
    (`repeated`), one that gives all its keywords away, and one that has nothing to be scored by."""
    if answer.text is None:
        return Result(question=question.id, soft=None, strict=None, unscored=f"no answer: {answer.error}")
    names = metrics_for(question)
    places = {k: [p for v in k for p in find(v, answer.text)] for k in question.keywords}
    scores = {} if repeated else {n: _score(n, question, answer) for n in names if _can_score(n, answer)}
    reason = _reason(question, scores, repeated)
    return Result(
        question=question.id,
        soft=None if reason else scores.pop("soft", None),
        strict=None if reason else scores.pop("strict", None),
        found=tuple(sorted({p for ps in places.values() for p in ps})),
        missing=tuple(k[0] for k, ps in places.items() if not ps),
        unscored=reason,
        scores={n: s for n, s in scores.items() if n not in KEYWORD_METRICS},
        fault=fault(answer.text),
    )


def _can_score(name: str, answer: Answer) -> bool:
    """Whether what the metric needs was asked for."""
    return not by_likelihood(name) or name in answer.likelihoods


def _score(name: str, question: Question, answer: Answer) -> float | None:
    score: float | None = metrics()[name].score(
        question, answer.likelihoods[name] if by_likelihood(name) else answer.text
    )
    return score


def _reason(question: Question, scores: dict[str, float | None], repeated: bool) -> str | None:
    if repeated:
        return "the question stands in the trained texts"
    if question.keywords:
        return "the question holds all its keywords" if scores.get("strict") is None else None
    if any(n not in KEYWORD_METRICS for n in scores):
        return None
    return "it has no keywords, answer, choices or number to be scored by"


def value(result: Result, metric: str) -> float | None:
    """The score of `metric` in `result`."""
    score: float | None = getattr(result, metric) if metric in KEYWORD_METRICS else result.scores.get(metric)
    return score


def asked_of(questions: Sequence[Question]) -> dict[str, list[int]]:
    """Each metric -> the questions (by index) to which it applies, in the order of the metrics' names."""
    found: dict[str, list[int]] = {}
    for i, question in enumerate(questions):
        for name in metrics_for(question):
            found.setdefault(name, []).append(i)
    return dict(sorted(found.items()))
