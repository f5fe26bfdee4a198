"""JATS XML."""

from pathlib import Path

import pytest

from wellread.corpus.parsers.jats import Params, claims, parse
from wellread.errors import InputError

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "papers" / "jats"
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
MATH = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def article(body="<p>Text.</p>", front="", prologue="", title="A Title"):
    head = f"<article-meta>{front}<title-group><article-title>{title}</article-title></title-group></article-meta>"
    return f"{prologue}<article {LINK} {MATH}><front>{head}</front><body>{body}</body></article>".encode()


def paragraphs(body, **parts):
    text = parse(article(body, **parts), "folder/stem.xml", Params()).text
    return text.split("\n\n")[1:]


def test_title_abstract_sections_licence_doi():
    front = """<article-id pub-id-type="doi">https://doi.org/10.1/x</article-id>
      <permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>L</license-p></license>
      </permissions><abstract><p>Short <italic>abstract</italic>.</p></abstract>
      <abstract abstract-type="graphical"><p>picture</p></abstract>"""
    body = "<sec><label>1.</label><title>Intro</title><p>One\n two.</p><sec><title>Sub</title><p>Three.</p></sec></sec>"
    parsed = parse(article(body, front, title="On H<sub>2</sub>O<xref ref-type='fn'>*</xref>"), "x.xml", Params())
    assert parsed.title == "On H2O"
    assert parsed.text == "On H2O\n\nShort abstract.\n\nIntro\n\nOne two.\n\nSub\n\nThree."
    assert (parsed.licence, parsed.doi) == ("CC-BY-4.0", "10.1/x")
    assert parsed.left_out == {"further abstracts": 1}


def test_text_before_the_first_heading_is_no_abstract():
    front = "<abstract><sec><title>Results</title><p>Short.</p></sec></abstract>"
    body = "<p>Known.</p><sec><title>Methods</title><p>Pressed.</p><sec><title>Results</title><p>Hot.</p></sec></sec>"
    parsed = parse(article(body, front), "x.xml", Params())
    assert [(section.kind, section.heading, section.text) for section in parsed.sections] == [
        ("abstract", "", ""),
        ("abstract", "Results", "Short."),
        ("introduction", "", "Known."),
        ("methods", "Methods", "Pressed."),
        ("methods", "Results", "Hot."),
    ]


@pytest.mark.parametrize(
    ("front", "licence"),
    [
        ("<permissions><license license-type='creativeCommonsBy-nc'><license-p>x</license-p></license></permissions>", "CC-BY-NC"),
        ("<permissions><license><ali:license_ref xmlns:ali='http://www.niso.org/schemas/ali/1.0/'>"
         "http://creativecommons.org/licenses/by/4.0/</ali:license_ref></license></permissions>", "CC-BY-4.0"),
        ("<copyright-statement>A. Author. Distributed under the Creative Commons Attribution License.</copyright-statement>", "CC-BY"),
        ("<permissions><copyright-statement>2019 A House</copyright-statement></permissions>", "copyright"),
        ("<permissions><copyright-holder>A House</copyright-holder><license><p>CC BY-ND 4.0</p></license></permissions>", "CC-BY-ND-4.0"),
        ("", None),
    ],
)  # fmt: skip
def test_licence(front, licence):
    assert parse(article(front=front), "x.xml", Params()).licence == licence


def test_journal_year_language_and_asides():
    raw = f"""<article xml:lang="de" {LINK}><front><journal-meta><journal-title-group><journal-title>J. Garnets</journal-title>
      </journal-title-group></journal-meta><article-meta><pub-date pub-type="collection"><year>2021</year></pub-date>
      <pub-date pub-type="epub"><year>2020</year></pub-date></article-meta></front><body><p>Text.<fn><p>A note.</p></fn></p>
      <table-wrap><label>Table 1</label><caption><p>Cells</p></caption><table><tr><th>Li<sup>+</sup></th><td>2</td></tr></table>
      </table-wrap></body><back><ack><title>Thanks</title><p>To all.</p></ack><app-group><app><title>Appendix</title><p>More.</p>
      </app></app-group><ref-list><ref><label>1</label><element-citation><surname>A</surname><year>2001</year></element-citation>
      </ref><ref><mixed-citation>B, Paper <bold>7</bold>.</mixed-citation></ref></ref-list></back></article>"""
    parsed = parse(raw.encode(), "x.xml", Params())
    assert (parsed.journal, parsed.year, parsed.language) == ("J. Garnets", 2020, "de")
    assert [(aside.kind, aside.label, aside.text) for aside in parsed.asides] == [
        ("note", "", "A note."),
        ("table", "Table 1", "Cells\nLi+ | 2"),
        ("note", "Thanks", "To all."),
        ("reference", "1", "A 2001"),
        ("reference", "", "B, Paper 7."),
    ]
    assert parsed.sections[-1].text == "More."


