"""Questions for the search, and questions kept for its winner."""

import hashlib
from collections.abc import Sequence

from wellread.config import RunConfig
from wellread.errors import InputError
from wellread.questions.load import resolve as files_of
from wellread.records import Question


def parts(questions: Sequence[Question], share: float, tests: Sequence[str] | None = None) -> dict[str, list[Question]]:
    """`questions` as development and test: those named in `tests`, or a `share` of each paper's questions of each kind.

    The same questions are always divided alike, whatever their order. Raises InputError where a part would be empty.
    """
    chosen = set(tests) if tests is not None else _drawn(questions, share)
    divided = {
        "development": [q for q in questions if q.id not in chosen],
        "test": [q for q in questions if q.id in chosen],
    }
    for part, some in divided.items():
        if not some:
            fix = "Give more questions, or search.test_questions, or search.test_papers."
            raise InputError(f"of {len(questions)} questions none is left for {part}", fix)
    return divided


def _drawn(questions: Sequence[Question], share: float) -> set[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for q in questions:
        groups.setdefault((q.paper or "", q.kind), []).append(q.id)
    drawn: set[str] = set()
    owed = 0.0
    for _, ids in sorted(groups.items()):
        owed += share * len(ids)
        take = round(owed)
        owed -= take
        drawn |= set(sorted(ids, key=lambda i: hashlib.sha256(i.encode()).hexdigest())[:take])
    return drawn


def with_test_questions(config: RunConfig) -> RunConfig:
    """The recipe with the questions for the winner among its own, so that the views avoid them too."""
    tests = config.search.test_questions
    if not tests:
        return config
    asked = files_of(config.questions, config.corpus.papers).questions or ()
    return config.model_copy(update={"questions": config.questions.model_copy(update={"questions": (*asked, *tests)})})
