"""Superscripts and subscripts in plain characters."""

import pytest

from wellread.corpus.scripts import subscript, superscript


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("0", "−3", "^-3"),
        ("m", "2", "^2"),
        ("m", "−1", "^-1"),
        ("i", "+", "+"),
        ("a", "2+", "2+"),
        ("4", "2−", "^2-"),
        (")", "3+", "3+"),
        ("", "13", "13"),
        (" ", "13", "13"),
        ("(", "1", "1"),
        ("5", "th", "th"),
        ("f", "′", "′"),
        ("n", "k + 1", "^(k + 1)"),
        ("x", " ", ""),
    ],
)
def test_superscript(before, text, told):
    assert superscript(before, text) == told


@pytest.mark.parametrize(
    ("before", "text", "told"), [("H", "2", "2"), ("6", "3", "_3"), ("x", "i", "i"), ("", "2", "2"), ("H", "", "")]
)
def test_subscript(before, text, told):
    assert subscript(before, text) == told
