"""Questions as English wants them: each line is a statement and questions that it must lead to."""

import pytest

from wellread.augment.english.asking import asks
from wellread.augment.english.statements import statements
from wellread.augment.english.tokens import tokenise
from wellread.augment.spans import find

KNOWN = frozenset({"Xylor"})


def parts(sentence):
    return statements(tokenise(sentence, find(sentence, KNOWN)))


def asked(sentence):
    return {w: a.fact for c in parts(sentence) for a in asks(c) for w in a.wordings}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Xylor melts at 146 °C and has a density of 2.1 g/cm³.",
            ["Xylor melts at 146 °C.", "Xylor has a density of 2.1 g/cm³."],
        ),
        (
            "The film is spread at 46 °C and left for 85 s.",
            ["The film is spread at 46 °C.", "The film is left for 85 s."],
        ),
        (
            "Xylor works because it has two centres: one is blue.",
            ["Xylor works because it has two centres.", "Xylor has two centres."],
        ),
        (
            "It forms a thin skin, which blocks electrons and so protects Xylor.",
            ["The thin skin blocks electrons.", "The thin skin protects Xylor."],
        ),
        (
            "Xylor is made by Orbel milling, in which salts are ground for 3 h.",
            ["Xylor is made by Orbel milling.", "Salts are ground for 3 h in Orbel milling."],
        ),
        (
            "Xylor resists tearing because its long chains crystallise.",
            ["Xylor resists tearing because its long chains crystallise.", "The long chains of Xylor crystallise."],
        ),
        ("We measured 5% for Xylor.", ["The authors measured 5% for Xylor."]),
        ("The yield is 5%, and it fell later.", ["The yield is 5%.", "The yield fell later."]),
        ("The yield of Xylor is 5%, and it melts.", ["The yield of Xylor is 5%.", "Xylor melts."]),
        ("Silver, tin and antimony are metals.", ["Silver, tin and antimony are metals."]),
        (
            "Xylor, the catalyst for Brem, cuts the chains.",
            ["Xylor cuts the chains.", "Xylor is the catalyst for Brem."],
        ),
        ("The gap, which decides the colour, is 2.2 eV.", ["The gap is 2.2 eV.", "The gap decides the colour."]),
        (
            "A film of gold, 8 nm thick, serves as the mirror.",
            ["A film of gold serves as the mirror.", "A film of gold is 8 nm thick."],
        ),
        ("When the coating meets sodium, it turns into a skin.", ["The coating turns into a skin."]),
        ("Optimum dose of Xylor: 46 ppm.", ["The optimum dose of Xylor is 46 ppm."]),
        ("Yields of the two steps: 78% and 81%.", ["The yields of the two steps are 78% and 81%."]),
        ("Mechanism: Xylor binds to iron.", ["Xylor binds to iron."]),
        ("Under argon we measured a rate of 6 mol/h.", ["Under argon, the authors measured a rate of 6 mol/h."]),
        (
            "Xylor sticks because the groups of Xylor form salt bridges.",
            ["Xylor sticks because the groups of Xylor form salt bridges.", "The groups of Xylor form salt bridges."],
        ),
        ("The laser excites the dye.", ["The laser excites the dye."]),
        (
            "Orme prepared a new oxide, and its capacity was 5 mAh/g.",
            ["Orme prepared a new oxide.", "The capacity of the new oxide was 5 mAh/g."],
        ),
    ],
)
def test_sentences_fall_into_statements(sentence, expected):
    assert [c.statement() for c in parts(sentence)][: len(expected)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It is so.",
        "This.",
        "Without any verb, nothing.",
        "They are good.",
        "One holds the chain.",
        "Xylor: 46 ppm.",
        "In the cell: 5.8 mm before.",
        "A slow drying reduce the life of it all.",  # cut from a list of several
    ],
)
def test_what_cannot_stand_alone_is_left(sentence):
    assert parts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        ("Xylor melts at 146 °C.", "at what temperature does Xylor melt", "146 °C"),
        ("Xylor melts at 146 °C.", "what melts at 146 °C", "Xylor"),
        ("Xylor breaks at an elongation of 815%.", "at what elongation does Xylor break", "815%"),
        ("The yield of Xylor is 94.3%.", "what is the yield of Xylor", "94.3%"),
        ("The yield of Xylor is 94.3%.", "what yield does Xylor have", "94.3%"),
        ("94.3% is the yield of Xylor.", "what is the yield of Xylor", "94.3%"),
        ("The layer is 137 nm thick.", "how thick is the layer", "137 nm"),
        (
            "At a pressure of 4 bar, Xylor rejects 99% of the salt.",
            "what percentage of the salt does Xylor reject",
            "99%",
        ),
        (
            "At a pressure of 4 bar, Xylor rejects 99% of the salt.",
            "at what pressure does Xylor reject 99% of the salt",
            "4 bar",
        ),
        ("Cells with Xylor ran for 870 cycles.", "for how many cycles did cells with Xylor run", "870 cycles"),
        ("Xylor is made by Orbel milling.", "by which milling process is Xylor made", "Orbel milling"),
        (
            "The new catalyst Ketros gives Xylor a mass of 5 g.",
            "what mass does the new catalyst Ketros give Xylor",
            "5 g",
        ),
        (
            "The new catalyst Ketros gives Xylor a mass of 5 g.",
            "which new catalyst gives Xylor a mass of 5 g",
            "The new catalyst Ketros",
        ),
        ("Tethers were held in the Ansver Fjord for 26 months.", "where were tethers held", "the Ansver Fjord"),
        ("Bare Xylor is attacked by sodium metal.", "what attacks bare Xylor", "sodium metal"),
        ("Silver pairs rattle in the tunnels.", "what rattles in the tunnels", "Silver pairs"),
        (
            "Xylor resists tearing because its chains crystallise.",
            "why does Xylor resist tearing",
            "its chains crystallise",
        ),
        (
            "Xylor resists tearing because its chains crystallise.",
            "what makes Xylor resist tearing",
            "its chains crystallise",
        ),
        ("Each leg carries a layer of cobalt phosphide.", "what is the layer made of", "cobalt phosphide"),
        ("The dopant of Xylor is ytterbium.", "which element is the dopant of Xylor", "ytterbium"),
        ("The pump delivers 57 W of electric power.", "how much electric power does the pump deliver", "57 W"),
        ("Xylor reaches its best value, 2.37, at 518 °C.", "what is the best value of Xylor", "2.37"),
        ("The grains were coated in a layer 8.5 nm thick.", "how thick is the layer", "8.5 nm"),
        (
            "During 62 days in seawater, the flux fell by 3%.",
            "during how many days in seawater did the flux fall by 3%",
            "62 days",
        ),
        ("Xylor is soluble up to 1.7 mol/L.", "up to what concentration is Xylor soluble", "1.7 mol/L"),
        ("Xylor takes up 9.4 wt% of salt.", "what percentage of salt does Xylor take up", "9.4 wt%"),
        ("The three chlorides are ground under argon.", "under what gas are the three chlorides ground", "argon"),
        (
            "The chains stopped growing after 17 repeat units.",
            "after how many repeat units did the chains stop growing",
            "17 repeat units",
        ),
        ("Orme et al. prepared Xylor.", "who prepared Xylor", "Orme et al."),
        ("Xylor was found by chemists.", "who found Xylor", "chemists"),
        ("Xylor is grown on glass by vapour.", "what grows Xylor on glass", "vapour"),
        ("Xylor absorbs metals, especially silver.", "what does Xylor absorb", "metals"),
        ("Xylor reaches a larger area than that of gold.", "what does Xylor reach", "a larger area"),
        ("Cells composed of Xylor and salt lost 5 g.", "what lost 5 g", "Cells composed of Xylor and salt"),
    ],
)
def test_each_part_can_be_asked_for(sentence, question, fact):
    assert asked(sentence).get(question) == fact


@pytest.mark.parametrize(
    "sentence",
    ["The finding can be explained in terms of size.", "Xylor remains ambiguous.", "The authors use a mill."],
)
def test_no_question_without_sense(sentence):
    wordings = asked(sentence)
    assert not any(w.startswith(("in what", "what does Xylor remain", "what uses")) for w in wordings)


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        ("The shift means the melt has a lower density.", "what"),  # a statement follows, though no "that" opens it
        ("Many of them are red.", "what"),
        ("Xylor was shown to quickly dissolve gold.", "to what"),
        ("Xylor could not only make gold, but also keep it.", "what could Xylor"),
        ("Xylor can set into lumps with a weight of up to 5 g.", "up to what"),
        ("To make Xylor, two steps are needed.", "to what"),
        ("Xylor was grown in one soil, at one height, and under one sun.", "under what"),
    ],
)
def test_half_of_what_a_sentence_says_is_not_asked_for(sentence, opening):
    assert not [w for w in asked(sentence) if w.startswith(opening)]
