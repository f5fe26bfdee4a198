"""Marks out of a judge's reply."""

import pytest

from wellread.evaluate.marks import read_marks


@pytest.mark.parametrize(
    ("reply", "mark"),
    [
        ("mark: 7 - most of it", 7),
        ("Mark: 7/10", 7),
        ("**Mark:** 7.5 out of 10. Good.", 7.5),
        ('{"mark": 7, "reason": "most"}', 7),
        ("I compared both.\n\nmark: 0 - nothing", 0),
        ("mark = 10", 10),
        ("mark: 7. Two facts are missing.", 7),
        ("mark: 7 - 3 facts are missing", 7),
        ("mark: 8\nmark: 8", 8),
        ("The answer is good and deserves a seven.", None),
        ("7", None),
        ("mark: 7-8", None),
        ("mark: 11", None),
        ("mark: 70/100", None),
        ("mark: 70%", None),
        ("mark: -3", None),
        ("mark: 3\nmark: 9", None),
        ("benchmark: 7", None),
        ("", None),
    ],
)
def test_one_mark_or_none(reply: str, mark: float | None) -> None:
    found = read_marks(reply, ["mark"], 0)
    assert (found and found.given["mark"]) == mark


def test_reasons_are_kept() -> None:
    found = read_marks(
        "clarity: 8 - reads well\nReasoning  depth: 3: no cause given.", ["reasoning depth", "clarity"], 1
    )
    assert found is not None
    assert found.given == {"reasoning depth": 3, "clarity": 8}
    assert found.reasons == {"reasoning depth": "no cause given", "clarity": "reads well"}


def test_a_criterion_without_a_mark_makes_the_reply_unreadable() -> None:
    assert read_marks("clarity: 8", ["clarity", "depth"], 1) is None
    assert read_marks("clarity: 0\ndepth: 4", ["clarity", "depth"], 1) is None
