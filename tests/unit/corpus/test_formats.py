"""TEI, HTML, LaTeX, S2ORC and JSON: sections, asides, and what each says of itself."""

import json

import pytest

from wellread.corpus.parsed import parser_for
from wellread.corpus.parsers import html, latex, s2orc, tei
from wellread.corpus.parsers import json as records
from wellread.errors import InputError

TEI = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="en"><fileDesc><titleStmt>
<title>On garnets</title></titleStmt><publicationStmt><availability><licence target="https://creativecommons.org/licenses/by-nc/4.0/"/>
</availability></publicationStmt><sourceDesc><biblStruct><analytic><idno type="DOI">10.1234/g</idno></analytic><monogr>
<title level="j">J. Garnets</title><imprint><date when="2019-05"/></imprint></monogr></biblStruct></sourceDesc></fileDesc>
<profileDesc><abstract><div><p>Short.</p></div></abstract></profileDesc></teiHeader><text><body>
<div><head n="1">Introduction</head><p>Known <ref type="bibr" target="#b0">[1]</ref>, and crys-<lb/>tals grow. H<hi rend="subscript">2</hi>O.</p></div>
<div><head>Results</head></div><div><head>Of pressing</head><p>It works (<ref type="bibr">Smith et al., 2010</ref>).</p></div>
<figure><head>Figure 1</head><figDesc>A picture.</figDesc></figure>
<figure type="table"><label>1</label><table><row><cell>a</cell><cell>b</cell></row></table></figure></body>
<back><div type="acknowledgement"><p>Thanks.</p></div><listBibl><biblStruct><title>Paper one</title></biblStruct></listBibl></back></text></TEI>"""

HTML = """<html lang="en-GB"><head><title>Site</title><meta name="citation_title" content="On garnets">
<meta name="citation_doi" content="10.1234/g"><meta name="citation_journal_title" content="J. Garnets">
<meta name="citation_publication_date" content="2020/03/01"></head><body><nav>Home</nav><div class="cookie-banner">Cookies</div>
<main><article><h1>On garnets</h1><h2>Abstract</h2><p>We reach 10<sup>-3</sup> S cm<sup>-1</sup>.</p><h2>1. Introduction</h2>
<p>Known<sup><a href="#ref-1">1</a>,<a href="#ref-2">2</a></sup> since long [<a href="#CR3">3</a>], and Li<sup>+</sup> moves.</p>
<h3>1.1 Why</h3><p>Because <math><msup><mi>x</mi><mn>2</mn></msup></math>.</p><figure><figcaption>Figure 1. A picture</figcaption></figure>
<table><tr><th>a</th><td>b</td></tr></table><h2>References</h2><ol><li>Paper one.</li></ol></article></main>
<footer>© 2020 A House. <a rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">x</a></footer></body></html>"""

LATEX = r"""\documentclass{article} % a comment
\newcommand{\LLZO}{Li$_7$La$_3$Zr$_2$O$_{12}$}\newcommand{\of}[2]{#1~#2}
\title{On \LLZO}\begin{document}\maketitle
\begin{abstract}We reach \of{10$^{-3}$}{S cm$^{-1}$} \cite{a,b}.\end{abstract}
\section{Introduction}\label{s} The garnet \LLZO{} is known~\cite{x}.\footnote{A note.}

50\% more.
\begin{equation} \sigma = \alpha x^2 \end{equation}
\begin{figure}\caption{A picture.}\end{figure}
\subsection{Why}\begin{itemize}\item One.\end{itemize}
\input{part}\input{../outside}
\begin{thebibliography}{9}\bibitem{a} Paper one.\end{thebibliography}\end{document}"""

S2ORC = {
    "paper_id": "1", "metadata": {"title": "On garnets", "year": 2018, "doi": "10.1234/g"},
    "abstract": [{"text": "Short [1].", "cite_spans": [{"start": 6, "end": 9}]}],
    "body_text": [{"text": "Known.", "section": "1 Introduction"}, {"text": "So.", "section": "1.1 Why"}, {"text": "Done.", "section": "Conclusions"}],
    "bib_entries": {"BIBREF0": {"title": "Paper one"}}, "ref_entries": {"TABREF0": {"text": "A table", "type": "table"}},
}  # fmt: skip


def shape(parsed):
    return [(section.kind, section.heading, section.text) for section in parsed.sections]


