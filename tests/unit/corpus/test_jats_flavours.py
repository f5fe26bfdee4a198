"""JATS as it comes from many houses: their words about licences, their encodings, their habits of markup."""

import pytest

from wellread.corpus.parsers.jats import Params, parse
from wellread.errors import InputError

SPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/" '
SPACES += 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'
CC = "https://creativecommons.org/licenses/"
SECTION = "<body><sec><title>Introduction</title><p>Some words here.</p></sec></body>"


def article(permissions="", body=SECTION, abstract="<abstract><p>Short.</p></abstract>", attributes=SPACES, more=""):
    return (
        f"<article {attributes}><front><article-meta><title-group><article-title>A title</article-title></title-group>"
        f"<permissions>{permissions}</permissions>{abstract}</article-meta></front>{body}{more}</article>"
    )


def read(text, encoding="utf-8", prologue=""):
    return parse((prologue + text).encode(encoding), "f.xml", Params())


def told(*paragraphs):
    return "".join(f"<license><license-p>{words}</license-p></license>" for words in paragraphs)


@pytest.mark.parametrize(
    ("permissions", "name"),
    [
        (told("open access under the terms of the Creative Commons Attribution License, which permits any use."), "CC-BY"),
        (told(f'under <ext-link xlink:href="{CC}by-nc-sa/4.0/">this licence</ext-link>'), "CC-BY-NC-SA-4.0"),
        (f"<license><ali:license_ref>{CC}by-nc-nd/4.0/</ali:license_ref></license>", "CC-BY-NC-ND-4.0"),
        (told("This is an open access article."), None),
        ("<copyright-statement>© 2020 The Authors</copyright-statement>" + told("Open Access"), "copyright"),
        (f'<license xlink:href="{CC}by/3.0/igo/"><license-p>CC BY 3.0 IGO</license-p></license>', "CC-BY-3.0"),
        (told("Creative Commons Attribution-NonCommercial-NoDerivatives 3.0 IGO"), "CC-BY-NC-ND-3.0"),
        (told("Some House user license https://www.house.com/open-access/userlicense/1.0/"), "copyright"),
        ("<copyright-statement>© 2019 A Chemical Society</copyright-statement>", "copyright"),
        (told("published under an ACS AuthorChoice License, which permits copying for non-commercial purposes."), "copyright"),
        (f'<license xlink:href="{CC}by/4.0/"/><license xlink:href="{CC}by-nc-nd/4.0/"/>', "CC-BY-NC-ND-4.0"),
        (told("free of all copyright, under the Creative Commons CC0 public domain dedication."), "CC0-1.0"),
        (told("This is a U.S. Government work and is in the public domain in the USA."), "public-domain"),
        ("<copyright-statement>It is not subject to copyright under 17 USC 105.</copyright-statement>", "public-domain"),
        ("<copyright-statement>© Crown copyright 2019.</copyright-statement>", "copyright"),
        (told("Creative Commons Attribution‐NonCommercial‐NoDerivs License"), "CC-BY-NC-ND"),
        (told("Creative Commons Attribution 4.0 License. Commercial re-use requires permission."), "CC-BY-4.0"),
        ('<license license-type="CC BY-NC"><license-p>x</license-p></license>', "CC-BY-NC"),
        (f'<license xlink:href="{CC}by/2.0"><p>Open Access, Creative Commons Attribution License</p></license>', "CC-BY-2.0"),
        (told("Personal use is permitted, but republication requires permission."), "copyright"),
        (told("The House or its licensor holds exclusive rights to this article"), "copyright"),
        (told("All content may be used consistent with fair use under the copyright law."), "copyright"),
        (told("lizenziert unter Creative Commons Namensnennung 4.0 International"), "CC-BY-4.0"),
        (told("クリエイティブ・コモンズ 表示 4.0 国際ライセンス"), "CC-BY-4.0"),
        (told(f"see {CC}by-nc/4.0/legalcode"), "CC-BY-NC-4.0"),
        (told("http:// creativecommons.org/ licenses/ by/ 4.0/"), "CC-BY-4.0"),
        (told("CC BY 4.0. The CC0 dedication (creativecommons.org/publicdomain/zero/1.0/) applies to the data."), "CC-BY-4.0"),
    ],
)  # fmt: skip
def test_licence(permissions, name):
    assert read(article(permissions)).licence == name


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_encodings(encoding):
    text = article(body="<body><p>Käse at 5 µm</p></body>")
    declared = "UTF-16" if encoding.startswith("utf-16") else encoding
    assert "Käse at 5 µm" in read(text, encoding, f'<?xml version="1.0" encoding="{declared}"?>').text


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP"])
def test_japanese(encoding):
    body = "<body><sec><title>１．緒言</title><p>伝導体</p></sec><sec><title>結果と考察</title><p>本文</p></sec></body>"
    found = read(article(body=body), encoding, f'<?xml version="1.0" encoding="{encoding}"?>')
    assert [(s.kind, s.text) for s in found.sections[1:]] == [("introduction", "伝導体"), ("results", "本文")]


def test_a_doctype_with_declarations_and_names_of_characters():
    subset = '<!NOTATION gif SYSTEM "gif"><!ENTITY picture SYSTEM "a.gif" NDATA gif><!ELEMENT p (#PCDATA)>'
    text = article(body="<body><p>a&nbsp;b, &alpha; and 3 &Aring;</p></body>")
    found = read(text, prologue=f'<!DOCTYPE article PUBLIC "-//NLM//DTD" "x.dtd" [{subset}]>')
    assert "a b, α and 3 Å" in found.text


def test_the_same_formula_in_several_forms_is_told_once():
    forms = r"<tex-math>\documentclass{minimal}\begin{document}$$x^2$$\end{document}</tex-math>"
    forms += (
        "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math><inline-graphic xlink:href='a'/>"
    )
    inner = f"<inline-formula><alternatives>{forms}</alternatives></inline-formula>"
    more = "<named-content content-type='gene'>BRCA1</named-content> in <styled-content>red</styled-content>"
    assert "So x^2 holds, BRCA1 in red." in read(article(body=f"<body><p>So {inner} holds, {more}.</p></body>")).text


@pytest.mark.parametrize("body", ["", "<body/>", "<body> </body>"])
def test_an_abstract_alone(body):
    assert [s.kind for s in read(article(body=body)).sections] == ["abstract"]


def test_what_belongs_to_others_is_left_out_and_counted():
    reply = "<sub-article><body><p>A reply.</p></body></sub-article>"
    floats = "<floats-group><fig><label>Fig. 1</label><caption><p>A caption.</p></caption></fig></floats-group>"
    found = read(article(more=reply + floats))
    assert "reply" not in found.text + found.title
    assert "caption" not in found.text
    assert (found.left_out, found.asides[0].label) == ({"sub-articles": 1, "figures": 1}, "Fig. 1")


def test_names_with_a_prefix_of_their_own():
    text = "<j:article xmlns:j='http://jats'><j:front/><j:body><j:sec><j:title>Methods</j:title><j:p>Words.</j:p></j:sec></j:body></j:article>"
    assert [(s.kind, s.text) for s in read(text).sections] == [("methods", "Words.")]


def test_wrong_encoding_is_one_clear_line():
    with pytest.raises(InputError, match="is broken XML: line 1"):
        read(article(body="<body><p>Käse</p></body>"), "latin-1", '<?xml version="1.0" encoding="UTF-8"?>')
