"""Statements that 'respectively' folds into one."""

import pytest

from wellread.augment.english.respective import respective_asks


@pytest.mark.parametrize(
    ("sentence", "question", "fact", "told"),
    [
        (
            "the first capacities of NiO, CuO, and ZnO are 785, 633, and 972 mAh/g, respectively.",
            "what is the first capacity of CuO",
            "633 mAh/g",
            "The first capacity of CuO is 633 mAh/g.",
        ),
        (
            "the ratio of acids in olive, sesame and flaxseed oils were 9.5:1, 50.1:1 and 0.22:1, respectively (Table 1).",
            "what was the ratio of acids in sesame oil",
            "50.1:1",
            "The ratio of acids in sesame oil was 50.1:1.",
        ),
        (
            "In the first cycle, discharge and charge capacities were 1120 mAh/g and 972 mAh/g at 50 mA/g, respectively.",
            "what was the charge capacity",
            "972 mAh/g",
            "The charge capacity was 972 mAh/g at 50 mA/g.",
        ),
        (
            "we found that the densities of iron and copper were 7.87 and 8.96 g/L respectively.",
            "what was the density of iron",
            "7.87 g/L",
            "The density of iron was 7.87 g/L.",
        ),
        (
            "injector and transfer line temperatures were set at 230 and 300 °C, respectively.",
            "what was the injector temperature",
            "230 °C",
            "The injector temperature was 230 °C.",
        ),
    ],
)
def test_each_value_is_given_to_what_it_belongs_to(sentence: str, question: str, fact: str, told: str) -> None:
    found = {words: (ask.fact, statement) for ask, statement in respective_asks(sentence) for words in ask.wordings}
    assert found[question] == (fact, told)


@pytest.mark.parametrize(
    "sentence",
    [
        "the sizes of A and B are 5 nm and 6 nm and 7 nm, respectively.",  # two things, three values
        "the sizes of A and B are 5 nm and 6 nm.",
        "full and empty characters represent charges and discharges, respectively.",
        "the colours of A and B are blue and green, respectively.",
        "of " + "a, " * 2000 + "and b are 1 and 2, respectively.",
    ],
)
def test_lists_that_do_not_go_together_are_left(sentence: str) -> None:
    assert not list(respective_asks(sentence))
