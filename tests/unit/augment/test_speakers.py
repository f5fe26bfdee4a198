import pytest

from wellread.augment.speakers import exchanges, turns


def pairs(text):
    return [(a.text, b.text) for a, b in exchanges(turns(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Why?\nA: Because.\n\nQ: When?\nA: Now.",
        "**Q:** Why?\n**A:** Because.\n\n**Q:** When?\n**A:** Now.",
        "Reporter: Why?\nAuthor: Because.\nReporter: When?\nAuthor: Now.",
        "Frage: Why?\nAntwort: Because.\n\nFrage: When?\nAntwort: Now.",
        "Q1: Why?\nA1: Because.\nQ2: When?\nA2: Now.",
        "An introduction that is left out.\n\nDr. Vey: Why?\nDr. Lun: Because.\nDr. Vey: When?\nDr. Lun: Now.",
        "質問：Why?\n回答：Because.\n質問：When?\n回答：Now.".replace("：", "： "),
    ],
)
def test_questions_find_their_answers(text):
    assert pairs(text) == [("Why?", "Because."), ("When?", "Now.")]


def test_an_answer_may_have_several_lines():
    assert pairs("Q: Why?\nA: Because.\nAnd so on.\n\nQ: When?\nA: Now.")[0] == ("Why?", "Because.\nAnd so on.")


@pytest.mark.parametrize(
    "text", ["", "A text. Note: it is short.", "Note: one.\nNote: two.", "Step one: heat.\nStep two: cool."]
)
def test_other_texts_are_no_dialogue(text):
    assert pairs(text) == []
