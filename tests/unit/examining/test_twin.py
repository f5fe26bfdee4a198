"""Whose facts a model tells: the counts, and the share that follows the twin."""

from wellread.examining.twin import _in_words


def test_answers_with_neither_key_tell_nothing_about_what_is_followed() -> None:
    told = [("p", True, False)] * 8 + [("p", False, False)] * 2
    assert _in_words(told) == (
        "of 10 answers, 8 hold the twin's key and 0 the original paper's; "
        "1.00 (0.63 to 1.00) of those that hold one follow the twin."
    )


def test_answers_with_both_keys_follow_neither() -> None:
    told = [("p", True, True), ("p", True, False), ("p", False, True), ("p", False, True), ("p", False, True)]
    line = _in_words(told)
    assert "2 hold the twin's key and 4 the original paper's; 0.25 (" in line


def test_without_any_key_there_is_no_share() -> None:
    assert _in_words([("p", False, False)] * 3) == "of 3 answers, 0 hold the twin's key and 0 the original paper's."
