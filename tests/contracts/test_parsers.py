"""What every parser promises, whoever wrote it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread import plugins
from wellread.corpus.parsed import HEAD, PARSERS, Parsed, parser_for
from wellread.errors import InputError
from wellread.records import Frozen
from wellread.testing.pdf import Line, pdf

NAMES = plugins.names(PARSERS)
FACTS = [
    "1-(2,5-dimethylhex-3-yn-1-yl)-2-methylcycloprop-1-ene",
    "bicyclo[2.2.1]hept-2-ene",
    "4.7 mS/cm",
    "-5 °C",
    "Na2.3Sc0.3Hf0.7Cl6",
    "p < 0.05*",
    "10^-3",
]
# One sample a parser: a new parser adds its own here.
SAMPLES = {
    "html": ("paper.html", "<!DOCTYPE html><html><head><title>A Title</title></head><body><article><h1>A Title</h1>"
             "<p>{}</p><p>" + "And so on. " * 10 + "</p></article></body></html>"),
    "jats": (
        "paper.xml",
        "<article><front><article-meta><title-group><article-title>A Title</article-title></title-group>"
        "</article-meta></front><body><p>{}</p></body></article>",
    ),
    "jats_set": (
        "paper.xml",
        "<pmc-articleset><article><front><article-meta><title-group><article-title>A Title</article-title></title-group>"
        "</article-meta></front><body><p>{}</p></body></article></pmc-articleset>",
    ),
    "json": ("paper.json", '{{"title": "A Title", "text": "{}"}}'),
    "latex": ("paper.tex", "\\documentclass{{article}}\n\\title{{A Title}}\n\\begin{{document}}\n{}\n\\end{{document}}"),
    "markdown": ("paper.md", "# A Title\n\n{}\n"),
    "pdf": ("paper.pdf", ""),
    "s2orc": ("paper.json", '{{"paper_id": "1", "title": "A Title", "body_text": [{{"text": "{}", "section": ""}}]}}'),
    "tei": (
        "paper.tei.xml",
        "<TEI><teiHeader><fileDesc><titleStmt><title>A Title</title></titleStmt></fileDesc></teiHeader>"
        "<text><body><div><p>{}</p></div></body></text></TEI>",
    ),
    "text": ("paper.txt", "A Title\n\n{}\n"),
}  # fmt: skip
XML = ("jats", "jats_set", "tei", "html")


def test_every_parser_has_a_sample():
    assert set(SAMPLES) == set(NAMES)


def read(name, text):
    parser = plugins.load(PARSERS, name)
    return parser.parse(text, f"folder/{SAMPLES[name][0]}", parser.Params())


def filled(name, words):
    template = SAMPLES[name][1]
    if name == "pdf":
        return pdf([[Line(50, 780, "A Title", 20), Line(50, 740, words)]], title="A Title")
    if name == "latex":
        words = words.replace("^-3", "$^{-3}$").replace("%", "\\%").replace("&", "\\&")
    if name in XML:
        words = words.replace("&", "&amp;").replace("<", "&lt;")
    return template.format(words).encode()


@pytest.mark.parametrize("name", NAMES)
class TestParser:
    def test_has_all_that_a_parser_needs(self, name):
        parser = plugins.load(PARSERS, name)
        assert parser.__doc__
        assert "Source:" in parser.__doc__
        assert parser.READS
        assert issubclass(parser.Params, Frozen)
        parser.Params()

    def test_claims_its_own_and_nothing_of_the_others(self, name):
        for other in NAMES:
            path, head = Path(SAMPLES[other][0]), filled(other, "words")
            assert plugins.load(PARSERS, name).claims(path, head) == (name == other)
        assert parser_for(Path(SAMPLES[name][0]), filled(name, "words")) is plugins.load(PARSERS, name)

    @pytest.mark.parametrize("suffix", ["", ".md", ".txt", ".xml", ".pdf", ".html", ".tex", ".json", ".png"])
    def test_contents_decide_where_they_can(self, name, suffix):
        found = parser_for(Path(f"paper{suffix}"), filled(name, "words")[:HEAD])
        if name not in ("markdown", "text"):
            assert found is plugins.load(PARSERS, name)
        claimed = [n for n in NAMES if plugins.load(PARSERS, n).claims(Path(f"paper{suffix}"), filled(name, "words"))]
        assert len(claimed) == (found is not None)

    def test_title_first_paragraphs_apart(self, name):
        parsed = read(name, filled(name, "Some words."))
        assert isinstance(parsed, Parsed)
        assert parsed.title == "A Title"
        assert parsed.text.startswith("A Title\n\nSome words.")
        assert parsed.sections[0].text.startswith("Some words.")

    @pytest.mark.parametrize("fact", FACTS)
    def test_keeps_names_and_numbers(self, name, fact):
        assert f"\n\nIt was {fact}, they say." in read(name, filled(name, f"It was {fact}, they say.")).text

    @pytest.mark.parametrize("raw", [b" \n ", b"\x89PNG\r\n\x00\x01", b"caf\xe9 \xff"])
    def test_refuses_what_is_no_text(self, name, raw):
        with pytest.raises(InputError, match=r"folder/paper\.") as caught:
            read(name, raw)
        assert "\n" not in str(caught.value)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([name for name in NAMES if name != "pdf"]),
    st.binary(max_size=80),
    st.integers(0, 120),
    st.booleans(),
)
def test_any_damage_is_text_or_one_clear_line(name, noise, at, cut):
    whole = filled(name, "Some words with *signs* & <b>more</b>.")
    raw = whole[:at] + noise + (b"" if cut else whole[at:])
    try:
        said = read(name, raw).text
    except InputError as error:
        said = str(error).replace("\n", "ONE LINE ONLY")
    assert "ONE LINE ONLY" not in said
    said.encode()
