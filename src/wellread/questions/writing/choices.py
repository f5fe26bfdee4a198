"""Multiple choice from questions that have one key each: the right option, and three of the same sort from the same paper."""

import random
from collections.abc import Sequence

from wellread.matching import find
from wellread.questions.alterations.number import made_up
from wellread.questions.altering import holds
from wellread.questions.keys import sort_of, spellings
from wellread.questions.writing.rounds import Written
from wellread.records import Question

OPTIONS = 4
LETTERS = "ABCD"


def multiple_choice(written: Sequence[tuple[Written, str]], seed: int) -> tuple[list[Question], list[dict[str, str]]]:
    """Questions with four options, of which exactly one is right, and rows (what, reason) for those that had too few.

    The options are answers to other questions on the paper; where a number has too few of its unit, other values are made
    up. `written` are questions with their ids. Each comes out the same whatever else is asked of other papers.
    """
    keys: dict[str, list[str]] = {}
    for one, _ in written:
        pool = keys.setdefault(one.job.passage.paper, [])
        pool += [key for key in one.draft.keys if key not in pool]
    made, short = [], []
    for one, name in written:
        rng = random.Random(f"{seed}:{one.question}")
        wrong = _wrong(one, keys[one.job.passage.paper], rng)
        if len(one.draft.keys) != 1:
            short.append({"what": f"{name}-mc", "reason": "multiple choice: the answer has several keys"})
        elif len(wrong) < OPTIONS - 1:
            short.append({"what": f"{name}-mc", "reason": "multiple choice: too few answers of one sort in the paper"})
        else:
            made.append(_question(one, f"{name}-mc", wrong[: OPTIONS - 1], rng))
    return made, short


def _wrong(one: Written, pool: Sequence[str], rng: random.Random) -> list[str]:
    """Options that are wrong, the paper's own first."""
    right = one.draft.keys[0]
    sort = sort_of(right)
    own = sorted(key for key in pool if sort_of(key) == sort)
    made = made_up(right, rng) if sort.startswith("number") else []
    found: list[str] = []
    for option in [*rng.sample(own, len(own)), *made]:
        stands = find(option, one.question) or find(option, one.draft.answer)
        if not stands and not any(_same(option, other) for other in (right, *found)):
            found.append(option)
    return found


def _same(option: str, other: str) -> bool:
    """Whether one is right where the other is: it stands in it, or is the same amount in another unit."""
    return holds(spellings(other), option) or holds(spellings(option), other)


def _question(one: Written, name: str, wrong: Sequence[str], rng: random.Random) -> Question:
    right = one.draft.keys[0]
    options = [right, *wrong]
    rng.shuffle(options)
    return Question(
        id=name,
        question=one.question,
        kind=one.job.kind,
        paper=one.job.passage.paper,
        passage=one.job.passage.id,
        answer=right,
        choices=tuple(options),
        correct=LETTERS[options.index(right)],
        licence=one.job.passage.licence,
    )