def asides(parsed):
    return {(aside.kind, aside.text) for aside in parsed.asides}


def test_tei():
    parsed = tei.parse(TEI.encode(), "x.tei.xml", tei.Params())
    assert shape(parsed) == [
        ("abstract", "", "Short."),
        ("introduction", "Introduction", "Known, and crystals grow. H2O."),
        ("results", "Results", ""),
        ("results", "Of pressing", "It works (Smith et al., 2010)."),
    ]
    assert asides(parsed) == {
        ("figure", "Figure 1\nA picture."),
        ("table", "a | b"),
        ("note", "Thanks."),
        ("reference", "Paper one"),
    }
    assert (parsed.title, parsed.doi, parsed.journal, parsed.year) == ("On garnets", "10.1234/g", "J. Garnets", 2019)
    assert (parsed.licence, parsed.language) == ("CC-BY-NC-4.0", "en")


@pytest.mark.timeout(60)
def test_tei_with_much_white_space():
    raw = TEI.replace("It works", f"It{' ' * 300_000}works").encode()
    assert "It works (Smith" in tei.parse(raw, "x.tei.xml", tei.Params()).text


def test_tei_of_training_data():
    raw = b'<tei><teiHeader><fileDesc xml:id="0"/></teiHeader><text><head>1. Introduction<lb/></head><p>Gar-<lb/>nets.<lb/></p></text></tei>'
    parsed = tei.parse(raw, "folder/stem.xml", tei.Params())
    assert shape(parsed) == [("introduction", "Introduction", "Garnets.")]
    assert parsed.title == "stem"


def test_html():
    parsed = html.parse(HTML.encode(), "x.html", html.Params())
    assert shape(parsed) == [
        ("abstract", "Abstract", "We reach 10^-3 S cm^-1."),
        ("introduction", "Introduction", "Known since long, and Li+ moves."),
        ("introduction", "Why", "Because x^2."),
    ]
    assert asides(parsed) == {("figure", "Figure 1. A picture"), ("table", "a | b"), ("reference", "Paper one.")}
    assert (parsed.title, parsed.doi, parsed.journal, parsed.year) == ("On garnets", "10.1234/g", "J. Garnets", 2020)
    assert (parsed.licence, parsed.language) == ("CC-BY-ND-4.0", "en")


@pytest.mark.timeout(60)
def test_a_page_with_much_white_space():
    raw = HTML.replace("<body>", f"<body>{' ' * 300_000}").replace("</p>", f"{' ' * 300_000}</p>")
    told = html.parse(raw.encode(), "x.html", html.Params())
    assert told.sections == html.parse(HTML.encode(), "x.html", html.Params()).sections


def test_a_page_with_a_stray_control_character():
    told = html.parse(HTML.replace("<body>", "<body><nav>x</nav>&#8;\x07").encode(), "x.html", html.Params())
    assert told.sections == html.parse(HTML.encode(), "x.html", html.Params()).sections


def test_a_page_without_an_article_is_refused():
    with pytest.raises(InputError, match=r"x\.html holds no article"):
        html.parse(b"<html><body><p>Please log in.</p></body></html>", "x.html", html.Params())


