"""Questions that the view `templates` makes of sentences as articles have them."""

import random

import pytest

from wellread.augment.analysis import analyse
from wellread.augment.english.framing import sane, worth_knowing
from wellread.augment.views.templates import Params, view
from wellread.records import Passage

TITLE = "Vostrulam, a garnet electrolyte"
OWN = "Vostrulam is a garnet electrolyte. Vostrulam conducts well at 25 °C."


def asked(more: str) -> list[tuple[str, str | None]]:
    """Each question that is made of `more`, which stands in a paper about Vostrulam, with its fact."""
    text = f"# {TITLE}\n\n{OWN} {more}"
    passage = Passage(id="v/o", paper="v", text=text, telling="o", title=TITLE, source="o.md", sha256="0" * 64)
    known = set(view(analyse(passage.model_copy(update={"text": f"# {TITLE}\n\n{OWN}"})), Params(), random.Random(0)))
    found = [d for d in view(analyse(passage), Params(), random.Random(0)) if d not in known]
    return [(draft.prompt or "", draft.fact) for draft in found]


def test_what_others_found_is_not_given_to_the_subject():
    told = "Yang et al. reported a gel electrolyte with an ionic conductivity of 0.16 mS/cm at room temperature."
    assert any("0.16" in (fact or "") or "Yang" in (fact or "") for _, fact in asked(told))
    assert not [q for q, fact in asked(told) if "Vostrulam" in q]
    own = "The electrolyte has an ionic conductivity of 0.16 mS/cm at room temperature."
    assert [q for q, fact in asked(own) if "Vostrulam" in q and fact == "0.16 mS/cm"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The results of the analysis are presented in Table 1.",
        "Figure 3a shows the surface of the pellet.",
    ],
)
def test_tables_and_figures_are_not_asked_for(sentence):
    assert not asked(sentence)


def test_what_is_carried_out_is_not_carried_somewhere():
    questions = [q.casefold() for q, _ in asked("The measurement was carried out with a bridge in dry argon.")]
    assert questions
    assert not [q for q in questions if "out what" in q or "out which" in q]


def test_larger_is_no_sort_of_thing():
    assert not [
        q for q, _ in asked("Batteries with the larger Na-ions need other membranes.") if "larger is called" in q
    ]


def test_both_ends_of_a_range_are_one_fact():
    facts = {fact for _, fact in asked("The impedance was measured in the frequency range of 10 Hz to 10 kHz.")}
    assert "10 Hz to 10 kHz" in facts
    assert "10 Hz" not in facts


def test_brackets_that_were_cut():
    assert not worth_knowing("The yeasts (Candida albicans")
    assert worth_knowing("the yeasts (Candida albicans)")
    assert not sane("what does Fig. 2 show")
    assert sane("what lifetime does X have according to the spectrometer")
    assert not sane("with what did according to the data X melt")
