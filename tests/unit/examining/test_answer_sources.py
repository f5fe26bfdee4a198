"""The sentence of a paper that an answer stands in."""

import pytest

from wellread.examining.table import _sources
from wellread.records import Passage, Question

TEXT = "Quor is an oxide. It melts at 146 °C. Ketrosal is its catalyst, in toluene."
PASSAGE = Passage(id="p/a", paper="p", telling="a", title="", text=TEXT, source="", sha256="")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ({"keywords": ("Ketrosal", "toluene")}, "Ketrosal is its catalyst, in toluene."),
        ({"number": "146 °C"}, "It melts at 146 °C."),
        ({"choices": ("salt", "Ketrosal"), "correct": "B"}, "Ketrosal is its catalyst, in toluene."),
        ({"answer": "An oxide of ten letters."}, ""),
        ({}, ""),
    ],
)
def test_every_kind_of_key_has_its_sentence(key: dict, sentence: str) -> None:
    assert _sources([Question(id="q", question="?", paper="p", **key)], [PASSAGE]) == [sentence]