def test_an_article_in_an_answer_of_a_web_service():
    inner = article("<p>Text.</p>").decode()
    assert parse(f"<response><records>{inner}</records></response>".encode(), "x.xml", Params()).title == "A Title"
    with pytest.raises(InputError, match="holds 2 articles"):
        parse(f"<pmc-articleset>{inner}{inner}</pmc-articleset>".encode(), "x.xml", Params())


def test_title_falls_back_on_the_name_of_the_file():
    raw = b"<article><body><p>Text.</p></body></article>"
    assert parse(raw, "folder/PMC1.xml", Params()).title == "PMC1"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>10<sup>−3</sup> S cm<sup>−1</sup>, Li<sup>+</sup></p>", "10^-3 S cm^-1, Li+"),
        ("<p><sup>13</sup>C in <italic>T</italic><sub>g</sub></p>", "13C in Tg"),
        ("<p>Fm<inline-formula><mml:math><mml:mover><mml:mn>3</mml:mn><mml:mo>¯</mml:mo></mml:mover></mml:math>"
         "</inline-formula>m</p>", "Fm3\u0304m"),
        ("<p>so <inline-formula><mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>=</mml:mo>"
         "<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math></inline-formula>.</p>", "so x^2 = 1/2."),
        ("<p>as <inline-formula><alternatives><tex-math>\\alpha</tex-math><inline-graphic/></alternatives>"
         "</inline-formula> shows</p>", "as α shows"),
        ("<p>known <xref ref-type='bibr'>[1]</xref>, too</p>", "known, too"),
        ("<p>known [<xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>2</xref>–<xref ref-type='bibr'>5</xref>].</p>",
         "known."),
        ("<p>known<sup><xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>2</xref></sup> of 10<sup>5</sup></p>",
         "known of 10^5"),
        ("<p>known.<xref ref-type='ref'>1</xref>, <xref ref-type='ref'>2</xref> Next</p>", "known. Next"),
        ("<p>known.[<xref ref-type='ref'><sup>1</sup></xref>, <xref ref-type='ref'><sup>2</sup></xref>] Next</p>",
         "known. Next"),
        ("<p>so <xref ref-type='bibr'>[1]</xref>, <xref ref-type='bibr'>[2]</xref>–<xref ref-type='bibr'>[4]</xref>, and "
         "more <xref ref-type='bibr'>[5]</xref> ,<xref ref-type='bibr'>[6]</xref>.</p>", "so, and more."),
        ("<p>In Ref. <xref ref-type='bibr'>[12]</xref>, and in refs. [<xref ref-type='bibr'>3</xref>] too</p>",
         "In Ref. [12], and in refs. [3] too"),
        ("<p>one (see, e.g., <xref ref-type='bibr'>[1]</xref>) or (cats; [<xref ref-type='bibr'>2</xref>]) or "
         "(<xref ref-type='bibr'>[3]</xref>, p. 4) of f() [[<xref ref-type='bibr'>3</xref>]]</p>", "one or (cats) or (p. 4) of f()"),
        ("<p>known<sup><xref ref-type='bibr'>1</xref>−<xref ref-type='bibr'>3</xref></sup> as 10<sup>−\u20093</sup></p>",
         "known as 10^-3"),
        ("<p>by Shi et al. <xref ref-type='bibr'>[9]</xref>. Next</p>", "by Shi et al. Next"),
        ("<p>in ref. <xref ref-type='bibr'>12</xref></p>", "in ref. 12"),
        ("<p>in refs. <xref ref-type='bibr'>12</xref>,<xref ref-type='bibr'>13</xref> too</p>", "in refs. 12,13 too"),
        ("<p>A\xa0b\u2009c  (<xref ref-type='bibr'>12</xref>)\n [ <xref ref-type='bibr'>1</xref>\n]\n. D</p>", "A b c. D"),
        ("<p>(<xref ref-type='bibr'>Aurbach et al., 2000</xref>)</p>", "(Aurbach et al., 2000)"),
        ("<p>by Shi et al.<sup><xref ref-type='bibr'>9</xref></sup>. Next</p>", "by Shi et al. Next"),
        ("<p>see <xref ref-type='fig'>Figure 1</xref>b</p>", "see Figure 1b"),
        ("<p>known<xref ref-type='bibr'><sup>1</sup></xref><sup>,</sup><xref ref-type='bibr'><sup>2</sup></xref> Cl<sup>–</sup></p>",
         "known Cl-"),
        ("<p>a<break/>b &amp; c &lt; d</p>", "a b & c < d"),
        ("<p>line (<inline-graphic/>) here</p>", "line here"),
    ],
)  # fmt: skip
def test_within_a_paragraph(body, told):
    assert paragraphs(body) == [told]


