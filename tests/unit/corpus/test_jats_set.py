"""Sets of articles: each becomes a paper, and none spoils another."""

import pytest

from wellread.corpus.parsers.jats_set import _CHUNK, Params, parse, parse_many
from wellread.errors import InputError

DEED = "https://creativecommons.org/licenses/by/4.0/"


def article(n: int, more: str = "", body: str = "") -> str:
    return (
        f"<article{more}><front><article-meta><title-group><article-title>Title {n}</article-title></title-group>"
        f'<permissions><license xlink:href="{DEED}"><license-p>Open.</license-p></license></permissions>'
        f"</article-meta></front><body><p>It was {n}&nbsp;K. {body}</p></body></article>"
    )


def read(tmp_path, text: str | bytes):
    path = tmp_path / "set.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(parse_many(path, Params()))


@pytest.mark.parametrize(
    "wrapped",
    [
        '<?xml version="1.0"?><!DOCTYPE x SYSTEM "y"><pmc-articleset xmlns:xlink="http://www.w3.org/1999/xlink">{}</pmc-articleset>',
        '<articles xmlns:xlink="http://www.w3.org/1999/xlink">\n<!-- all of them -->{}</articles>',
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><metadata xmlns:xlink="http://www.w3.org/1999/xlink">{}'
        "</metadata></record></ListRecords></OAI-PMH>",
        '<response><result/><records xmlns:xlink="http://www.w3.org/1999/xlink">{}</records></response>',
    ],
)
def test_each_article_is_a_paper(tmp_path, wrapped):
    found = read(tmp_path, wrapped.format(article(1) + "\n" + article(2, ' dtd-version="1.0"')))
    assert [(where, paper.title, paper.licence) for where, paper in found] == [
        ("article 1", "Title 1", "CC-BY-4.0"),
        ("article 2", "Title 2", "CC-BY-4.0"),
    ]
    assert "It was 2 K." in found[1][1].text


def test_a_broken_one_and_one_without_text_leave_the_others_alone(tmp_path):
    own = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    inner = article(1, own) + article(2, own).replace("</p>", "") + "<article><front/></article>" + article(4, own)
    found = read(tmp_path, f"<articles>{inner}</articles>")
    assert [type(paper).__name__ for _, paper in found] == ["Parsed", "InputError", "InputError", "Parsed"]
    assert "article 2" in str(found[1][1])
    assert "broken XML" in str(found[1][1])


def test_articles_larger_than_what_is_read_at_a_time(tmp_path):
    own = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    long = "word " * (_CHUNK // 4)
    found = read(tmp_path, "<articles>" + "".join(article(n, own, long) for n in range(5)) + "</articles>")
    assert [paper.title for _, paper in found] == [f"Title {n}" for n in range(5)]


def test_latin_1_is_read_as_it_says(tmp_path):
    own = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><articles>{article(1, own, "Käse")}</articles>'
    assert "Käse" in read(tmp_path, text.encode("latin-1"))[0][1].text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<articles></articles>", "holds no JATS article"),
        ("<articles><article><front/>", "ends within an article"),
        ('<!DOCTYPE articles [<!ENTITY a "b">]><articles><article>&a;</article></articles>', "declares XML entities"),
    ],
)
def test_what_can_t_be_read_is_one_clear_line(tmp_path, text, said):
    (found,) = read(tmp_path, text)
    assert said in str(found[1])


def test_one_is_read_by_itself_and_several_are_ingested():
    own = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    one = f"<!DOCTYPE articles SYSTEM 'x'><articles>{article(1, own)}</articles>"
    assert parse(one.encode(), "x.xml", Params()).title == "Title 1"
    with pytest.raises(InputError, match="`wellread ingest` reads them all"):
        parse(f"<!DOCTYPE a SYSTEM 'x'><articles>{article(1, own) * 2}</articles>".encode(), "x.xml", Params())
