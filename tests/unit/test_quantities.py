import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.evaluate.metrics import numeric
from wellread.quantities import quantities
from wellread.records import Question


def only(text: str) -> tuple[float, str]:
    [found] = quantities(text)
    return found.value, found.kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("146 °C", "419.15 K"),
        ("146 °C", "146 degrees Celsius"),
        ("−52 °C", "-52°C"),
        ("−52 °C", "minus: -61.6 °F"),
        ("1.2 × 10⁻³ S/cm", "1.2e-3 S cm^-1"),
        ("1.2 × 10^-3 S/cm", "1.2 mS·cm⁻¹"),
        ("1.2 mS/cm", "0.12 S/m"),
        ("48 h", "2 days"),
        ("48 h", "48 hours"),
        ("640 kg/mol", "640,000 g mol^-1"),
        ("640 kDa", "640 kg/mol"),
        ("5 µm", "5 μm"),
        ("5 µm", "5000 nm"),
        ("1,200", "1200"),
        ("12 L/(m² h)", "12 L m^-2 h^-1"),
        ("96 %", "96 percent"),
        ("2 atm", "2.0265 bar"),
        (".5 eV", "500 meV"),
        ("3 min", "180 s"),
        ("10⁻³ S/cm", "0.1 S/m"),
        ("10^5 Pa", "0.1 megapascals"),
        ("12 kg/mol", "12\u202f000 g/mol"),
        ("-78 °C", "minus 78 degrees Celsius"),
        ("5 g/L", "5 milligrams per millilitre"),
        ("4 wt%", "4 wt.%"),
        ("0.45 eV", "0,45 eV"),
        ("1200.5 mg", "1.200,5 mg"),
        ("1200.5 mg", "1\u202f200,5 mg"),
        ("12.5 %", "12,5 %"),
        ("-3.14 nm", "−3,14 nm"),
        ("1.2e-3 S/cm", "1,2 × 10⁻³ S/cm"),
        ("1,234 g", "1234 g"),
    ],
)
def test_the_same_quantity(one: str, other: str) -> None:
    (a, kind), (b, same) = only(one), only(other)
    assert kind == same
    assert a == pytest.approx(b, rel=1e-6)


@pytest.mark.parametrize(
    ("one", "other"), [("5 m", "5 min"), ("96 %", "0.96"), ("5 K", "5"), ("3 wt%", "3 %"), ("2 g", "2 g/mol")]
)
def test_other_kinds(one: str, other: str) -> None:
    assert only(one)[1] != only(other)[1]


def test_locants_and_rows_are_no_decimals() -> None:
    assert 1.2 not in [found.value for found in quantities("1,2-dichloroethane and 1,2,3 in [1,2]")]


@pytest.mark.parametrize("text", ["PX-12", "H2O", "C6H5F", "x^2", "no number"])
def test_no_number(text: str) -> None:
    assert quantities(text) == []


def q(number: str, **kw) -> Question:
    return Question(id="q", question="How warm is it after 3 h?", number=number, **kw)


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (q("146 °C"), "It is 146 °C.", 1),
        (q("146 °C"), "It is 146.5 °C.", 1),
        (q("146 °C"), "It is 150 °C.", 0),
        (q("146 °C", tolerance=0.05), "It is 150 °C.", 1),
        (q("146 °C", tolerance=0.0), "It is 146.5 °C.", 0),
        (q("146 °C"), "It is 419 K after 3 h.", 1),
        (q("146 °C"), "146", 0),
        (q("146 °C"), "warm", 0),
        (q("146 °C"), "", 0),
        (q("146 °C"), "first 20 °C, then 146 °C", None),
        (q("12"), "There are 12 g", 1),
        (q("0 °C"), "1 °C", 0),
        (q("4 h"), "not 3 h but 4 h", 1),
        (q("0.45 eV"), "Sie beträgt 0,45 eV.", 1),
        (q("0.45 eV"), "Sie beträgt 0,54 eV.", 0),
    ],
)
def test_an_answer_in_any_unit(question: Question, answer: str, right: float | None) -> None:
    assert numeric.score(question, answer) == right


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,eE^-+x×·/ °CFKmkgµ%()", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    for found in quantities(text):
        assert found.written == found.written
