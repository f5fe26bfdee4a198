"""Repeated questions, shared runs of words, keywords as words of their own."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.matching import normalised
from wellread.questions.leak import LeakIndex, stands_in, tokens

QUESTION = "Which catalyst made the high polymer possible at room temperature?"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which  catalyst?\n", "which catalyst"),
        ("ROOM-temperature, “Straße”", "room temperature strasse"),
        ("Li–ion − cell", "li ion cell"),
        ("ﬁne ５ µm²", "fine 5 μm2"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_normalised(text, told):
    assert normalised(text) == told


def test_tokens_of_scripts_without_spaces():
    assert tokens("Nuvressite の収率") == ["nuvressite", "の", "収", "率"]


def found(question, text):
    return LeakIndex({"q": question}).found_in(text).get("q")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (f"Q: {QUESTION.upper()} A: ruthenium.", "repeated"),
        ("which catalyst made the high-polymer possible at room temperature", "repeated"),
        ("Nobody asked which catalyst made the high polymer possible at that time.", "overlap"),
        ("It made the high polymer possible at room temperature.", "overlap"),
        ("It made the high polymer possible at room level.", None),
        ("Ruthenium was the catalyst.", None),
        ("", None),
    ],
)
def test_found(text, how):
    assert found(QUESTION, text) == how


def test_short_questions():
    assert found("What melts first?", "Then: what melts first? Salt.") == "repeated"
    assert found("What melts first?", "Somewhat melts first.") is None
    assert found("And why?", "And why? Because.") is None


def test_japanese():
    question = "この高分子を可能にした触媒は何か。"
    assert found(question, f"質問：{question}答え：ルテニウム") == "repeated"
    assert found(question, "この高分子を可能にした方法") == "overlap"
    assert found(question, "高分子の触媒") is None


def test_many_questions_in_a_long_text():
    words = [f"w{i}" for i in range(5000)]
    index = LeakIndex({f"q{i}": " ".join(words[i : i + 12]) for i in range(0, 4000, 4)})
    assert set(index.found_in(" ".join(words)).values()) == {"repeated"}
    assert len(index.found_in(" ".join(words[2:]))) == 1000
    assert index.found_in(" ".join(words[::-1])) == {}


@pytest.mark.parametrize(
    ("keyword", "text", "stands"),
    [
        ("287 °C", "at 287 °C.", True),
        ("287 °C", "at 287\u00a0°c", True),
        ("4.7", "4.7 mS/cm", True),
        ("4.7", "14.7 mS/cm", False),
        ("4.7", "4.75 mS/cm", False),
        ("4", "4.7 mS/cm", False),
        ("7", "4.7 mS/cm", False),
        ("53", "It took 53.", True),
        ("ion", "cations", False),
        ("96.8%", "a yield of 96.8%, which", True),
        ("well-read", "a well–read model", True),
        ("触媒", "この触媒は", True),
        ("Orbelan", "Orbelanミリング", True),
        ("(2,5-x)", "1-(2,5-x)-ene", True),
    ],
)
def test_stands_in(keyword, text, stands):
    assert stands_in(keyword, text) is stands


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_normalised_is_stable(text):
    once = normalised(text)
    assert normalised(once) == once
    assert normalised(unicodedata.normalize("NFD", text)) == normalised(unicodedata.normalize("NFC", text))
    assert once.split() == once.split(" ") or not once


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=14), st.lists(st.sampled_from("abcdefgh"), max_size=8)
)
def test_every_repetition_is_found(words, around):
    question, text = " ".join(words), " ".join([*around, *words, *around])
    assert found(question + "?", text) == "repeated"
