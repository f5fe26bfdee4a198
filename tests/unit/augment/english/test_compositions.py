"""Questions for what something is made up of."""

import pytest

from wellread.augment.english.compositions import composition_asks
from wellread.augment.english.tokens import tokenise
from wellread.augment.spans import find


def asked(sentence: str) -> list[tuple[str, str]]:
    return [(words, ask.fact) for ask in composition_asks(tokenise(sentence, find(sentence))) for words in ask.wordings]


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        (
            "We found that seeds contained 3.6% water, 57.9% fat, and 2.1% ash.",
            "how much fat did seeds contain",
            "57.9%",
        ),
        ("We found that seeds contained 3.6% water, 57.9% fat, and 2.1% ash.", "what made up 57.9% of seeds", "fat"),
        ("The oil contains 20% acids.", "what percentage of acids does the oil contain", "20%"),
        (
            "The bath contains 1.2 g table salt and 30 mL clean water.",
            "how much table salt does the bath contain",
            "1.2 g",
        ),
        ("The mint oil had 68.0% menthol.", "how much menthol did the mint oil contain", "68.0%"),
        ("Most of it was menthol (23.0%) and limonene (20.7%).", "what percentage does menthol make up", "23.0%"),
        ("Most of it was menthol (23.0%) and limonene (20.7%).", "which component has a share of 20.7%", "limonene"),
        ("There were fatty acids (42%) and sterols (4%).", "what percentage do fatty acids make up", "42%"),
    ],
)
def test_each_share_is_asked_for_both_ways(sentence: str, question: str, fact: str) -> None:
    assert (question, fact) in asked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It contains 5% salt and 6% sugar.",  # what does?
        "The cell had 81% capacity retention.",  # a property
        "The cell had 3.4 V open voltage and 5 A short current.",
        "The bath contained 30 mL clean water.",  # one amount, and other rules ask for it
        "The yield fell (by 5%) and rose (12%).",
        "It was mostly menthol (23.0%).",
    ],
)
def test_what_is_no_list_of_shares(sentence: str) -> None:
    assert not asked(sentence)
