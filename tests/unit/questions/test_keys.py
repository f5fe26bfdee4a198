"""Sorts of keys and their spellings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.matching import find
from wellread.questions.keys import sort_of, spellings


@pytest.mark.parametrize(
    ("key", "sort"),
    [
        ("146 °C", "number K1"),
        ("419 K", "number K1"),
        ("99.5%", "number %1"),
        ("pH 3.8", "number pH"),
        ("17 months", "number months"),
        ("−52 °C", "number K1"),
        ("1200", "number"),
        ("Ketrosal", "name"),
        ("Zelmorane-6", "name"),
        ("H2O", "name"),
        ("4-aminophenyl", "chemical"),
        ("2-ethenyl-3-(2-methoxyethyl)oxirane", "chemical"),
        ("hydrogen bonds", "words"),
    ],
)
def test_sorts(key, sort):
    assert sort_of(key) == sort


def test_numbers_have_their_units_written_out():
    assert spellings("99.5%")[0] == "99.5%"
    assert {"99.5 %", "99.5 percent", "99.5 per cent"} <= set(spellings("99.5%"))
    assert "146 degrees Celsius" in spellings("146°C")


def test_words_in_both_numbers_and_both_spellings():
    assert {"hydrogen bonds", "hydrogen bond"} <= set(spellings("hydrogen bonds"))
    assert "ring-opening polymerization" in spellings("ring-opening polymerisation")
    assert spellings("Ketrosal") == ("Ketrosal",)
    assert spellings("glass") == ("glass",)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_any_key_is_its_own_first_spelling(key):
    found = spellings(key)
    assert found[0] == " ".join(key.split())
    assert sort_of(key)
    for spelling in found:
        assert find(found[0], found[0]) == [] or spelling
