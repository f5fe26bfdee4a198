"""The first screen of an examination is about the model that was taught, not about its floor."""

import lxml.html

from wellread.records import Answer, Question, Result, Score
from wellread.report.exam_page import ExamPage, ExamQuestion, ExamRow, RetentionRow, Said, render


def score(value, n=20):
    return Score(value=value, low=max(0.0, value - 0.1), high=min(1.0, value + 0.1), n=n)


def a_row(label, value, **changes):
    whole = {
        "label": label,
        "model": "m",
        "condition": "closed_book",
        "scores": {"strict": score(value)},
        "main": "strict",
    }
    return ExamRow(**{**whole, **changes})


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def page_of(**changes):
    rows = [a_row("untrained", 0.1), a_row("taught", 0.8, gain=score(0.7), p=0.0004)]
    return lxml.html.document_fromstring(render(ExamPage(**{"title": "Examination", "rows": rows, **changes})))


def test_the_taught_model_comes_first():
    page = page_of()
    assert text(page.find_class("lead")[0]) == (
        "Closed-book, taught scores 0.80 (strict) on 20 questions. That is +0.70 against the untrained model (+0.60 to +0.80)."
    )
    assert [text(e) for e in page.find_class("value")] == ["0.80", "0.70 to 0.90", "not examined"]
    assert "p of the gain <0.001" in text(page.find_class("facts")[0])


def test_what_was_kept_stands_beside_what_was_learned():
    kept = RetentionRow(
        label="taught", general=score(0.2), kept={"all": score(0.12, 170)}, obeyed=score(0.9), spilled=score(0.6)
    )
    facts = page_of(retention=[kept]).find_class("facts")[0]
    assert "What was kept 12% of the 170 general questions" in text(facts)


def test_a_collapse_is_said_first_and_nothing_examined_is_said():
    page = page_of(rows=[a_row("taught", 0.0, faults="collapsed: 100% of the answers are empty")])
    assert text(page.find_class("alarm")[0]) == "taught: collapsed: 100% of the answers are empty."
    assert text(page_of(rows=[]).find_class("lead")[0]) == "Nothing was examined."


def said(text, state="wrong", **result):
    return Said(
        answer=Answer(question="q", text=text, finish="stop"),
        result=Result(question="q", soft=None, strict=None, **result),
        state=state,
    )


def test_an_answer_can_be_judged_from_the_page_alone():
    choice = Question(id="q", question="Which?", choices=("salt", "<b>sand</b>"), correct="B", answer="Sand it is.")
    number = Question(id="n", question="How hot?", number="146 °C")
    page = page_of(questions=[
        ExamQuestion(question=q, said={"untrained": said("A"), "taught": said("salt")}) for q in (choice, number)
    ])  # fmt: skip
    first, second = page.find_class("qa")
    assert [text(li) for li in first.find_class("options")[0]] == ["salt", "<b>sand</b>"]
    assert "Model answer: Sand it is." in text(first)
    assert not second.find_class("options")
    assert "Model answer" not in text(second)
    assert [o.text for o in page.get_element_by_id("filter").xpath(".//select[@name='row']/option[@selected]")] == [
        "taught"
    ]


def test_why_an_answer_has_no_score_is_told_once():
    choice = Question(id="q", question="Which?", choices=("salt", "sand"), correct="B")
    answers = {
        "untrained": said("", "unscored", fault="empty"),
        "taught": said("who knows", "unscored"),
    }
    untrained, taught = page_of(questions=[ExamQuestion(question=choice, said=answers)]).find_class("said")[0]
    assert text(untrained) == "untrained – not scored The answer is empty."
    assert text(taught).endswith("who knows not scored: no single option can be read from it")
