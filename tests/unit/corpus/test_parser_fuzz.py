"""Damaged files of every format: each ends as a paper or as one clear line, soon, and in bounded memory."""

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wellread import plugins
from wellread.corpus.parsed import HEAD, PARSERS, Parsed, parser_for
from wellread.errors import InputError
from wellread.testing.pdf import Line, pdf

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "papers"
SECONDS = 8  # of computing for one file; the slowest undamaged paper takes a tenth
GROWTH = 600  # megabytes of memory over all files

WORDS = "Garnets conduct Li+ at 10^-3 S/cm, more than 5 % of which is due to grains [1, 2]. " * 8
XML = (
    '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group><article-title>T<sub>2</sub>'
    "</article-title></title-group><permissions><license xlink:href='http://creativecommons.org/licenses/by/4.0/'/>"
    f"</permissions><abstract><p>{WORDS}</p></abstract></article-meta></front><body><sec><title>1. Methods</title>"
    f"<p>{WORDS}<xref ref-type='bibr'>1</xref><inline-formula><math><msup><mi>x</mi><mn>2</mn></msup></math>"
    f"</inline-formula></p><table-wrap><table><tr><td>1</td></tr></table></table-wrap></sec></body></article>"
)
TEI = (
    f"<TEI><teiHeader><profileDesc><abstract><p>{WORDS}</p></abstract></profileDesc></teiHeader><text><body><div>"
    f"<head n='1'>Intro</head><p>{WORDS}<ref type='bibr'>[1]</ref> geno-<lb/>mics<figure><figDesc>c</figDesc></figure>"
    "</p></div></body></text></TEI>"
)
HTML = (
    "<!DOCTYPE html><html lang='en'><head><meta name='citation_title' content='T'></head><body><nav>x</nav><article>"
    f"<h1>T</h1><h2>Abstract</h2><p>{WORDS}<sup><a href='#ref1'>1</a></sup></p><table><tr><td>1</td></tr></table>"
    "<ol class='references'><li>A</li></ol></article></body></html>"
)
LATEX = (
    "\\documentclass{article}\\newcommand{\\x}[1]{#1$_2$}\\title{T}\\begin{document}\\section{A}"
    f"{WORDS.replace('%', chr(92) + '%')} \\x{{H}} $\\frac{{a}}{{b^{{2}}}}$ \\cite{{a}}\\begin{{figure}}\\caption{{c}}\\end{{figure}}"
    "\\footnote{n}\\begin{thebibliography}{1}\\bibitem{a} A\\end{thebibliography}\\end{document}"
)
S2ORC = '{"paper_id": "1", "title": "T", "body_text": [{"text": "WORDS", "section": "A", "cite_spans": [{"start": 1, "end": 2}]}]}'
SEEDS = [
    ("a.xml", XML.encode()),
    ("set.xml", f"<articles>{XML}</articles>".encode()),
    ("a.tei.xml", TEI.encode()),
    ("a.html", HTML.encode()),
    ("a.tex", LATEX.encode()),
    ("a.json", S2ORC.replace("WORDS", WORDS).encode()),
    (
        "b.json",
        (
            '{"title": "T", "abstract": "WORDS", "sections": [{"heading": "A", "text": "b"}]}'.replace("WORDS", WORDS)
        ).encode(),
    ),
    ("a.md", f"---\ntitle: T\n---\n# T\n\n## Methods\n\n{WORDS}\n\n| a | b |\n|---|---|\n| *1* | 2 |\n".encode()),
    ("a.txt", f"T\n\n1. Introduction\n\n{WORDS}\n\nReferences\n\n[1] A".encode()),
    ("a.pdf", pdf([[Line(50, 800 - 12 * i, WORDS[i : i + 80]) for i in range(50)]] * 2, title="T")),
]
TOKENS = [
    b"<",
    b">",
    b"</p>",
    b"&#8;",
    b"&a;",
    b"<!--",
    b"]]>",
    b"{",
    b"}",
    b'"',
    b"\\",
    b"$",
    b"%",
    b"\x00",
    b"\xff\xfe",
    b"\xe3\x81",
]
TOKENS += [
    b"<sec>" * 400,
    b"{" * 2000,
    b"[" * 2000,
    b" " * 9000,
    b"\n" * 3000,
    b"*" * 2000,
    b"9" * 6000,
    b"((" * 900,
    b"endobj",
    b"stream\n",
]


def damaged(raw: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """`raw` with one to four accidents."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
        match chance.randrange(7):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at:]
            case 2:
                del data[at : min(end, at + 300)]
            case 3:
                data[at:at] = chance.choice(TOKENS)
            case 4:
                data[at:at] = data[at : min(end, at + 5000)] * chance.randint(1, 20)
            case 5:
                piece = chance.choice(others)
                start = chance.randrange(len(piece) or 1)
                data[at:at] = piece[start : start + 2000]
            case 6:
                for _ in range(20):
                    if data:
                        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cases(count: int, seeds: list[tuple[str, bytes]]) -> Iterator[tuple[int, str, bytes]]:
    """Numbered names and contents; the number alone makes a case again."""
    raws = [raw for _, raw in seeds]
    for number in range(count):
        chance = random.Random(number)
        name, raw = chance.choice(seeds)
        if chance.random() < 0.1:  # a name that lies
            name = chance.choice(seeds)[0]
        yield number, name, damaged(raw, chance, raws)


def check(count: int, seeds: list[tuple[str, bytes]]) -> None:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = 0
    for number, name, raw in cases(count, seeds):
        parser = parser_for(Path(name), raw[:HEAD])
        if parser is None:
            continue
        before, said = time.process_time(), ""
        try:
            parsed = parser.parse(raw, name, parser.Params())
            assert isinstance(parsed, Parsed)
            parsed.model_dump_json().encode()
            read += 1
        except InputError as error:
            said = str(error)
        except Exception as error:
            raise AssertionError(f"case {number}, {name}, {parser.__name__}: {error!r}") from error
        assert "\n" not in said, number
        assert time.process_time() - before < SECONDS, (number, name)
    assert read > 0.2 * count  # damage leaves many files readable
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024 < GROWTH


def test_seeds_are_read_by_all_parsers():
    found = {parser_for(Path(name), raw[:HEAD]) for name, raw in SEEDS}
    assert {parser.__name__.rsplit(".", 1)[-1] for parser in found if parser} == set(plugins.names(PARSERS))


def test_two_hundred_damaged_files():
    check(200, SEEDS)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_ten_thousand_damaged_files():
    real = [
        (path.name, path.read_bytes())
        for folder in ("jats", "tei", "pdf")
        for path in sorted((SHARED / folder).glob("*"))
    ]
    check(10_000, SEEDS * 6 + [seed for seed in real if len(seed[1]) < 400_000])
