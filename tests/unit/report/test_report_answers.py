import re

import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.report.answers import LONG, cards, marked
from wellread.report.wording import visible


def test_spans_may_overlap_and_come_in_any_order():
    assert marked("abcdefgh", [(5, 7), (1, 3), (2, 4)]) == "a<mark>bcd</mark>e<mark>fg</mark>h"


def test_spans_that_touch_are_one_mark():
    assert marked("abcd", [(0, 2), (2, 4)]) == "<mark>abcd</mark>"


def test_spans_beyond_the_text_are_cut():
    assert marked("abc", [(-5, 1), (2, 99), (7, 9), (2, 1)]) == "<mark>a</mark>b<mark>c</mark>"


def test_offsets_count_characters_of_the_answer_not_of_the_html():
    assert marked("<b> & 5 °C", [(6, 10)]) == "&lt;b&gt; &amp; <mark>5 °C</mark>"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8))
@settings(max_examples=150)
def test_marked_text_is_the_same_text(text, spans):
    html = marked(text, spans)
    assert re.sub("</?(.*?)>", lambda tag: "" if tag[1] == "mark" else "WRONG", html) == marked(text, [])
    shown = lxml.html.fromstring(f"<p>{html}</p>")
    assert shown.text_content() == visible(text).replace("\r", "\n")
    inside = {i for s, e in spans for i in range(max(0, s), min(e, len(text)))}
    assert "".join(m.text_content() for m in shown) == visible("".join(text[i] for i in sorted(inside)))


def test_a_card_takes_the_state_of_its_closed_book_answer(make):
    rows = [make.row(0), make.row(1, strict=0.0), make.row(2, strict=None, unscored="repeats the trained text")]
    rows.append(rows[0].model_copy(update={"answers": {}}))
    assert [c.state for c in cards(make.report(questions=rows))] == ["right", "wrong", "unscored", "absent"]


def test_half_right_is_not_right(make):
    assert cards(make.report(questions=[make.row(strict=0.5)]))[0].state == "wrong"


def test_only_long_answers_are_folded(make):
    rows = [make.row(0, "x" * LONG, ()), make.row(1, "x" * (LONG + 1), ())]
    folded = [bool(c.said[1].preview) for c in cards(make.report(questions=rows))]
    assert folded == [False, True]


def test_spellings_and_keywords_are_told_apart(make):
    rows = [make.row(keywords=(("212 °C", "212 degrees"), "Ketrosal"))]
    assert cards(make.report(questions=rows))[0].keywords == "“212 °C” or “212 degrees” and “Ketrosal”"