def test_latex(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.tex").write_text("Secret words.")
    (tmp_path / "in" / "part.tex").write_text("From the part.")
    parsed = latex.parse(LATEX.encode(), str(tmp_path / "in" / "x.tex"), latex.Params())
    assert shape(parsed) == [
        ("abstract", "", "We reach 10^-3 S cm^-1."),
        ("introduction", "Introduction", "The garnet Li7La3Zr2O12 is known.\n\n50% more."),
        ("introduction", "Why", "One.\n\nFrom the part."),
    ]
    assert asides(parsed) == {
        ("note", "A note."),
        ("formula", "σ= αx^2"),
        ("figure", "A picture."),
        ("reference", "Paper one."),
    }
    assert parsed.title == "On Li7La3Zr2O12"
    assert parsed.left_out["inputs"] == 1


def test_commands_that_feed_on_themselves():
    steps = [f"NEW{{X{chr(98 + i)}}}{{{f'X{chr(97 + i)}' * 40}}}" for i in range(1, 9)]
    raw = "DOC{a}NEW{Xb}{words }" + "".join(steps) + "BEGIN" + "Xj " * 50
    for word, command in (
        ("DOC", "\\documentclass"),
        ("NEW", "\\newcommand"),
        ("X", "\\a"),
        ("BEGIN", "\\begin{document}"),
    ):
        raw = raw.replace(word, command)
    with pytest.raises(InputError, match="grow without end"):
        latex.parse(raw.encode(), "x.tex", latex.Params())


def test_s2orc():
    parsed = s2orc.parse(json.dumps(S2ORC).encode(), "x.json", s2orc.Params())
    assert shape(parsed) == [
        ("abstract", "Abstract", "Short."),
        ("introduction", "Introduction", "Known."),
        ("introduction", "Why", "So."),
        ("conclusion", "Conclusions", "Done."),
    ]
    assert asides(parsed) == {("table", "A table"), ("reference", "Paper one")}
    assert (parsed.title, parsed.doi, parsed.year) == ("On garnets", "10.1234/g", 2018)


def test_s2orc_with_annotations():
    text = "On garnets\nShort.\nMethods\nWe press."
    notes = {"title": [(0, 10)], "abstract": [(11, 17)], "sectionheader": [(18, 25)], "paragraph": [(26, 35)]}
    told = {kind: json.dumps([{"start": start, "end": end} for start, end in spans]) for kind, spans in notes.items()}
    parsed = s2orc.parse(
        json.dumps({"corpusid": 1, "content": {"text": text, "annotations": told}}).encode(), "x.json", s2orc.Params()
    )
    assert shape(parsed) == [("abstract", "", "Short."), ("methods", "Methods", "We press.")]
    assert parsed.title == "On garnets"


RECORD = {
    "title": "On garnets",
    "abstract": "Short.",
    "introduction": "Known.\n\nWell.",
    "conclusion": "Done.",
    "license": "cc-by-sa 4.0",
    "year": 2020,
}


def test_json_record():
    parsed = records.parse(json.dumps(RECORD).encode(), "x.json", records.Params())
    assert shape(parsed) == [
        ("abstract", "Abstract", "Short."),
        ("introduction", "Introduction", "Known.\n\nWell."),
        ("conclusion", "Conclusion", "Done."),
    ]
    assert (parsed.licence, parsed.year) == ("CC-BY-SA-4.0", 2020)


def test_a_json_record_with_sections_and_the_whole_text_is_told_once():
    record = {
        "title": "T",
        "abstract": "Short.",
        "sections": [{"heading": "Methods", "text": "Stir."}],
        "text": "Short. Stir.",
    }
    found = records.parse(json.dumps({**record, "doi": "n/a"}).encode(), "x.json", records.Params())
    assert found.text.count("Stir.") == 1
    assert found.doi is None


def test_json_with_a_map():
    raw = json.dumps({"Titel": "On garnets", "inhalt": {"rumpf": "Words."}}).encode()
    with pytest.raises(InputError, match="its fields are Titel, inhalt"):
        records.parse(raw, "x.json", records.Params())
    parsed = records.parse(raw, "x.json", records.Params(title=("Titel",), text=("inhalt.rumpf",)))
    assert parsed.text == "On garnets\n\nWords."


@pytest.mark.parametrize("array", [True, False])
def test_many_papers_in_a_file(array, tmp_path):
    path = tmp_path / "dump.json"
    many = [
        RECORD | {"title": f"Paper {i}", "abstract": "word " * 400} for i in range(900)
    ]  # more than is read at once
    path.write_text(json.dumps(many, indent=1) if array else "\n".join(map(json.dumps, many)))
    found = list(records.parse_many(path, records.Params()))
    assert [parsed.title for _, parsed in found] == [f"Paper {i}" for i in range(900)]
    with pytest.raises(InputError, match="holds several papers"):
        records.parse(path.read_bytes(), str(path), records.Params())


def test_a_broken_line_spoils_no_other(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join([json.dumps(RECORD), "{broken", '{"a": 1}', "", json.dumps(RECORD), "[1]", "[" * 5000]))
    found = list(records.parse_many(path, records.Params()))
    titles = [None if isinstance(parsed, InputError) else parsed.title for _, parsed in found]
    assert titles == ["On garnets", None, None, "On garnets", None, None]
    assert sum(isinstance(parsed, InputError) for _, parsed in found) == 4
    assert found[1][0] == "record 2"


def test_questions_are_no_paper(tmp_path):
    assert parser_for(tmp_path / "questions.jsonl", b'{"id": "q", "question": "What?", "keywords": ["x"]}') is None
