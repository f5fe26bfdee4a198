"""PDF: columns, whole words, running heads, headings, asides; and files that mean harm."""

import itertools
import re
from pathlib import Path

import pytest

from wellread.corpus.parsers import jats
from wellread.corpus.parsers.pdf import Params, claims, parse
from wellread.errors import InputError
from wellread.testing.pdf import Line, pdf

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "papers"
LEFT = ["Solid electrolytes are compared here with", "liquid ones, which burn. The first conduc-", "tors were iodides, and the best of them",
        "are garnets today. Their grains and their", "pores decide how much of the lithium gets"]  # fmt: skip
RIGHT = ["through. We press them hot, which closes", "the pores, and we find that the conductiv-", "ity rises to half a millisiemens [1, 2], as",
         "others have seen before us in pellets [3]", "of the same density, at room temperature."]  # fmt: skip


def page_of(number: int, lines: list[Line]) -> list[Line]:
    """A page with a running head and its number."""
    return [Line(50, 810, "Journal of Garnets 7 (2020) 1-9", 8), *lines, Line(290, 30, str(number), 8)]


def two_columns() -> list[Line]:
    """The lines come row by row, as some printers write them."""
    sides = enumerate(zip(LEFT, RIGHT, strict=True))
    return [
        line for row, both in sides for line in (Line(50, 700 - 12 * row, both[0]), Line(310, 700 - 12 * row, both[1]))
    ]


def paper() -> bytes:
    front = [
        Line(50, 780, "Garnets conduct when they are pressed hot", 20),
        Line(50, 750, "A. Author and B. Author, Institute of Garnets, Somewhere"),
        Line(50, 730, "1. Introduction", 12, True),
    ]
    methods = [
        Line(50, 700, "2. Methods", 12, True),
        Line(50, 680, "Pellets were pressed at one thousand degrees for an hour."),
    ]
    back = [
        Line(50, 400, "References", 12, True),
        Line(50, 380, "[1] C. Author, Paper one, Journal 1 (2001) 1."),
        Line(50, 350, "[2] D. Author, Paper two, Journal 2 (2002) 2."),
    ]
    return pdf(
        [page_of(1, front + two_columns()), page_of(2, methods), page_of(3, back)],
        "Garnets conduct when they are pressed hot",
    )


def test_reading_order_whole_words_and_no_running_heads():
    parsed = parse(paper(), "x.pdf", Params())
    once = ("Solid electrolytes are compared here with liquid ones, which burn. The first conductors were iodides, and the best of "
            "them are garnets today. Their grains and their pores decide how much of the lithium gets through. We press them hot, "
            "which closes the pores, and we find that the conductivity rises to half a millisiemens, as others have seen before us "
            "in pellets of the same density, at room temperature.")  # fmt: skip
    assert " ".join(parsed.text.split()).count(once) == 1
    assert parsed.title == "Garnets conduct when they are pressed hot"
    assert "Journal of Garnets" not in parsed.text
    assert not re.search(r"^\d+$", parsed.text, re.MULTILINE)


def test_sections_and_asides():
    parsed = parse(paper(), "x.pdf", Params())
    assert [(section.heading, section.kind) for section in parsed.sections] == [
        ("Introduction", "introduction"),
        ("Methods", "methods"),
    ]
    assert parsed.sections[1].text == "Pellets were pressed at one thousand degrees for an hour."
    assert [aside.text[:3] for aside in parsed.asides if aside.kind == "reference"] == ["[1]", "[2]"]
    assert "Institute" not in parsed.text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.4 nothing more", "is a broken PDF"),
        (paper()[:300], "is a broken PDF"),
        (pdf([[]]), r"has no text\. Put it through OCR"),
        (b"<html>", "is not a PDF, whatever its name"),
    ],
)
def test_what_can_not_be_read(raw, said):
    with pytest.raises(InputError, match=said) as caught:
        parse(raw, "folder/x.pdf", Params())
    assert str(caught.value).startswith("folder/x.pdf ")


def test_the_reader_may_die_and_the_next_file_is_read():
    with pytest.raises(InputError, match=r"takes more than 0\.001 seconds"):
        parse(
            pdf([[Line(50, 800 - i % 700, "many words " * 8) for i in range(3000)]] * 3),
            "slow.pdf",
            Params(seconds=0.001),
        )
    assert parse(paper(), "x.pdf", Params()).sections