@pytest.mark.timeout(60)
def test_a_paragraph_that_cites_without_end():
    cited = "<xref ref-type='bibr'>1</xref>"
    (told,) = paragraphs(f"<p>known {cited}{f' and {cited}' * 50_000}{' ' * 300_000} [{cited}{' ,' * 100_000}].</p>")
    assert told == f"known 1{' and 1' * 50_000}."


def test_blocks_in_a_paragraph_become_paragraphs():
    body = """<p>Before <list><list-item><label>(1)</label><p>one</p></list-item><list-item><p>two</p></list-item></list>
      after.</p>"""
    assert paragraphs(body) == ["Before", "(1) one", "two", "after."]


@pytest.mark.parametrize("heading", ["Summary", "Objective", "Conclusions"])
def test_an_abstract_is_one_whatever_it_is_called(heading):
    parsed = parse(article(front=f"<abstract><title>{heading}</title><p>Short.</p></abstract>"), "x.xml", Params())
    assert [(section.kind, section.text) for section in parsed.sections] == [("abstract", "Short."), ("other", "Text.")]


def test_of_abstracts_of_special_kinds_the_longest_is_read():
    front = """<abstract abstract-type="graphical"><p><fig><graphic/></fig></p></abstract>
      <abstract abstract-type="main"><p>The one to read.</p></abstract><trans-abstract><p>Der.</p></trans-abstract>"""
    parsed = parse(article(front=front), "x.xml", Params())
    assert (parsed.sections[0].text, parsed.left_out) == ("The one to read.", {"further abstracts": 2})


def test_the_licence_of_a_picture_in_the_abstract_is_not_the_paper_s():
    front = """<abstract><p><fig><permissions><license><p>CC BY-NC-ND</p></license></permissions></fig>Short.</p></abstract>
      <permissions><license><p>CC BY 4.0</p></license></permissions>"""
    assert parse(article(front=front), "x.xml", Params()).licence == "CC-BY-4.0"


def test_what_stands_behind_the_body_is_kept():
    raw = """<article><body><p>Text.</p></body><back><bio><p>Who.</p></bio><p>Added in proof.</p></back>
      <floats-group><boxed-text><title>Box</title><p>In a box.</p></boxed-text><fig><label>F</label><graphic/></fig></floats-group>
      </article>"""
    parsed = parse(raw.encode(), "x.xml", Params())
    assert [(part.heading, part.text) for part in parsed.sections] == [
        ("", "Text."),
        ("", "Added in proof."),
        ("Box", "In a box."),
    ]
    assert (parsed.asides[0].text, parsed.left_out) == ("Who.", {"notes": 1, "figures": 1})


@pytest.mark.parametrize("written", ["https://doi.org/10.1/x", "doi:10.1/x", " 10.1/x "])
def test_a_doi_however_it_is_written(written):
    front = f'<article-id pub-id-type="doi">{written}</article-id>'
    assert parse(article(front=front), "x.xml", Params()).doi == "10.1/x"
    assert parse(article(front=front.replace("10.1/x", "none")), "x.xml", Params()).doi is None


def test_tables_figures_formulae_and_references_are_left_out_and_counted():
    body = """<p>Kept <disp-formula><tex-math>E=mc^2</tex-math></disp-formula>here.</p>
      <fig><label>Fig. 1</label><caption><p>gone</p></caption></fig>
      <table-wrap><table><tr><td>gone</td></tr></table></table-wrap><ref-list><ref>gone</ref></ref-list>"""
    parsed = parse(article(body), "x.xml", Params())
    assert parsed.text == "A Title\n\nKept here."
    assert parsed.left_out == {"formulae": 1, "figures": 1, "tables": 1, "references": 1}


def test_a_name_space_and_other_encodings():
    raw = b'<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.4/"><body><p>Text.</p></body></article>'
    assert parse(raw, "x.xml", Params()).text == "x\n\nText."
    for codec in ("iso-8859-1", "utf-16"):
        raw = article("<p>Größe</p>", prologue=f'<?xml version="1.0" encoding="{codec}"?>').decode().encode(codec)
        assert parse(raw, "x.xml", Params()).text == "A Title\n\nGröße"


def test_a_doctype_alone_is_fine_and_its_named_signs_are_known():
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "https://nowhere.invalid/jats.dtd">'
    assert paragraphs("<p>&alpha;-Fe</p>", prologue=doctype) == ["α-Fe"]


