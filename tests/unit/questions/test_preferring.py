"""Wrong answers by rule: what differs, what can't be altered, and that nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.questions.altering import difference, is_wrong
from wellread.questions.preferring.config import PreferConfig
from wellread.questions.preferring.pairs import by_rule
from wellread.records import Question


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("X-5 melts at 146 °C.", "X-5 melts at 164 °C.", "number"),
        ("X-5 melts at 146 °C.", "X-5 melts at 146 K.", "unit"),
        ("X-5 melts at 146 °C.", "At 146 °C X-5 melts.", None),
        ("X-5 melts at 146 °C.", "X-5 melts at 146 degrees Celsius.", "words"),
        ("X-5 melts at 146 °C.", "Melting of X-5 needs 419.15 K or 146 °C.", "words"),
        ("X-5 melts at 146 °C.", "X-5 melts at 419.15 K.", "words"),
        ("It uses the catalyst Ketrosal.", "It uses the catalyst Ansvere.", "name"),
        ("The strength rises.", "The strength falls.", "direction"),
        ("The strength rises.", "The strength changes.", "words"),
        ("It is 4-(2-aminoethyl)benzonitrile.", "It is 3-(2-aminoethyl)benzonitrile.", "name"),
    ],
)
def test_differences(right, wrong, what):
    assert difference(right, wrong) == what


QUESTIONS = [
    Question(id="m", paper="p", question="At what temperature does X-5 melt?", answer="X-5 melts at 146 °C.", keywords=["146 °C"]),
    Question(id="g", paper="p", question="When is X-5 glassy?", answer="X-5 is glassy below −52 °C.", keywords=["−52 °C"]),
    Question(id="c", paper="p", question="Which catalyst makes X-5?", answer="Ketrosal makes X-5.", keywords=["Ketrosal"]),
    Question(id="f", paper="p", question="Where was it?", answer="X-5 was in the Ansvere Fjord.", keywords=["Ansvere"]),
    Question(id="o", paper="other", question="Where is Y?", answer="Y is in the Orrin Valley.", keywords=["Orrin"]),
    Question(id="n", paper="p", question="Why?", answer="Nobody knows it.", keywords=["146 °C"]),
    Question(id="b", paper="p", question="Why not?", answer="146°C", keywords=["146 °C"]),
    Question(id="a", paper="p", question="Which?", choices=["1", "2"], correct="A"),
    Question(id="s", paper="p", question="How is X-5?", answer="X-5 is quite soft.", keywords=["soft"]),
]  # fmt: skip


def test_facts_come_from_the_same_paper_and_every_question_is_accounted_for():
    done = by_rule(QUESTIONS, PreferConfig(each=3))
    pairs = {q.id: [p for p in done.kept if p.id.rpartition("-")[0] == q.id] for q in QUESTIONS}
    assert {p.rejected for p in pairs["c"]} == {"Ansvere makes X-5."}
    assert any("−52 °C" in p.rejected for p in pairs["m"])
    assert len(pairs["m"]) == len(pairs["g"]) == 3
    assert {row["what"]: row["reason"] for row in done.rejected} == {
        "o": "no fact that could be altered",
        "n": "the answer lacks the key",
        "b": "no answer in a sentence",
        "a": "multiple choice",
        "s": "no fact that could be altered",
    }
    for pair in done.kept:
        question = next(q for q in QUESTIONS if q.question == pair.prompt)
        assert pair.chosen == question.answer != pair.rejected
        assert is_wrong(question, pair.rejected)
        assert not is_wrong(question, pair.chosen)
    assert by_rule(QUESTIONS, PreferConfig(each=3)).kept == done.kept


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["°C", "%", "h", "mg/mL", "kPa", "cycles"]), st.integers(0, 3))
def test_any_number_becomes_another_one(value, unit, decimals):
    key = f"{value / 10**decimals:.{decimals}f} {unit}"
    question = Question(id="q", paper="p", question="How much?", answer=f"X-5 has {key} of it.", keywords=[key])
    for pair in by_rule([question], PreferConfig(each=20, alterations=("number",))).kept:
        assert difference(pair.chosen, pair.rejected) in ("number", "words"), pair.rejected
        assert is_wrong(question, pair.rejected)
