"""An answer marked: both scores, where keywords stand, which are missing."""

from wellread.evaluate.matching import find
from wellread.evaluate.metrics import soft, strict
from wellread.records import Answer, Question, Result


def mark(question: Question, answer: Answer, repeated: bool) -> Result:
    """Score `answer`. Unscored, which isn't zero: a failed generation, a question that was in the trained texts
    (`repeated`), and a question that gives all its keywords away."""
    if answer.text is None:
        return Result(question=question.id, soft=None, strict=None, unscored=f"no answer: {answer.error}")
    places = {k: [p for v in k for p in find(v, answer.text)] for k in question.keywords}
    found = tuple(sorted({p for ps in places.values() for p in ps}))
    missing = tuple(k[0] for k, ps in places.items() if not ps)
    strictly = strict.score(question, answer.text)
    reason = "the question stands in the trained texts" if repeated else None
    if strictly is None:
        reason = "the question holds all its keywords"
    if reason:
        return Result(question=question.id, soft=None, strict=None, found=found, missing=missing, unscored=reason)
    return Result(
        question=question.id, soft=soft.score(question, answer.text), strict=strictly, found=found, missing=missing
    )
