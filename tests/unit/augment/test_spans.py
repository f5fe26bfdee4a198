from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.augment.spans import find


def texts(sentence, kind, known=None):
    return [s.text for s in find(sentence, known) if s.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It melts at 146 °C and −52 °C.", ["146 °C", "−52 °C"]),
        ("After 7.2 h at 38.6 MPa it had 640 kg/mol.", ["7.2 h", "38.6 MPa", "640 kg/mol"]),
        ("The flux was 12 ± 3 L/(m²·h) at 4.7 mS/cm.", ["12 ± 3 L/(m²·h)", "4.7 mS/cm"]),
        ("Fluconazole (25 μg/mL) and 5 mg/(g h) of it (0.2 mL/min).", ["25 μg/mL", "5 mg/(g h)", "0.2 mL/min"]),
        ("Films of 10 cm × 5 cm, at 10 Hz to 10 kHz.", ["10 cm × 5 cm", "10 Hz to 10 kHz"]),
        ("It rose from 5 °C to 60 °C.", ["5 °C", "60 °C"]),
        ("A yield of 94.3%, or 5–10 mg mL−1, at pH 3.8.", ["94.3%", "5–10 mg mL−1", "pH 3.8"]),
        ("It stopped after 17 repeat units and 19 days.", ["17 repeat units", "19 days"]),
        ("It has two aluminium centres.", ["two aluminium centres"]),
        ("It holds 1,500 cycles and 3 × 10−4 S cm−1.", ["1,500 cycles", "3 × 10−4 S cm−1"]),
        ("The figure of merit, 2.37, is high.", ["2.37"]),
        ("See Fig. 2, Table 3 and [12].", []),
        ("Thalvoryn-8 and PM6:Y6 are names.", []),
        ("Not 8-12:1 but 4:1, mixed 1 : 2 : 0.5 with 3: two.", ["8-12:1", "4:1", "1 : 2 : 0.5", "3"]),
        ("Since the 1980s 7.4 million cells and 9.6 billion cells.", ["7.4 million cells", "9.6 billion cells"]),
        ("It takes 0.41 W/mK, 68.4 L/m²h and 2.18 kWh/m³.", ["0.41 W/mK", "68.4 L/m²h", "2.18 kWh/m³"]),
    ],
)
def test_quantities(sentence, expected):
    assert texts(sentence, "quantity") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "It is 1-(2,5-dimethylhex-3-yn-1-yl)-2-methylcycloprop-1-ene.",
            ["1-(2,5-dimethylhex-3-yn-1-yl)-2-methylcycloprop-1-ene"],
        ),
        ("A bath of (4-hydroxy-6-methoxyhexan-3-one) is used.", ["4-hydroxy-6-methoxyhexan-3-one"]),
        ("Use 5-methyl-4-(undecylsulfanyl)hexanoic acid, then.", ["5-methyl-4-(undecylsulfanyl)hexanoic acid"]),
        ("Li6PS5Cl, NaCl and Na2.3Sc0.3Hf0.7Cl6 were mixed.", ["Li6PS5Cl", "NaCl", "Na2.3Sc0.3Hf0.7Cl6"]),
        ("As such, In and XRD or COD are not.", []),
        ("It reacts in molten caesium bromide with ethyl lactate.", ["caesium bromide", "ethyl lactate"]),
        ("An aromatic acid chloride and ytterbium.", ["aromatic acid chloride", "ytterbium"]),
        ("Curium was mixed in, with 2.3 wt% of zinc and traces of iron.", ["Curium", "zinc", "iron"]),
        ("Zinc ions and carbon fibres lead to iron-free layers, as leads do.", []),
    ],
)
def test_chemicals(sentence, expected):
    assert texts(sentence, "chemical") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The new catalyst Ketrosal works in the Ansvere Fjord.", ["Ketrosal", "Ansvere Fjord"]),
        ("The Tessivar wash and Orbelan milling use Thalvoryn-8.", ["Tessivar wash", "Orbelan milling", "Thalvoryn-8"]),
        ("However, the alloys containing β-Ti and Vitreloy containing Cu stay.", ["β-Ti", "Vitreloy"]),
        ("Water is wet. Cells with it fail.", []),
    ],
)
def test_names(sentence, expected):
    assert texts(sentence, "name") == expected


def test_a_first_word_is_a_name_only_where_it_is_known():
    sentence = "Measurement is hard for Ketrosal."
    assert texts(sentence, "name", known=frozenset({"Ketrosal"})) == ["Ketrosal"]
    assert texts("Ketrosal is hard.", "name", known=frozenset({"Ketrosal"})) == ["Ketrosal"]
    assert texts("Ketrosal is hard.", "name", known=frozenset()) == []


pieces = st.sampled_from(
    [
        "5 °C",
        "3.8",
        " ",
        "Na",
        "Cl6",
        "(",
        ")",
        "1-(2-",
        "yl)",
        "Xy-7",
        "%",
        "−",
        "two ",
        "days",
        "pH ",
        ",",
        "/",
        "m²",
        "A",
        "é",
        "。",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces | st.text(max_size=4), max_size=25).map("".join))
def test_spans_are_slices_that_do_not_overlap(sentence):
    found = find(sentence)
    for span in found:
        assert span.text == sentence[span.start : span.end]
        assert span.text.strip() == span.text != ""
    assert all(a.end <= b.start for a, b in pairwise(found))
