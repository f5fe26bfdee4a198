import pytest

from wellread.augment.english.ask import Ask
from wellread.augment.english.in_place import in_place, which_subject
from wellread.augment.english.properties import property_asks
from wellread.augment.english.roles import role_asks
from wellread.augment.english.tokens import tokenise
from wellread.augment.spans import find


def asked(sentence: str) -> tuple[list[Ask], list[Ask]]:
    tokens = tokenise(sentence, find(sentence))
    by_property = list(property_asks(tokens, "Vexal-3"))
    return by_property, list(in_place(tokens, {ask.fact for ask in by_property}, "Vexal-3"))


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        ("On wet clay, Vexal-3 reaches a peel force of 9.6 N and a toughness of 61 J/m².", "what is the peel force of Vexal-3", "9.6 N"),
        ("On wet clay, Vexal-3 reaches a peel force of 9.6 N and a toughness of 61 J/m².", "what is the toughness of Vexal-3", "61 J/m²"),
        ("A molar mass of 64 kg/mol was found for Orlane.", "what is the molar mass of Orlane", "64 kg/mol"),
        ("Vexal-3 has a figure of merit of 1.3.", "what is the figure of merit of Vexal-3", "1.3"),
        ("The figure of merit of Orlane climbs to 1.3.", "what is the figure of merit of Orlane", "1.3"),
        ("Its strength amounts to 9 kPa, and its toughness to 61 J/m².", "what is the toughness of Vexal-3", "61 J/m²"),
        ("With 0.4 W/mK, the thermal conductivity of Orlane is small.", "what is the thermal conductivity of Orlane", "0.4 W/mK"),
        ("Then 17 s is the gel time of Orlane.", "what is the gel time of Orlane", "17 s"),
        ("The anode shows a low redox potential (2.3 V) in water.", "what is the redox potential", "2.3 V"),
    ],
)  # fmt: skip
def test_a_value_is_asked_for_by_its_property(sentence: str, question: str, fact: str) -> None:
    assert (question, fact) in [(ask.wordings[0], ask.fact) for ask in asked(sentence)[0]]


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        ("The oven for Vexal-3 stands at 681 °C.", "the oven for Vexal-3 stands at what temperature", "681 °C"),
        ("Even after 36 cycles, 93.7% of the activity remained.", "even after 36 cycles, what percentage of the activity remained", "93.7%"),
        ("Even after 36 cycles, 93.7% of the activity remained.", "even after how many cycles, 93.7% of the activity remained", "36 cycles"),
        ("A temperature of 90 °C is the condition under which it runs.", "what temperature is the condition under which it runs", "90 °C"),
        ("The dense layer is only 137 nm thick.", "the dense layer is only how thick", "137 nm"),
        ("The first cell was reported in 2000.", "the first cell was reported in what year", "2000"),
        ("In May 2013 the first cell was lit.", "in May of what year the first cell was lit", "2013"),
    ],
)  # fmt: skip
def test_what_no_property_asks_for_is_asked_in_its_place(sentence: str, question: str, fact: str) -> None:
    by_property, placed = asked(sentence)
    assert fact not in [ask.fact for ask in by_property]
    assert (question, fact) in [(ask.wordings[0], ask.fact) for ask in placed]


def test_half_a_sentence_is_not_asked_in_its_place() -> None:
    long = "the people of the villages on the sides of the river kept the old mill that their fathers had built"
    assert not asked(f"Despite a search over the last 3 years, {long} there.")[1]
    assert not asked("Glass is cheap; which has lasted for 3 years.")[1]


@pytest.mark.parametrize(
    "sentence",
    [
        "The oven stands at 681 °C.",  # an oven is no property
        "Ytterbium takes the place of 1.7 mol% of the tin.",
        "A film of 640 nm keeps copper out.",
        "A time of 29 h is needed.",  # which time, only the rest of the sentence says
    ],
)
def test_things_are_not_taken_for_properties(sentence: str) -> None:
    assert asked(sentence)[0] == []


def test_a_value_is_not_given_to_what_is_not_spoken_of() -> None:
    said = "Sodium chloride was bought and its specific heat capacity was 0.9 J/g/K."
    assert not [ask for ask in asked(said)[0] if "Vexal-3" in ask.owner]
    for one in (said, "Sodium chloride has a high specific heat capacity (0.9 J/g/K)."):
        assert not list(property_asks(tokenise(one, find(one)), None))  # a paper of many things


def test_units_that_are_rare_are_units_all_the_same() -> None:
    for text in ("238 mmHg", "88 emu/g", "3 kOe", "12 cP", "5 barrer", "3.4 MPa·m½", "4 CFU/mL"):
        assert [(s.text, s.kind) for s in find(f"It holds {text} at most.")] == [(text, "quantity")], text


def test_a_role_asks_for_what_has_it() -> None:
    sentence = "Ethyl lactate serves as the solvent of Vexal-3, and 4 h are enough."
    (ask,) = role_asks(tokenise(sentence, find(sentence)))
    assert ask.fact == "Ethyl lactate"
    assert ask.wordings[0] == "what is the solvent of Vexal-3"


def test_items_of_a_list_are_properties() -> None:
    told = asked("Its figures are: acid value, 0.64 mg; refractive index, 1.47.")[0]
    assert [(ask.wordings[0], ask.fact) for ask in told] == [
        ("what is the acid value of Vexal-3", "0.64 mg"), ("what is the refractive index of Vexal-3", "1.47"),
    ]  # fmt: skip


def test_names_and_chemicals_are_asked_for_in_their_place() -> None:
    sentence = "The rinse with N-acetylcysteine removes Vexal-3 at the Tolvary animal clinic."
    tokens = tokenise(sentence, find(sentence))
    assert [(ask.wordings[0], ask.fact) for ask in in_place(tokens, set(), "Vexal-3")] == [
        ("the rinse with which compound removes Vexal-3 at the Tolvary animal clinic", "N-acetylcysteine"),
        ("the rinse with N-acetylcysteine removes Vexal-3 at which animal clinic", "Tolvary"),
    ]
    assert [ask.fact for ask in in_place(tokens, {"N-acetylcysteine"}, "Vexal-3")] == ["Tolvary"]


def test_a_number_within_another_is_not_told_yet() -> None:
    sentence = "The layer of Vexal-3 lasts for 37 cycles."
    tokens = tokenise(sentence, find(sentence))
    assert [ask.fact for ask in in_place(tokens, {"137 cycles"}, "Vexal-3")] == ["37 cycles"]
    assert not list(in_place(tokens, {"only 37 cycles"}, "Vexal-3"))


def test_the_subject_is_asked_for_in_its_place() -> None:
    sentence = "A panel coated with Vexal-3 was tested at the Orvandel farm; Vexal was not."
    tokens = tokenise(sentence, find(sentence))
    assert list(which_subject(tokens, "Vexal-3", "powder")) == [
        "a panel coated with which powder was tested at the Orvandel farm"
    ]
    assert not list(which_subject(tokens, "Zelmor", "powder"))
