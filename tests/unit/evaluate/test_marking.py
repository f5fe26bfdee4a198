import pytest

from wellread.evaluate.marking import mark
from wellread.evaluate.metrics import soft, strict
from wellread.records import Answer, Question


def question(text: str, *keywords, **kw) -> Question:
    return Question(id="q", question=text, keywords=keywords, **kw)


Q = question("At what temperature does Quorvelane melt?", "Quorvelane", "146 °C")


def said(text: str | None) -> Answer:
    return Answer(
        question="q",
        text=text,
        finish="stop" if text is not None else "failed",
        error=None if text is not None else "no memory",
    )


def test_soft_is_a_share_and_rewards_an_echo() -> None:
    assert soft.score(Q, "Quorvelane melts at 146 °C.") == 1
    assert soft.score(Q, Q.question) == 0.5
    assert soft.score(question("?", "12"), "112") == 1


def test_strict_is_all_or_nothing_and_gives_an_echo_nothing() -> None:
    assert strict.score(Q, "It melts at 146 °C.") == 1
    assert strict.score(Q, Q.question) == 0
    assert strict.score(Q, "Quorvelane melts at 1146 °C.") == 0


def test_any_accepted_spelling_of_a_keyword_will_do() -> None:
    q = question("How pure?", ["99.5%", "almost pure"])
    assert strict.score(q, "It is almost pure.") == soft.score(q, "ALMOST PURE") == 1


def test_a_question_that_tells_its_keywords_cannot_be_scored() -> None:
    q = question("Is it Ketrosal?", "Ketrosal")
    assert strict.score(q, "Ketrosal") is None
    result = mark(q, said("Ketrosal"), repeated=False)
    assert (result.soft, result.strict) == (None, None)
    assert "holds all its keywords" in str(result.unscored)


def test_marks_say_where_and_what() -> None:
    result = mark(Q, said("It melts at 146 °C."), repeated=False)
    assert result.found == ((12, 18),)
    assert result.missing == ("Quorvelane",)
    assert (result.soft, result.strict, result.unscored) == (0.5, 1.0, None)


@pytest.mark.parametrize(("text", "repeated", "why"), [(None, False, "no memory"), ("146 °C", True, "trained texts")])
def test_what_is_not_known_is_not_zero(text: str | None, repeated: bool, why: str) -> None:
    result = mark(Q, said(text), repeated)
    assert (result.soft, result.strict) == (None, None)
    assert why in str(result.unscored)


def test_an_empty_answer_is_wrong() -> None:
    assert mark(Q, said(""), repeated=False).strict == 0