def test_the_reader_imports_nothing_from_the_user_s_folder(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('this is not the json that was meant')")
    monkeypatch.chdir(tmp_path)
    limits = Params(seconds=41)  # others than above: a reader of its own
    assert parse(paper(), "x.pdf", limits).sections


def test_the_end_of_a_sentence_is_no_heading():
    lines = [
        "Pellets of garnet were pressed hot for an hour, as in all our other",
        "methods.",
        "They were cooled slowly.",
    ]
    parsed = parse(pdf([[Line(50, 700 - 12 * row, line) for row, line in enumerate(lines)]]), "x.pdf", Params())
    assert "as in all our other methods. They were cooled slowly." in " ".join(parsed.text.split())
    assert not any(section.heading for section in parsed.sections)


def test_a_heading_in_another_font_that_does_not_say_how_heavy_it_is():
    told = [Line(50, 740, "Methods", 12, True), Line(50, 724, "Plant material", 9, serif=True)]
    told += [Line(50, 712 - 12 * row, line) for row, line in enumerate(LEFT)]
    told += [
        Line(50, 640, "The mint Mentha spicata grew there as well as", 10),
        Line(50, 628, "Mentha spicata", serif=True),
    ]
    told += [Line(50, 616, "of another field, which was dried in the shade.")]
    parsed = parse(pdf([told]), "x.pdf", Params())
    assert [(section.heading, section.kind) for section in parsed.sections] == [
        ("Methods", "methods"),
        ("Plant material", "methods"),
    ]
    assert parsed.sections[1].text.startswith("Solid electrolytes are compared")


def test_a_bold_heading_that_runs_into_its_paragraph():
    """Bold and other letters on one line, the heading of one line or two; a caption is none."""
    told = [
        Line(50, 740, "Methods", 12, True),
        Line(50, 716, "Plant material.", 10, True),
        Line(122, 716, "The mint was grown in the shade of"),
    ]
    told += [Line(50, 704, "an old wall, and dried for a week.")]
    told += [
        Line(50, 680, "Determination of what the oil of the mint holds", 10, True),
        Line(50, 668, "beside menthol.", 10, True),
    ]
    told += [Line(128, 668, "The oil was held against a light of"), Line(50, 656, "405 nm, which it absorbs.")]
    told += [
        Line(50, 620, "Figure 1.", 10, True),
        Line(98, 620, "The mint in its bed, with the shadow of"),
        Line(50, 608, "the wall on it."),
    ]
    parsed = parse(pdf([told]), "x.pdf", Params())
    assert [(section.heading, section.text) for section in parsed.sections] == [
        ("Methods", ""),
        ("Plant material", "The mint was grown in the shade of an old wall, and dried for a week."),
        (
            "Determination of what the oil of the mint holds beside menthol",
            "The oil was held against a light of 405 nm, which it absorbs.",
        ),
    ]
    assert {section.kind for section in parsed.sections} == {"methods"}
    assert [aside.text for aside in parsed.asides] == [
        "Figure 1. The mint in its bed, with the shadow of the wall on it."
    ]


def test_what_stands_in_a_drawing_is_not_read_as_text():
    axis = [Line(60, 560 - 14 * n, str(90 - 10 * n), 8) for n in range(5)]
    labels = [Line(90, 480, "Mint (dried)", 8, serif=True), Line(170, 480, "Basil oil", 8, serif=True)]
    told = [Line(50, 700 - 12 * row, line) for row, line in enumerate(LEFT)]
    cells = [Line(50, 462, "12.1 ± 0.2 12.2 ± 0.2 (Day 90)", 9, serif=True)]
    rest = [Line(50, 440 - 12 * row, line) for row, line in enumerate(RIGHT)]
    text = " ".join(parse(pdf([told + axis + labels + cells + rest]), "x.pdf", Params()).text.split())
    assert "how much of the lithium gets through. We press them hot" in text


def test_a_paragraph_goes_on_after_a_footnote():
    first = [Line(50, 700 - 12 * row, line) for row, line in enumerate(LEFT)]
    note = [Line(50, 90, "Q. Author is to be written to (email: q at garnets.example)", 8.5)]
    rest = [Line(50, 780 - 12 * row, line) for row, line in enumerate(RIGHT)]
    text = parse(pdf([first + note, rest]), "x.pdf", Params()).text
    assert "how much of the lithium gets through. We press them hot" in " ".join(text.split())
    assert "Q. Author is to be written to" in text


@pytest.mark.parametrize("alone", ["7", "47", "", " "])
def test_a_page_of_a_letter_or_none(alone):
    text = parse(
        pdf([[Line(50, 700, "Garnets conduct when they are pressed hot.")], [Line(290, 400, alone)]]), "x.pdf", Params()
    ).text
    assert "Garnets conduct when they are pressed hot." in text


@pytest.mark.parametrize("left_out", ["", "^"], ids=["all there", "some left out"])
def test_letters_beyond_the_basic_plane(left_out):
    """A dose in micrograms is no dose in grams. PDFium leaves nulls out of its text, so that the count differs."""
    means = {"~": "𝜇", "#": "\U000f8020", "^": "\0"}
    told = f"Give 40 ~g of ~-carotene at 12#30 hours to each of the mice.{left_out}"
    parsed = parse(
        pdf([[Line(50, 700, told), Line(50, 688, "They had eaten before, and slept.")]], means=means), "x.pdf", Params()
    )
    assert "Give 40 μg of μ-carotene at 12 30 hours to each of the mice." in parsed.text


@pytest.mark.parametrize(
    ("second", "third", "licence"),
    [
        ("Open Access This article is licensed under CC BY 4.0.", "[9] E. Author, Paper.", "CC-BY-4.0"),
        ("All of it was deposited: see CC BY 4.0 files.", "[9] E. Author, Paper.", "copyright"),
        ("The data are shared under CC BY 4.0.", "The data are shared under CC BY 4.0.", "copyright"),
    ],
)
def test_a_licence_that_stands_before_the_references(second, third, licence):
    pages = [[Line(50, 700, words)] for words in ("Copyright 2020 A House. Garnets conduct.", second, third)]
    assert parse(pdf(pages), "x.pdf", Params()).licence == licence


@pytest.mark.parametrize(
    ("one", "two", "doi"),
    [
        ("https://doi.org/10.1016/j.garnet.2019.", "e01329 and words", "10.1016/j.garnet.2019.e01329"),
        ("https://doi.org/10.1016/j.garnet.2019.01.", "Received in May", "10.1016/j.garnet.2019.01"),
    ],
)
def test_a_doi_that_the_end_of_a_line_cuts(one, two, doi):
    assert parse(pdf([[Line(50, 700, one), Line(50, 680, two)]]), "x.pdf", Params()).doi == doi


def test_claims():
    assert claims(Path("a.xml"), b"%PDF-1.7")
    assert claims(Path("a.pdf"), b"no PDF")
    assert not claims(Path("a.pdf"), b"<!DOCTYPE html><html>")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no real papers beside the checkout")
@pytest.mark.parametrize("path", sorted((SHARED / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_real_papers_tell_what_their_twins_tell(path):
    """Of the 8-grams of the paper's JATS text, 85% or more are in the PDF's, in the same order."""
    twin = SHARED / "jats" / f"{path.stem}.xml"
    wanted = grams(jats.parse(twin.read_bytes(), str(twin), jats.Params()).text)
    parsed = parse(path.read_bytes(), str(path), Params())
    places: dict[tuple[str, ...], int] = {}
    for place, gram in enumerate(grams(parsed.text)):
        places.setdefault(gram, place)
    found = [places[gram] for gram in wanted if gram in places]
    assert len(found) >= 0.85 * len(wanted)
    assert sum(b > a for a, b in itertools.pairwise(found)) >= 0.99 * (len(found) - 1)
    assert parsed.licence is not None
    assert parsed.licence.startswith("CC-BY")
    assert "NC" not in parsed.licence


def grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[i : i + 8]) for i in range(len(words) - 7)]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no real papers beside the checkout")
@pytest.mark.parametrize("path", sorted((SHARED / "pdf-bad").glob("*.pdf")), ids=lambda path: path.stem)
def test_bad_files_end_well(path):
    try:
        said = parse(path.read_bytes(), str(path), Params()).text
    except InputError as error:
        said = str(error)
        assert "\n" not in said
    assert said.strip()
