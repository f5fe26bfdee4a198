"""Likeness of questions, and where they leak."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.questions.leakage import NEAR, Text, counts, leaks
from wellread.questions.near import Nearest

ASKED = {
    "melt": "At what temperature does Quorvelane melt?",
    "mass": "What molar mass does Quorvelane have when Ketrosal is used?",
    "yield": "What is the yield in the polymerisation of Quorvelane?",
}


def test_the_nearest_is_found_and_the_same_is_one():
    nearest = Nearest(ASKED)
    name, likeness = nearest.to("At which temperature does Quorvelane melt?")
    assert name == "melt"
    assert NEAR < likeness < 1
    assert nearest.to("what is THE yield in the polymerisation of Quorvelane") == ("yield", pytest.approx(1))
    assert nearest.to("Where does the mussel raft lie?")[1] < 0.3
    assert Nearest({}).to("Anything?") is None
    assert nearest.to("") is None or nearest.to("")[1] < 0.3


@settings(deadline=None)
@given(st.text(max_size=60))
def test_likeness_is_between_0_and_1(text):
    found = Nearest(ASKED).to(text)
    assert found is None or 0 <= found[1] <= 1


def test_leaks_are_listed_with_how_and_counted_by_the_worst():
    texts = [
        Text("a/qa", "qa", "Q: At which temperature does Quorvelane melt?\nA: 146 °C"),
        Text("a/text", "text", "They asked: What molar mass does Quorvelane have when Ketrosal is used? Nobody knew."),
        Text("a/view", "templates", "What molar mass does Quorvelane have when Ketrosal is left out?"),
        Text("a/none", "text", "Quorvelane melts at 146 °C. The yield in the polymerisation of Quorvelane is 94.3%."),
    ]
    rows = list(leaks(ASKED, texts))
    assert {(r["question"], r["how"], r["in"]) for r in rows} == {
        ("melt", "near", "a/qa"),
        ("mass", "repeated", "a/text"),
        ("mass", "overlap", "a/view"),
    }
    assert counts(rows) == {"repeated": 1, "overlap": 0, "near": 1, "by_maker": {"qa": 1, "templates": 1, "text": 1}}
