"""The language of a text."""

import pytest

from wellread.corpus.ingest.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ionic conductivity of the garnet was measured at room temperature after it had been pressed.", "en"),
        ("Die Ionenleitfähigkeit des Granats wurde bei Raumtemperatur gemessen, nachdem er gepresst worden war.", "de"),
        ("固体電解質のイオン伝導度を室温で測定した。", "ja"),
        ("12.5 3.7 (4)", None),
        ("", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code


def test_an_abstract_in_english_makes_no_german_paper_english() -> None:
    abstract = "We report on the ionic conductivity of a garnet. " * 8
    body = "Die Leitfähigkeit wurde bei Raumtemperatur gemessen und mit der von Glas verglichen. " * 30
    assert language(abstract + body) == "de"
