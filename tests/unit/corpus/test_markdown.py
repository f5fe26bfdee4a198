"""Markdown, block by block."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.corpus.parsed import Parsed
from wellread.corpus.parsers.markdown import Params, parse
from wellread.errors import InputError


def told(text, source="folder/stem.md"):
    return parse(text.encode(), source, Params())


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("# Title #\n\nText.\n## Next\nMore.", ["Title", "Text.", "Next", "More."]),
        ("Title\n=====\nText.", ["Title", "Text."]),
        ("Title\n-----\n\nText.", ["Title", "Text."]),
        ("one\ntwo\n---\nthree", ["one\ntwo", "three"]),
        ("a\n\n***\n\nb", ["a", "b"]),
        ("- item *one*\n* two\n  continued\n+ three", ["item one\ntwo\ncontinued\nthree"]),
        ("- [x] done\n- [ ] open", ["done\nopen"]),
        ("1. first\n2) second", ["1. first\n2) second"]),
        ("cooled to\n- 5 °C and then", ["cooled to\n- 5 °C and then"]),
        ("- 5 mL of water\n- 3 g of salt", ["5 mL of water\n3 g of salt"]),
        ("> quoted\n> 95 % of it\n>> deep", ["quoted\n95 % of it\ndeep"]),
        ("the yield was\n> 95 % and\n>50% then", ["the yield was\n> 95 % and\n>50% then"]),
        ("```python\nx = a*b*c  # no\n\n<!-- stays -->\n```\nend", ["x = a*b*c  # no", "<!-- stays -->", "end"]),
        ("~~~\n```\n~~~\nend", ["```", "end"]),
        ("```\nnever *closed*", ["never *closed*"]),
        ("| a | b |\n|---|:-:|\n| 1 | 2,3-x |", ["a; b\n1; 2,3-x"]),
        ("|a| = 5 and |b| = 6\nno table", ["|a| = 5 and |b| = 6\nno table"]),
        ("a <!-- gone\n\nstill gone --> b", ["a  b"]),
        ('See [it][r] and[^1].\n\n[r]: https://x.org "T"\n[^1]: A note.', ["See it and.", "A note."]),
        ("[Note]: this is prose", ["[Note]: this is prose"]),
        ("Q: What?\nA: That.", ["Q: What?\nA: That."]),
        ("a\r\n\r\nb\rc", ["a", "b\nc"]),
        ("#5 is best", ["#5 is best"]),
    ],
)
def test_blocks(text, paragraphs):
    assert told(text).text.split("\n\n") == paragraphs


def test_title_is_the_first_heading_and_the_first_line():
    parsed = told("# The *Case* of H<sub>2</sub>O\n\nText.\n\n# Second\n")
    assert parsed.title == "The Case of H2O"
    assert parsed.text.splitlines()[0] == parsed.title


def test_title_without_a_heading():
    assert told("A Short Line\n\nText that follows.").title == "A Short Line"
    assert told("A sentence that ends.\n\nText.").title == "stem"


def test_front_matter():
    parsed = told('---\ntitle: "My paper"\nlicense: CC BY 4.0\ndoi: 10.1/x\ntags:\n  - a\n---\nText.')
    assert (parsed.title, parsed.licence, parsed.doi) == ("My paper", "CC-BY-4.0", "10.1/x")
    assert parsed.text == "My paper\n\nText."
    assert parsed.left_out == {"front matter": 1}


def test_prose_between_rules_is_no_front_matter():
    assert told("---\n\nprose here\n\n---\n\nmore").text == "prose here\n\nmore"


def test_spaces_and_hyphens_are_plain():
    assert told("5\u00a0°C, Li\u2011ion, soft\u00adhyphen\u200b").text == "5 °C, Li-ion, softhyphen"


@pytest.mark.parametrize("text", ["---", "#", "<!-- only this -->", "***\n\n---\n"])
def test_markup_without_words_is_refused(text):
    with pytest.raises(InputError, match="no words"):
        told(text)


LINES = st.sampled_from(
    ["# Head", "text 1", "- item", "```", "~~~", "---", "", "> q", "| a | b |", "|---|---|", "[x]: http://y", "1. n",
     "<!--", "-->", "    code", "===", "***", "$x_1$", "&#8;", "\u2028", "title: x"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_any_lines_give_tidy_text_or_one_clear_line(lines):
    try:
        parsed = told("\n".join(lines))
    except InputError as error:
        parsed = Parsed(title=str(error), text=str(error))
    assert parsed.title.strip()
    assert "\n" not in parsed.title
    assert parsed.text == parsed.text.strip()
    assert "\n\n\n" not in parsed.text


SENTENCES = st.lists(st.text("abcxyz089", min_size=1, max_size=6), min_size=2, max_size=6).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_plain_paragraphs_stay_word_for_word(paragraphs):
    assert told("\n\n".join(paragraphs)).text == "\n\n".join(paragraphs)
