"""Markdown within a paragraph."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wellread.corpus.inline import plain

UNTOUCHED = [
    "1-(2,5-dimethylhex-3-yn-1-yl)-2-methylcycloprop-1-ene",
    "4-fluoro-3-(prop-2-yn-1-yloxy)benzonitrile",
    "bicyclo[2.2.1]hept-2-ene",
    "5*10*3 = 150",
    "p < 0.05*, p < 0.01**",
    "2 * 3 * 4",
    "LiNi_x_Mn_y_O2",
    "snake_case_name",
    "[Co(NH3)6](NO3)3",
    "[2.2.1](0.5)",
    "[Fe](CN)6",
    "C/C=C\\C",
    "*CC(*)C*",
    "F/C=C\\F and C*C",
    "poly[(R)-3-hydroxybutyrate]",
    "a < b > c, x<y>z",
    "$a_i * b_i$ and $c_j * d_j$",
    "costs $5 or $10",
    "~5 °C to ~6 °C",
    "[^13C]glucose and [1]",
    "Na2.3Sc0.3Hf0.7Cl6 at 4.7 mS/cm",
    "(see *) and (also *)",
    "R&D; AT&T",
    "#5 of 10",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_names_and_formulae_stay_as_they_are(text):
    assert plain(text) == text


@pytest.mark.parametrize("name", [name for name in UNTOUCHED if " " not in name and "*" not in name])
@pytest.mark.parametrize("mark", ["**", "_", "__", "`"])
def test_a_name_can_be_emphasised(name, mark):
    assert plain(f"the {mark}{name}{mark} compound") == f"the {name} compound"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("**bold** and *italic*, _this_ __too__ ***both***", "bold and italic, this too both"),
        ("**bold *in* it** *and **so** on*", "bold in it and so on"),
        ("**two\nlines**", "two\nlines"),
        ("(*E*)-but-2-ene, *N*,*N*-dimethyl, *tert*-butyl", "(E)-but-2-ene, N,N-dimethyl, tert-butyl"),
        ("*t*BuLi, *T*g, *m*/*z*", "tBuLi, Tg, m/z"),
        ("**太字**は", "太字は"),
        ("*Corresponding author, *p*-xylene", "*Corresponding author, p-xylene"),
        ("`a*b*c` and ``x`y``", "a*b*c and x`y"),
        (r"\*not\* \_this\_ \[x\](y)", "*not* _this_ [x](y)"),
        ('[a link](https://x.org/a_(b) "T") ![pic](img/a.png)', "a link pic"),
        ("[![alt](a.png)](http://x.y/z)", "alt"),
        ("<https://a.b/c> <me@x.org>", "https://a.b/c me@x.org"),
        ("H<sub>2</sub>O, 10<sup>-3</sup>, Ca<sup>2+</sup>, *T*<sub>g</sub>", "H2O, 10^-3, Ca2+, Tg"),
        ("a<br/>b <span class='x'>c</span>", "a\nb c"),
        ("&alpha;-Fe &lt;b&gt; &#181;m &unknown;", "α-Fe <b> µm &unknown;"),
        ("~~old~~ new", "old new"),
    ],
)
def test_markup_goes_and_words_stay(text, told):
    assert plain(text) == told


def test_references_only_where_they_are_defined():
    text = "[text][one] and [one] and [two] with a note[^1]"
    assert plain(text, frozenset({"one", "^1"})) == "text and one and [two] with a note"


WORDS = st.lists(st.sampled_from([*UNTOUCHED[:14], "word", "3.5 %", "der", "固体"]), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.sampled_from(["**", "__", "_", "`"]))
def test_names_survive_among_other_words_and_emphasis(words, mark):
    text = " and ".join(words)
    marked = f"Here {mark}is{mark} {text} {mark}end{mark}."
    assert plain(marked) == f"Here is {text} end."


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab1*_`[]()<>!\\$~&;# \n\ue000\ue001^"), max_size=60))
@example("\ue0000\ue001 `x`")
def test_letters_and_digits_are_never_lost(text):
    """Whatever the signs of markup, words and numbers stay, in their order (no link here has an address)."""
    left = "".join(sign for sign in plain(text) if sign.isalnum())
    kept = "".join(sign for sign in text if sign.isalnum())
    assert left == kept or "<a" in text or "<b" in text or "](#" in text or "&#1" in text
