import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.augment.sentences import split

# Each entry: the sentences that a text of them, joined by spaces, must fall back into.
TEXTS = [
    ["Dr. Halvers saw it in Fig. 2.", "Figs. 3 and 4 differ, e.g. in colour, i.e. in hue."],
    ["As shown by Li et al. Nature has it.", "As shown by Li et al.", "The film is thin."],
    ["It took ca. 5 h vs. 7 h before.", "No. 3 is best.", "The answer is no.", "Then it rained."],
    ["J. D. Smith and K. Brown agree.", "The film is stable at 298 K.", "The rest is not."],
    ["The value is 3.8.", "At pH 3.8 it dissolves.", "pH 4 is better."],
    ["It melts at 146 °C.", "The rest follows at approx. 200 °C."],
    [
        "We used 1-(2,5-dimethylhex-3-yn-1-yl)-2-methylcycloprop-1-ene.",
        "4-[2-(aminomethyl)morpholin-4-yl]aniline was next.",
    ],
    ["It was doped with Al.", "The film grew.", "It was doped with Co.", "Li6PS5Cl is a solid."],
    ['He said "It melts."', "Then he left.", "(It was late.)", "Was it?", "Yes!"],
    ["It went on and on...", "The end came.", "It was so ... slow."],
    ["The rest (see Fig. 2. It is blue) follows.", "All is well."],
    ["It was seen before.[12]", "Now it is gone [3, 4].", "The end."],
    ["Am 3. Mai war es kalt.", "Es dauerte z. B. zwei Tage.", "Die 2. Probe war besser."],
    ["It is that of Acacia senegal (L.) (1.47) and Sclerocarya birrea (A. Rich.) Hochst. (1.46).", "Neither is high."],
    ["We stirred for 45 min.", "The powder fell.", "We used max. 3 g of it."],
]


@pytest.mark.parametrize("sentences", TEXTS, ids=lambda s: s[0][:25])
def test_splits_where_sentences_end(sentences):
    assert split(" ".join(sentences)) == sentences


def test_japanese_needs_no_space():
    text = "これは試験です。「本当？」と言った。はい！終わり。"
    assert split(text) == ["これは試験です。", "「本当？」", "と言った。", "はい！", "終わり。"]


def test_paragraphs_headings_lists_and_speeches_part_sentences():
    text = "# A title\nText one, on\ntwo lines. More\n\nQ: What?\nA: This\n\n- one\n- two"
    assert split(text) == ["# A title", "Text one, on two lines.", "More", "Q: What?", "A: This", "- one", "- two"]


def bare(text):
    return "".join(text.split())


pieces = st.sampled_from(
    [
        "Dr. ",
        "Fig. 2",
        ". ",
        "。",
        "! ",
        "\n\n",
        "\n",
        "# ",
        "(",
        ")",
        "[1]",
        "e.g. ",
        "3.8",
        " A",
        "b",
        '"',
        "… ",
        "Q: ",
        " 5 °C",
        "J. ",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces | st.text(max_size=5), max_size=30).map("".join))
def test_no_character_is_lost(text):
    found = split(text)
    assert bare("".join(found)) == bare(text)
    assert all(s and s == s.strip() and not re.search(r"[\n\t]", s) for s in found)
