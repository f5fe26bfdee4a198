import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.matching import find, tokens


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("212 °C", "It melts at 212 °C."),
        ("212 °C", "It melts at 212°C."),
        ("212 °C", "it melts at 212 degrees Celsius"),
        ("99.5%", "a yield of 99.5 percent"),
        ("99.5%", "99.5 % pure"),
        ("48 h", "after 48 hours"),
        ("48 h", "48h"),
        ("1200", "about 1,200 of them"),
        ("0.5", "0.50 mol"),
        ("-52 °C", "at −52 °C"),
        ("−52 °C", "at -52 °C"),
        ("Ketrosal", "the KETROSAL catalyst"),
        ("two aluminium centres", "2 aluminium centres"),
        ("2-ethenyl-3-(2-methoxyethyl)oxirane", "called 2‑ethenyl‑3‑(2‑methoxyethyl)oxirane."),
        ("10^-3", "10^-3 S/cm"),
        ("H2O", "H₂O vapour"),
        ("塩化物", "これは塩化物です"),
        ("zT", "a zT of 2"),
        ("3", "between 3 and 4"),
        ("lysozyme", "(lysozyme)"),
        ("1200", "1200mg of it"),
        ("0.5", "0.5mL"),
        ("100", "at 100K"),
        ("10^5", "10⁵ S/m"),
        ("10^5 Pa", "10⁵Pa"),
        ("10⁻³", "10^-3 S/cm"),
        ("1.2 × 10^5", "1.2 x 10⁵ g"),
        ("40 cm⁻¹", "40 cm^-1"),
        ("3 × 10⁻⁴", "3 x 10-4 S"),
        ("3 × 10−4", "3×10^-4 S"),
        ("5 m^2", "5 m²"),
        ("12,000", "12\u202f000 g"),
        ("20 °C", "20 degree C"),
        ("-78 °C", "at minus 78 °C"),
        ("Poincaré", "Poincare\u0301"),
        ("2,2'-bipyridine", "2,2′-bipyridine"),
        ("3", "3×4"),
        ("0.45 eV", "Die Bandlücke beträgt 0,45 eV."),
        ("1200.5 mg", "1.200,5 mg"),
        ("1200.5 mg", "1\u202f200,5 mg"),
        ("12.5%", "un 12,5 %"),
        ("3.14 nm", "di 3,14 nm, circa"),
        ("-3.5 V", "−3,5 V"),
        ("0.45", "0,450"),
        ("0,45 eV", "0.45 eV"),
        ("1234.567", "1234,567"),
        ("1200000", "1.200.000 Mal"),
        ("1200", "about 1,200, which"),
        ("1234", "1,234"),
        ("1.234", "1.234"),
        ("2", "steps 1,2,3"),
        ("13", "as reported [12,13]"),
        ("1,2-dichloroethane", "in 1,2-dichloroethane"),
    ],
)
def test_found(keyword: str, text: str) -> None:
    assert find(keyword, text)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("12", "112"),
        ("12", "12.5"),
        ("12", "3.12"),
        ("12", "-12 °C"),
        ("12", "PX-12"),
        ("12", "1,212"),
        ("12", "12,000"),
        ("H2", "H2O"),
        ("ester", "polyester"),
        ("poly", "polyester"),
        ("48 h", "48 hydrogels"),
        ("48 h", "48"),
        ("212 °C", "212 K"),
        ("-52 °C", "52 °C"),
        ("Ketrosal", "Ketrosals"),
        ("105", "10⁵ S/m"),
        ("78 °C", "minus 78 °C"),
        ("10⁻¹²", "10-12 h"),
        ("10", "10⁵"),
        ("10", "10^5"),
        ("5", "10^5"),
        ("12", "12\u2009000"),
        ("2", "H2O"),
        ("12", "12,5 %"),
        ("5", "12,5 %"),
        ("45", "0,45"),
        ("450", "0,450"),
        ("1.234", "1,234"),
        ("1.2", "1,2-dichloroethane"),
        ("2.2", "2,2′-bipyridine"),
        ("12.13", "[12,13]"),
        ("", "anything"),
        ("x", ""),
    ],
)
def test_not_found(keyword: str, text: str) -> None:
    assert not find(keyword, text)


def test_places_point_into_the_text_as_it_was_written() -> None:
    text = "ﬁrst −52 °C, then 212°C and ½"
    assert [text[a:b] for a, b in find("-52 °C", text)] == ["−52 °C"]
    assert [text[a:b] for a, b in find("212 °C", text)] == ["212°C"]
    assert [text[a:b] for a, b in find("first", text)] == ["ﬁrst"]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
def test_a_text_is_found_in_itself_between_spaces(word: str) -> None:
    if tokens(word) and tokens(f" {word} ") and len(tokens(f"( {word} )")) == len(tokens(word)) + 2:
        assert find(word, f"( {word} )")
