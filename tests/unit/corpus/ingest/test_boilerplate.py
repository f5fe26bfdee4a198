"""What journals print in every paper goes; what a paper says stays."""

import pytest

from wellread.corpus.ingest.boilerplate import cleaned
from wellread.corpus.parsed import Section


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Acknowledgements", "acknowledgements"),
        ("6. Funding", "funding"),
        ("Author Contributions", "contributions"),
        ("Declaration of Competing Interest", "interests"),
        ("Conflicts of interest", "interests"),
        ("Data Availability Statement", "availability"),
        ("Supplementary Materials", "supplement"),
        ("Publisher’s Note", "permissions"),
        ("Danksagung", "acknowledgements"),
        ("謝辞", "acknowledgements"),
    ],
)
def test_sections(heading: str, reason: str) -> None:
    kept, cut = cleaned([Section(heading=heading, kind="other", text="We thank all.")])
    assert not kept
    assert [part.reason for part in cut] == [reason]
    assert "We thank all." in cut[0].text


@pytest.mark.parametrize(
    "heading",
    [
        *("Fundamentals", "Supercells", "Grain growth", "Copolymers", "Interests of the model"),
        *("Supplementary cementitious materials", "Open access journals", "Licensed spectrum", "Copyright law"),
    ],
)
def test_sections_of_the_paper_stay(heading: str) -> None:
    section = Section(heading=heading, kind="other", text="Grains grow.")
    assert cleaned([section]) == ([section], [])


def test_a_method_is_a_method_whatever_its_heading() -> None:
    section = Section(heading="Supplementary methods", kind="methods", text="Stir.")
    assert cleaned([section])[0] == [section]


@pytest.mark.parametrize(
    "paragraph",
    [
        "© 2020 The Authors. Published by Wiley.",
        "(c) 2020 The Authors.",
        "Copyright: © 2020 by the authors.",
        "The data are available in this article.",
        "This is an open access article under the terms of the licence.",
        "The authors declare no conflict of interest.",
        "The authors declare that they have no competing interests.",
        "Supplementary data to this article can be found online at https://doi.org/10.1/x.",
        "Publisher's note Springer Nature remains neutral.",
        "*Correspondence: someone@example.org",
    ],
)
def test_paragraphs(paragraph: str) -> None:
    kept, cut = cleaned([Section(heading="", kind="conclusion", text=f"It works.\n\n{paragraph}")])
    assert [section.text for section in kept] == ["It works."]
    assert [part.text for part in cut] == [paragraph]


def test_what_has_something_to_say_stays() -> None:
    text = "Supplementary data show that the cell holds 96% of its capacity."
    long = "The authors declare that no interest was taken, and " + "then they measured " * 60
    section = Section(heading="", kind="results", text=f"{text}\n\n{long}")
    assert cleaned([section]) == ([section], [])


@pytest.mark.parametrize(
    "paragraph",
    [
        "(c) The mixture was heated for an hour.",
        "Copyright law protects software.",
        "Data on garnets are available in the literature.",
        "Data on garnets are available in the open literature.",
    ],
)
def test_paragraphs_of_the_paper_stay(paragraph: str) -> None:
    section = Section(heading="", kind="results", text=paragraph)
    assert cleaned([section]) == ([section], [])
