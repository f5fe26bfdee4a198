import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import InputError
from wellread.records import Question
from wellread.searching.split import parts

KINDS = ("direct", "paraphrase", "reverse")


def sheet(n: int) -> list[Question]:
    return [
        Question(id=f"q{i}", question=f"Q{i}?", keywords=(("k",),), kind=KINDS[i % 3], paper=f"p{i % 2}")
        for i in range(n)
    ]  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 60), st.floats(0.2, 0.8), st.randoms())
def test_every_question_is_in_one_part_whatever_the_order(n: int, share: float, order: random.Random) -> None:
    questions = sheet(n)
    divided = parts(questions, share)
    ids = [q.id for part in divided.values() for q in part]
    assert sorted(ids) == sorted(q.id for q in questions)
    assert abs(len(divided["test"]) - share * n) <= 1
    mixed = questions[:]
    order.shuffle(mixed)
    assert {q.id for q in parts(mixed, share)["test"]} == {q.id for q in divided["test"]}


def test_kinds_are_divided_evenly() -> None:
    test = parts(sheet(24), 0.5)["test"]
    assert sorted(sum(q.kind == kind for q in test) for kind in KINDS) == [4, 4, 4]


def test_a_part_without_questions_is_refused() -> None:
    with pytest.raises(InputError, match="none is left for test"):
        parts(sheet(6), 0.5, tests=["other"])
    assert [q.id for q in parts(sheet(6), 0.5, tests=["q3"])["test"]] == ["q3"]
