import pytest

from wellread.augment.english.measures import measure
from wellread.augment.english.verbs import agree, forms, past
from wellread.augment.english.wordings import other_words
from wellread.augment.english.words import is_english


@pytest.mark.parametrize(
    ("quantity", "noun", "many"),
    [
        ("146 °C", "temperature", ""),
        ("−52 °C", "temperature", ""),
        ("7.2 h", "time", "hours"),
        ("19 days", "time", "days"),
        ("17 repeat units", "number", "repeat units"),
        ("94.3%", "percentage", ""),
        ("1.7 mol%", "percentage", ""),
        ("41.5 bar", "pressure", ""),
        ("4.7 mS/cm", "conductivity", ""),
        ("0.19 mm/year", "rate", ""),
        ("0.037 g/m² per day", "rate", ""),
        ("0.35% per day", "value", ""),
        ("412 mW/cm²", "power density", ""),
        ("7 mA cm−2", "current density", ""),
        ("2.1 g cm−3", "density", ""),
        ("140 mAh/g", "capacity", ""),
        ("640 kg/mol", "molar mass", ""),
        ("pH 3.8", "pH", ""),
        ("2.37", "value", ""),
        ("12 ± 3 nm", "length", ""),
    ],
)
def test_units_tell_what_is_measured(quantity, noun, many):
    assert (measure(quantity).noun, measure(quantity).many) == (noun, many)


def test_verbs_are_inflected():
    assert forms("melts") == {"singular": "melt"}
    assert forms("kept")["past"] == "keep"
    assert forms("stopped")["past"] == "stop"
    assert forms("table") == {}
    assert [agree(w) for w in ("repel", "are", "kept", "begin to melt")] == ["repels", "is", "kept", "begins to melt"]
    assert [past(w) for w in ("give", "coat", "apply")] == ["gave", "coated", "applied"]


def test_other_words_agree_with_their_subject():
    assert "how strong are the fibres when pulled" in other_words("tensile strength", "the fibres", many=True)
    assert "how hot must X get to melt" in other_words("melt at temperature", "X")
    assert other_words("like to sing", "X") == ()
    assert other_words("conductivity at temperature", "X") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The film is thin and it was made of salt.", True),
        ("Der Film ist dünn und wurde aus dem Salz gemacht.", False),
        ("La película es fina y se hizo con la sal de los mares.", False),
        ("Il film è sottile e si fa con il sale della terra.", False),
        ("これは試験です。", False),
        ("Xylor melts at 5 °C.", True),
        ("", True),
    ],
)
def test_language(text, expected):
    assert is_english(text) is expected


def test_other_words_know_sensors_heat_and_deeds():
    assert "how fast does Quor respond" in other_words("response time", "Quor")
    assert "how much heat does Quor store on melting" in other_words("latent heat", "Quor")
    assert "what does Quor take out" in other_words("remove  ", "Quor")
    assert not other_words("remove salt from", "Quor"), "it isn't the salt that is asked for"


@pytest.mark.parametrize(
    ("number", "prep", "noun"),
    [
        ("1899", "in", "year"),
        ("1899", "of", "value"),
        ("2019", "", "year"),
        ("4:1", "be", "ratio"),
        ("1 : 0.5", "", "ratio"),
    ],
)
def test_bare_numbers(number, prep, noun):
    assert measure(number, prep).noun == noun
