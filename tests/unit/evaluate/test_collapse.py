import re
from pathlib import Path

import pytest

from wellread.evaluate.collapse import begun, fault, said, shares

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize("text", ["", "  \n", "...", "\u200b", "**"])
def test_empty(text: str) -> None:
    assert fault(text) == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "the the the the the the the the",
        "Ketrosal is a catalyst. Ketrosal is a catalyst. " * 4,
        "aaaaaaaaaaaaaaaaaaaaaa",
        "Quor melts at 146 °C and then " + "it melts and it cools and " * 8,
        "1.1.1.1.1.1.1.1.1.1.1.1.",
        "融融融融融融融融融融融融融融融融融融",
    ],
)
def test_repetition(text: str) -> None:
    assert fault(text) == "repetition"


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd\ufffd\ufffd is \ufffd",
        "xkcdw qrtpl zzvbn mnbvc lkjhg fdspq",
        "}{]]/// ;;=> ##@@ <<|| ~~^^ &&%% $$ ((",
        "the Привет 你 مرحبا שלום ไทย word and more of that",
    ],
)
def test_gibberish(text: str) -> None:
    assert fault(text) == "gibberish"


def test_what_people_write_is_none_of_these() -> None:
    """Every sentence and every paragraph of the example papers, in five languages."""
    for path in sorted(EXAMPLES.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for part in [*re.split(r"(?<=[.。?!])\s+|\n", text), *text.split("\n\n"), text]:
            if part.strip():
                assert fault(part) is None, part


@pytest.mark.parametrize(
    "text", ["146 °C", "B", "H2O", "10^-3 S/cm", "2-ethenyl-3-(2-methoxyethyl)oxirane", "1, 2, 3, 4, 5", "no"]
)
def test_short_answers_stand(text: str) -> None:
    assert fault(text) is None


def test_in_words() -> None:
    found = shares(["empty", None, "repetition", "repetition"])
    assert found == {"empty": 0.25, "repetition": 0.5}
    assert said(found) == "collapsed: 25% of the answers are empty, 50% of the answers repeat themselves"
    assert said(shares([None] * 9 + ["empty"])) == "10% of the answers are empty"
    assert said(shares([None])) == said({}) == ""


def test_training_is_blamed_for_a_collapse_that_was_not_there_before() -> None:
    sound, fallen = [None] * 10, ["repetition"] * 4 + ["empty"] + [None] * 5
    assert begun(fallen, sound) == "10% of the answers are empty, 40% of the answers repeat themselves"
    assert begun(fallen, fallen) is None
    assert begun(["repetition", *sound], sound) is None
