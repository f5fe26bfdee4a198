import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.records import Score
from wellread.report.wording import count, duration, interval, number, share, visible


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "not known"),
        (float("nan"), "not known"),
        (0.0, "0.00"),
        (1.0, "1.00"),
        (0.85, "0.85"),
        (0.996, "0.996"),
        (0.004, "0.004"),
        (0.9999, ">0.999"),
        (0.0001, "<0.001"),
    ],
)
def test_a_number_never_rounds_to_all_or_none(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0%"), (1.0, "100%"), (0.94, "94%"), (0.998, "over 99%"), (0.002, "under 1%")]
)
def test_a_share_never_rounds_to_all_or_none(value, shown):
    assert share(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "0.0 s"),
        (0.84, "0.8 s"),
        (9.96, "10 s"),
        (59.6, "1 min"),
        (100.2, "1 min 40 s"),
        (3599.7, "1 h"),
        (7500, "2 h 5 min"),
        (86399, "1 d"),
        (100 * 3600, "4 d 4 h"),
        (float("nan"), "not known"),
    ],
)
def test_duration(seconds, shown):
    assert duration(seconds) == shown


@given(st.floats(0, 1e9))
@settings(max_examples=100)
def test_a_duration_never_shows_sixty_of_a_unit(seconds):
    assert not any(f"{n} " in f" {duration(seconds)} " for n in (" 60 s", " 60 min", " 24 h"))


def test_count_takes_the_plural():
    assert [count(1, "paper"), count(0, "paper"), count(2000, "paper")] == ["1 paper", "0 papers", "2,000 papers"]


def test_no_interval_where_a_part_is_missing():
    assert interval(Score(value=0.5, low=0.4, high=0.6, n=9)) == "0.40 to 0.60"
    assert interval(Score(value=0.5, n=1)) == ""
    assert interval(Score(value=None, low=0.1, high=0.2, n=0)) == ""


def test_controls_are_written_out():
    assert visible("a\x00b\x1b[31m") == "a␀b␛[31m"
    assert visible("\u202eabc\u2066") == "⟨U+202E⟩abc⟨U+2066⟩"
    assert visible("\ud800\x85\ufffe") == "⟨U+D800⟩⟨U+0085⟩⟨U+FFFE⟩"
    assert visible("tab\tline\r\nnext") == "tab\tline\nnext"


@given(st.text())
@settings(max_examples=100)
def test_visible_text_can_be_written_and_stays_the_same(text):
    shown = visible(text)
    shown.encode()
    assert visible(shown) == shown
