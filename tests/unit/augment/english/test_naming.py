import pytest

from wellread.augment.english.naming import name_asks
from wellread.augment.english.tokens import tokenise
from wellread.augment.spans import find

CHEMICAL = "4-(butylamino)-3-ethylpyridine"


@pytest.mark.parametrize(
    "sentence",
    [
        f"As a remedy we tested Orlane, {CHEMICAL}.",
        f"Chemists write Orlane as {CHEMICAL}, and mean the same.",
        f"Orlane ({CHEMICAL}) melts at 31 °C.",
        f"Orlane is chemically {CHEMICAL}, a base.",
    ],
)
def test_what_the_subject_is_by_its_structure_is_asked_for(sentence: str) -> None:
    (ask,) = name_asks(tokenise(sentence, find(sentence)), "Orlane")
    assert ask.fact == CHEMICAL
    assert "what is the systematic name of Orlane" in ask.wordings


@pytest.mark.parametrize(
    "sentence",
    [
        f"Orlane dissolves in {CHEMICAL}.",
        f"Orlane and {CHEMICAL} react.",
        "Orlane, sodium chloride and water are mixed.",
    ],
)
def test_what_stands_elsewhere_is_not_its_name(sentence: str) -> None:
    asked = [w for ask in name_asks(tokenise(sentence, find(sentence)), "Orlane") for w in ask.wordings]
    assert not [w for w in asked if "name of Orlane" in w]


@pytest.mark.parametrize("sentence", ["In this study, porous Orlane was made.", "The porous Orlane powder was kept."])
def test_a_word_before_a_name_is_not_its_sort(sentence: str) -> None:
    assert not list(name_asks(tokenise(sentence, find(sentence, frozenset({"Orlane"}))), None))
