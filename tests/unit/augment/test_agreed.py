"""One fact, one answer: which statement answers, and when a question keeps its own."""

import pytest

from wellread.augment.agreed import agreed
from wellread.augment.analysis import papers
from wellread.augment.config import AugmentConfig
from wellread.augment.stage import examples
from wellread.records import Passage

TELLINGS = {
    "original": "Velmorane is a polyether. Velmorane melts at 146 °C after it was washed for 12 min. The yield of Velmorane is 81%.",
    "article": "Nobody expected Velmorane. Velmorane turns liquid at 146 °C. A reactor gives 81% of Velmorane.",
    "interview": "It is easy to process: the melting of Velmorane happens at 146 °C. Velmorane was washed for 12 min.",
}


def made(tellings, config=None):
    """What the default views make of `tellings`, before and after."""
    passages = [
        Passage(id=f"v/{name}", paper="v", telling=name, title="Velmorane", text=text, source="x", sha256="0")
        for name, text in tellings.items()
    ]
    found = [c for p in papers(passages) for a in p for c in examples(a, config or AugmentConfig())]
    return found, agreed(found, {p.id: p.text for p in passages})


def answers(candidates, fact):
    return {c.example.text for c in candidates if c.example.fact == fact}


def test_all_questions_for_a_fact_are_answered_by_one_statement():
    before, after = made(TELLINGS)
    assert len(answers(before, "146 °C")) > 1
    assert len(answers(after, "146 °C")) == 1
    assert len(answers(after, "12 min")) == 1
    assert [c.example.prompt for c in before] == [c.example.prompt for c in after]


def test_the_answer_holds_the_fact_and_what_the_question_names():
    for c in made(TELLINGS)[1]:
        assert c.example.fact is None or c.example.fact.casefold() in c.example.text.casefold()
        assert all(name in c.example.text for name in c.asked_by or ())


def test_who_asks_for_the_subject_is_told_its_name():
    after = made(TELLINGS)[1]
    asked = [c for c in after if c.example.maker == "reversed" and "146 °C" in (c.example.prompt or "")]
    assert asked
    assert all("Velmorane" in c.example.text for c in asked)


def test_a_value_that_is_said_twice_isnt_mistaken_for_the_other():
    twice = {
        "original": "Velmorane melts at 90 °C. The water of the leaching bath has 90 °C.",
        "article": "Chemists leach it in a bath with water of 90 °C. Velmorane melts at 90 °C, they say.",
    }
    after = made(twice)[1]
    melting = [c.example.text for c in after if "melt" in (c.example.prompt or "") and c.example.fact == "90 °C"]
    bath = [c.example.text for c in after if "bath" in (c.example.prompt or "") and c.example.fact == "90 °C"]
    assert melting
    assert bath
    assert not any("bath" in text for text in melting)
    assert not any("melt" in text for text in bath)


@pytest.mark.parametrize("form", ["fact", "statement", "both"])
def test_other_forms_of_answers_stay(form):
    params = {view: {"answer": form} for view in ("templates", "reversed")}
    before, after = made(TELLINGS, AugmentConfig(params=params))
    assert before
    assert before == after


def test_an_endless_statement_answers_nothing_else():
    endless = "Velmorane melts at 146 °C " + ", and after it was washed it was dried " * 6 + "by a machine."
    after = made({**TELLINGS, "textbook": endless})[1]
    others = [c.example.text for c in after if c.example.passage != "v/textbook"]
    assert "146 °C" in " ".join(others)
    assert all(len(text.split()) <= 28 for text in others)
