"""Numbers and units, in the spellings of several languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.augment.figures import figures, readings


def read(text):
    return [(min(f.values), f.unit) for f in figures(text)]


@pytest.mark.parametrize(
    "texts",
    [
        (
            "743 m²/g",
            "743 m2 g−1",
            "743 m^2 g^-1",
            "743 square metres per gram",
            "743 Quadratmeter pro Gramm",
            "743 m²/gである",
        ),
        ("117.5 °C", "117,5 °C", "117.5 degrees Celsius", "117,5 Grad Celsius", "117.5℃"),
        ("41 h", "41 hours", "41-hour", "41 Stunden", "41 horas", "41時間", "41 小时"),
        ("81.3%", "81,3 %", "81.3 percent", "81.3 per cent", "81,3 Prozent", "81,3 por ciento"),
        ("6.85 mmol/g/h", "6.85 mmol g−1 h−1", "6.85 mmol/(g·h)"),
        ("6.8 µs", "6.8 μs"),
        ("0.37 mg/mL", "0.37 mg mL−1", "0.37 mg per millilitre"),
        ("1.2 × 10⁻⁶ S/cm", "1.2×10^-6 S cm−1"),
    ],
)
def test_one_quantity_in_many_spellings(texts):
    assert len({tuple(read(t)) for t in texts}) == 1
    assert len(read(texts[0])) == 1
    assert read(texts[0])[0][1] is not None


@pytest.mark.parametrize(
    "text",
    ["Zelmorane-6", "4-aminophenyl", "2,5-bis(4-aminophenyl)pyridine", "Na2.3Sc0.3Hf0.7Cl6", "Figure 3", "1. First"],
)
def test_digits_of_names_are_no_numbers(text):
    assert figures(text) == []


def test_separators():
    assert readings("1,234") == {"1234", "1.234"}
    assert readings("1,234.5") == {"1234.5"}
    assert readings("1.234,5") == {"1234.5"}
    assert readings("0,123") == {"0.123"}
    assert readings("81.30") == readings("81,3")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read(text):
    for figure in figures(text):
        assert text[figure.start : figure.end].strip() == figure.text


@given(st.decimals(min_value="0.01", max_value="9999", places=2))
@settings(max_examples=60, deadline=None)
def test_a_number_and_its_unit_are_found(number):
    (one,) = figures(f"It is {number} kPa.")
    (other,) = figures(f"Es sind {str(number).replace('.', ',')} kPa.")
    assert one.values & other.values
    assert one.unit == other.unit == (("kPa", 1),)
