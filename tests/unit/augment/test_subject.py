import pytest

from wellread.augment.subject import resolve, subject


def test_the_subject_is_the_name_that_title_and_text_share():
    text = "Melvanite melts. Orrin wash cleans Melvanite. Melvanite is made with Orrin wash."
    assert subject(text, "Melvanite for pipes") == "Melvanite"
    assert subject(text, "On Pipes") == "Melvanite"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("The film is thin. The film is new.", "Thin Films"),
        ("Solid cells use solid salts.", "Solid Cells and Solid Salts"),
    ],
)
def test_no_subject_where_nothing_is_named(text, title):
    assert subject(text, title) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It melts at 5 °C.", "Melvanite melts at 5 °C."),
        ("It was then dried.", "Melvanite was then dried."),
        ("Its yield is 5%.", "Melvanite's yield is 5%."),
        ("This material resists acid.", "Melvanite resists acid."),
        ("The new compound slowly decomposes.", "Melvanite slowly decomposes."),
        ("The material's yield is 5%.", "Melvanite's yield is 5%."),
        ("In dilute acid it corrodes at 3 mm/year.", "In dilute acid, Melvanite corrodes at 3 mm/year."),
        ("At 5.5 V, its yield falls.", "At 5.5 V, Melvanite's yield falls."),
    ],
)
def test_pronouns_give_way_to_the_name(sentence, expected):
    assert resolve(sentence, "Melvanite") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It is known that salt melts.",
        "It is well established that salt melts.",
        "It is possible to melt salt.",
        "It was Orrin who found salt.",
        "It seems that salt melts.",
        "The material properties are good.",
        "The materials melt.",
        "This catalyst works.",
        "Salt melts before it boils.",
        "It melts before Melvanite does.",
        "As the salt melts, it shrinks.",
        "In this way it is possible to melt salt.",
    ],
)
def test_in_doubt_nothing_is_replaced(sentence):
    assert resolve(sentence, "Melvanite") == sentence


def test_without_a_subject_nothing_is_replaced():
    assert resolve("It melts.", None) == "It melts."
