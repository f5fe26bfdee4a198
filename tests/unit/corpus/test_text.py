"""Plain text and the title rule."""

import pytest

from wellread.corpus.parsed import first_line_title
from wellread.corpus.parsers.text import Params, parse


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A Fast Conductor\n\nText.", "A Fast Conductor"),
        ("A Fast Conductor\n" + "long paragraph " * 20, "A Fast Conductor"),
        ("A Fast Conductor", "A Fast Conductor"),
        ("What makes it fast?\n\nText.", "What makes it fast?"),
        ("This is a sentence.\n\nText.", "stem"),
        ("wrapped text whose first\nline isn't a title", "stem"),
        ("x" * 121 + "\n\nText.", "stem"),
    ],
)
def test_title(text, title):
    assert first_line_title(text, "a/stem.txt") == title


def test_the_longest_title_can_be_set():
    assert parse(b"A Fast Conductor\n\nText.", "stem.txt", Params(longest_title=5)).title == "stem"


def test_signs_of_markup_stay():
    raw = "# no *markup* here_\r\n\r\n\r\n\r\n- x".encode("utf-16")
    assert parse(raw, "x.txt", Params()).text == "# no *markup* here_\n\n- x"