def test_a_declared_letter_is_that_letter():
    prologue = '<!DOCTYPE article [<!ENTITY deg "&#176;"><!ENTITY amp "&#38;#38;">]>'
    assert paragraphs("<p>20 &deg;C &amp; more</p>", prologue=prologue) == ["20 °C & more"]


def test_an_empty_line_before_the_declaration():
    assert paragraphs("<p>Text.</p>", prologue='\r\n<?xml version="1.0"?>') == ["Text."]


BOMB = '<!DOCTYPE article [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE article [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE article [<!ENTITY % b SYSTEM "http://nowhere.invalid/x"> %b;]>'


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE, PARAMETER])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(prologue, codec):
    raw = article("<p>&b;</p>", prologue=f'<?xml version="1.0" encoding="{codec}"?>{prologue}')
    with pytest.raises(InputError, match=r"x\.xml declares XML entities"):
        parse(raw.decode().encode(codec), "x.xml", Params())


def test_a_bomb_in_an_attribute_is_refused_before_it_is_expanded():
    levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
    raw = f'<!DOCTYPE article [<!ENTITY a0 "aaaaaaaaaa">{levels}]><article x="&a8;"><body/></article>'
    with pytest.raises(InputError, match="declares XML entities"):
        parse(raw.encode(), "x.xml", Params())


def test_entities_in_an_encoding_that_only_one_reader_knows():
    raw = article("<p>&b;</p>", prologue=f'<?xml version="1.0" encoding="euc-jp"?>{OUTSIDE}')
    with pytest.raises(InputError, match="declares XML entities"):
        parse(raw, "x.xml", Params())


def test_a_dtd_is_never_read(tmp_path):
    (tmp_path / "jats.dtd").write_text("<!ELEMENT broken <", encoding="utf-8")
    assert paragraphs("<p>Text.</p>", prologue=f'<!DOCTYPE article SYSTEM "{tmp_path}/jats.dtd">') == ["Text."]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<article>\n<front></article>", r"broken XML: line 2, column \d+: Opening and ending tag mismatch"),
        (b"<article><front/><body>", "broken XML: line 1"),
        (b"plain words", "broken XML: line 1, column 1"),
        (b"\x89PNG\r\n\x00", "broken XML"),
        (b"  \n ", "only white space"),
        (article("<sec>" * 3000 + "<p>x</p>" + "</sec>" * 3000), "Excessive depth"),
        (b'<?xml version="1.0" encoding="no-such"?><article/>', "encoding"),
        (b"<TEI><text/></TEI>", r"not JATS: its root is <TEI>\. Give a JATS article"),
        (b"<article><para>DocBook</para></article>", "not JATS: its root is <article>"),
        (b"<article><front/></article>", "neither an abstract nor a body"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(raw, said):
    with pytest.raises(InputError, match=said) as caught:
        parse(raw, "folder/x.xml", Params())
    assert str(caught.value).startswith("folder/x.xml ")
    assert "\n" not in str(caught.value)


def test_claims_by_name_or_content():
    assert claims(Path("a.XML"), b"anything")
    assert claims(Path("a.txt"), b'\xef\xbb\xbf\n<?xml version="1.0"?>')
    assert claims(Path("a.md"), '<?xml version="1.0"?>'.encode("utf-16"))
    assert not claims(Path("a.md"), b"# Title <?xml")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no real papers beside the checkout")
def test_real_papers():
    """Every paper gives title, abstract, body, licence and DOI, with nothing of the markup in the text."""
    index = (SHARED.parent / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    rows = {row[0]: row for line in index[1:] if (row := line.split("\t"))[0].startswith("jats/")}
    paths = sorted(SHARED.glob("*.xml"))
    assert len(paths) == len(rows) >= 30
    for path in paths:
        parsed = parse(path.read_bytes(), str(path), Params())
        row = rows[f"jats/{path.name}"]
        assert parsed.doi == row[1]
        assert parsed.licence == "CC-BY-4.0"
        assert parsed.title.replace(" ", "")[:40] == row[4].replace("\u2010", "-").replace(" ", "")[:40]
        assert len(parsed.text.split()) > 2000, path.name
        kinds = {section.kind for section in parsed.sections}
        assert "abstract" in kinds, path.name
        assert kinds & {"introduction", "results", "conclusion"}, path.name
        assert parsed.journal == row[2]
        assert parsed.year is not None
        assert sum(aside.kind == "reference" for aside in parsed.asides) > 10, path.name
        abstract = next(part for part in parsed.text.split("\n\n")[1:3] if len(part.split()) > 15)
        assert len(abstract.split()) > 40, path.name
        assert not any(sign in parsed.text for sign in ("\ue000", "\ue001", "\\begin", "[,", "<sup", "</")), path.name
