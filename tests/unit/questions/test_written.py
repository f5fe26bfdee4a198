"""Replies read as questions, their faults, multiple choice, the split."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.matching import find
from wellread.questions.altering import holds
from wellread.questions.writing.choices import multiple_choice
from wellread.questions.writing.config import WriteConfig
from wellread.questions.writing.drafts import Draft, read
from wellread.questions.writing.faults import faults, means_the_paper, names_in, names_nothing
from wellread.questions.writing.jobs import jobs
from wellread.questions.writing.rounds import Done, Written, _again
from wellread.questions.writing.split import examined
from wellread.records import Passage

TEXT = "Melvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. Melvanite holds because silver pairs bind oxygen."


def passage(**change):
    given = {"id": "p/o", "paper": "p", "telling": "o", "title": "On Melvanite", "text": TEXT, "source": "x"}
    return Passage(**(given | {"sha256": "0" * 64} | change))


@pytest.mark.parametrize(
    "reply",
    [
        "Q: At what heat?\nA: At 312.5 °C.\nK: 312.5 °C",
        '1. **Q1:** At what heat?\n**A:** At 312.5 °C.\n**K:** "312.5 °C".',
        "Here are the questions.\n\nQuestion: At what heat?\n  Answer: At 312.5 °C.\nKeywords: 312.5 °C; 312.5 °C",
        "At what heat?\nA: At 312.5 °C.\nK: 312.5 °C",
        "- Q: At what heat?\n- K: 312.5 °C\n- A: At 312.5 °C.\n\nThat was all.",
    ],
)
def test_replies_in_any_dress(reply):
    assert read(reply) == [Draft("At what heat?", "At 312.5 °C.", ("312.5 °C",))]


def test_steps_may_run_over_lines_and_the_last_of_a_cut_reply_is_left_out():
    reply = "Q: Why?\nS: First this.\n2. Then that.\nA: So.\nK: So\n\nQ: And"
    assert read(reply, cut=True) == [Draft("Why?", "So.", ("So",), "First this. 2. Then that.")]
    assert len(read(reply)) == 2


@settings(deadline=None)
@given(st.text(alphabet="QAKS: \n*;1.é?", max_size=80))
def test_any_reply_is_read(reply):
    for draft in read(reply):
        list(faults(draft, TEXT))


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (Draft("At what temperature does Melvanite melt?", "Melvanite melts at 312.5 °C.", ("312.5 °C",)), None),
        (Draft("Does Melvanite melt at 312.5 °C?", "Yes, at 312.5 °C.", ("312.5 °C",)), "answered by yes or no"),
        (Draft("What melts at 312.5 °C, Melvanite?", "At 312.5 °C.", ("312.5 °C",)), "the question holds the key"),
        (Draft("When does Melvanite melt?", "Melvanite melts at 213 K.", ("213 K",)), "the key is not in the text"),
        (Draft("When does Melvanite melt?", "When it is hot.", ("312.5 °C",)), "the answer lacks the key"),
        (Draft("When does Melvanite melt?", "At 312.5 °C.", ()), "no key"),
        (Draft("When does Melvanite melt?", "", ("312.5 °C",)), "no answer"),
        (Draft("Melvanite melts then", "At 312.5 °C.", ("312.5 °C",)), "not a question"),
        (Draft("What does Figure 2 say of Melvanite?", "81.4%", ("81.4%",)), "points to a text that the reader doesn't have"),
        (Draft("What holds Melvanite together?", TEXT, (TEXT[:60],)), "the key is a sentence"),
    ],
)  # fmt: skip
def test_faults(draft, reason):
    assert next(faults(draft, TEXT), None) == reason


def test_questions_that_need_the_title():
    assert means_the_paper("What did the authors find?")
    assert means_the_paper("What is the yield of this new catalyst?")
    assert not means_the_paper("What is the yield of Melvanite?")
    assert names_in(TEXT) == {"Melvanite"}
    assert names_nothing("What is the yield?", names_in(TEXT))
    assert not names_nothing("What is Melvanite's yield?", names_in(TEXT))
    assert not names_nothing("What is the yield?", frozenset())


def written(question, answer, *keys):
    job = jobs([passage()], WriteConfig(n=1, kinds=("direct",)))[0]
    return Written(job, Draft(question, answer, keys), question)


def test_multiple_choice_has_one_right_option_and_all_of_one_sort():
    some = [
        written("At what temperature does Melvanite melt?", "At 312.5 °C.", "312.5 °C"),
        written("At what temperature is Melvanite made?", "At 80 °C.", "80 °C"),
        written("How high is the yield of Melvanite?", "It is 81.4%.", "81.4%"),
        written("Which catalyst makes Melvanite?", "Ketrosal.", "Ketrosal"),
        written("What binds oxygen in Melvanite?", "Silver pairs at 4 K.", "silver pairs", "4 K"),
    ]
    named = list(zip(some, "mtyks", strict=True))
    made, short = multiple_choice(named, 0)
    assert multiple_choice(named, 0) == (made, short)
    assert [q.id for q in made] == ["m-mc", "t-mc", "y-mc"]
    assert "80 °C" in made[0].choices
    for question in made:
        right = question.choices["ABCD".index(question.correct)]
        assert right == question.answer
        assert sum(bool(find(right, option)) for option in question.choices) == 1
        assert len(set(question.choices)) == 4
    assert all(option.endswith("%") and float(option[:-1]) < 100 for option in made[2].choices)
    assert [row["reason"] for row in short] == [
        "multiple choice: too few answers of one sort in the paper",
        "multiple choice: the answer has several keys",
    ]


def test_no_option_is_the_right_amount_in_another_unit():
    some = [
        written("How long is Melvanite fired?", "For 30 min.", "30 min"),
        written("How long does Melvanite cool?", "For 0.5 h.", "0.5 h"),
        written("At what temperature does Melvanite melt?", "At 146 °C.", "146 °C"),
        written("What is the melting point in kelvin?", "It is 419.15 K.", "419.15 K"),
    ]
    made, _ = multiple_choice(list(zip(some, "abcd", strict=True)), 0)
    for question in made:
        right = question.choices["ABCD".index(question.correct)]
        assert sum(holds((right,), option) for option in question.choices) == 1
    assert len(made) == 4


@pytest.mark.parametrize(
    ("asked", "points"),
    [
        ("Above which temperature does Melvanite melt?", False),
        ("Below what voltage is Melvanite stable?", False),
        ("Which material is stable above 300 °C?", False),
        ("What is the yield of the reaction described above?", True),
        ("What does the above reaction give?", True),
        ("Which catalyst is shown below?", True),
    ],
)
def test_above_and_below_point_to_a_text_only_where_they_mean_one(asked, points):
    found = list(faults(Draft(asked, "It is 312.5 °C.", ("312.5 °C",)), "It is 312.5 °C."))
    assert ("points to a text that the reader doesn't have" in found) == points


def test_that_nobody_answered_is_not_told_to_the_writer():
    job = jobs([passage()], WriteConfig(n=1, kinds=("direct",)))[0]
    reasons = {job.id: ["no key", "provider: the server failed (503) (7 attempts)", "check model: gone"]}
    prompt = _again(job, Done(), reasons)
    assert "- no key" in prompt
    assert "503" not in prompt
    assert "gone" not in prompt


def test_the_split_is_by_paper_and_has_both_sides():
    papers = [f"p{i}" for i in range(10)]
    assert len(examined(papers, 0.3, 0)) == 3
    assert examined(papers, 0.3, 0) == examined(reversed(papers), 0.3, 0) != examined(papers, 0.3, 2)
    assert examined(papers[:1], 0.5, 0) == {"p0"}
    assert len(examined(papers[:2], 0.01, 0)) == 1
    assert len(examined(papers[:2], 0.99, 0)) == 1
    assert examined(papers, 0, 0) == set()
    assert examined(papers, 1, 0) == set(papers)


def test_jobs_share_the_count_and_cut_long_texts_between_paragraphs():
    long = "\n\n".join(f"Paragraph {i} " + "word " * 50 for i in range(5))
    todo = jobs([passage(text=long), passage(id="p/x", telling="x")], WriteConfig(n=8, longest=120))
    assert [(j.kind, j.count) for j in todo if j.number == 0] == [("direct", 3), ("paraphrase", 3), ("reverse", 2)]
    assert "\n\n".join(j.passage.text for j in todo if j.kind == "direct") == long
    assert {j.passage.id for j in todo} == {"p/o"}
    sections = [passage(telling=s, id=f"p/{s}", section=s) for s in ("introduction", "methods")]
    assert len(jobs(sections, WriteConfig(n=1, kinds=("direct",)))) == 2


def test_a_short_answer_is_its_own_key_and_statements_come_one_at_a_time():
    assert read("Q: At what heat?\nA: 312.5 °C.")[0].keys == ("312.5 °C",)
    assert read("Q: At what heat?\nA: It melts at the heat of 312.5 °C.")[0].keys == ()
    text = "# On it\n\nX melts at 3.5 °C in air. It is made at 4 K. So.\n\nThe second paragraph has one more."
    todo = jobs([passage(text=text)], WriteConfig(kinds=("statement",)))
    assert [(j.passage.text, j.count) for j in todo] == [
        ("X melts at 3.5 °C in air.", 1),
        ("It is made at 4 K.", 1),
        ("The second paragraph has one more.", 1),
    ]
