"""The general questions, instructions and prose that come with the program."""

import pytest

from wellread.evaluate import general
from wellread.evaluate.metrics import strict
from wellread.evaluate.obeyed import CHECKS, Instruction, obeyed
from wellread.records import Question


def test_there_are_enough_questions_and_each_can_be_scored() -> None:
    questions = general.questions()
    assert len(questions) >= 300
    assert len({q.id for q in questions}) == len({q.question for q in questions}) == len(questions)
    assert {"geography", "biology", "physics", "chemistry", "language", "arithmetic"} <= {q.topic for q in questions}
    for q in questions:
        assert strict.score(q, "") == 0, q
        for keyword in q.keywords:
            assert strict.score(q, " and ".join(k[0] for k in q.keywords)) == 1, (q, keyword)


def test_every_instruction_can_be_obeyed_and_disobeyed() -> None:
    instructions = general.instructions()
    assert len(instructions) >= 40
    for one in instructions:
        assert set(one.checks) <= set(CHECKS), one
        assert obeyed(one, "") == 0
        assert obeyed(one, "I would rather talk about a blue, hot day.\n\nAnd, so on, and on!\n\nNo? No.") == 0, one


@pytest.mark.parametrize(
    ("checks", "good", "bad"),
    [
        ({"words": 1}, "Paris", "In Paris"),
        ({"one_of": ["yes", "no"]}, "Yes.", "Yes, it is."),
        ({"bullets": 2}, "- a\n* b", "- a\nb"),
        ({"numbered": 2}, "1. a\n2) b", "a\nb"),
        ({"commas": 3}, "a, b, c.", "a, b"),
        ({"sentences": 2}, "It is 2.5 m. It floats!", "It floats."),
        ({"upper": True}, "ALL OF IT", "All of it"),
        ({"lower": True}, "all of it", "All of it"),
        ({"json": ["a"]}, '```json\n{"a": 1}\n```', '{"b": 1}'),
        ({"json": ["a"]}, '{"a": 1}', '["a"]'),
        ({"digits": True}, "1945", "in 1945"),
        ({"quoted": True}, "“peace”", "peace"),
        ({"starts": "Today", "lacks": "blue"}, "Today it rains", "Today is blue"),
        ({"words_at_most": 3}, "one two", "one two three four"),
        ({"lines": 2}, "a\n\nb", "a"),
    ],
)
def test_checks(checks: dict, good: str, bad: str) -> None:
    instruction = Instruction(id="i", prompt="?", checks=checks)
    assert (obeyed(instruction, good), obeyed(instruction, bad)) == (1, 0)


def test_what_was_taught_spills_over() -> None:
    taught = [
        Question(id="t", question="?", keywords=("Ketrosal", "146 °C")),
        Question(id="u", question="?", keywords=(("polymer", "PX-12"),)),
    ]
    asked = [Question(id="n", question="What is a polymer?"), Question(id="m", question="What is glue?")]
    assert general.spilled(taught, asked, ["A polymer is large.", "It is Ketrosal."]) == [0, 1]
    assert general.spilled(taught, asked, [None, "at 146 °C"]) == [None, 0]


def test_the_prose_is_long_enough_to_measure() -> None:
    assert len(general.text().split()) > 1500
