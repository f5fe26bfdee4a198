"""The page of a search: the first screen says it all, the best is never shown alone, nothing hostile gets in."""

import lxml.html
import pytest

from wellread.records import Score
from wellread.report import pareto, published_page
from wellread.report.material import material
from wellread.report.study_page import as_json, draw, render, render_text
from wellread.report.study_summary import OPTIMISTIC, summarise
from wellread.studies import Parameter, Study, Trial, convert
from wellread.testing.stores import search_like

pytest.importorskip("optuna")


def studied(**how):
    found = search_like(None, **how)
    return convert.study("here.db", found._storage.get_all_studies()[0], found.get_trials())


def bare(*trials, **changes):
    whole = {
        "name": "s", "source": "s.db", "directions": ("maximize",), "metrics": ("value",),
        "parameters": (Parameter(name="lr", kind="number", low=0, high=1),), "trials": trials,
    }  # fmt: skip
    return Study(**{**whole, **changes})


def trial(number, value, **changes):
    return Trial(
        **{"number": number, "state": "complete", "values": (value,), "params": {"lr": 0.1 * number}, **changes}
    )


def page_of(study):
    found = material(study)
    html = render(found, *draw(found))
    html.encode()
    return lxml.html.document_fromstring(html)


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def test_the_best_of_a_search_is_never_shown_alone():
    page = page_of(studied(trials=9))
    assert "optimistic" in text(page.find_class("facts")[0])
    assert OPTIMISTIC in text(page.get_element_by_id("best"))
    assert OPTIMISTIC in render_text(material(studied(trials=9)))
    assert not page.xpath("//section[@id='winner']")


def test_a_winner_trained_again_stands_beside_the_searchs_best():
    study = studied(trials=9, winner=True)
    learned, sure, cost, kept = summarise(material(study)).facts
    assert learned.value == "0.55"
    assert "the search saw" in learned.detail
    assert "on the development questions that chose it 0.70" in learned.detail
    assert sure.value == "0.43 to 0.67"
    assert cost.value == "4 min"
    assert kept.label == "What was kept"
    rows = [[text(cell) for cell in row] for row in page_of(study).xpath("//section[@id='winner']//tbody/tr")]
    assert [row[0] for row in rows] == [
        "search's best, on development questions", "trained again, development questions", "trained again, test questions",
    ]  # fmt: skip
    assert rows[2][1:] == ["0.55 (0.50, 0.55, 0.60)", "3"]


def test_every_part_has_its_link_and_nothing_is_fetched():
    page = page_of(studied(trials=9, objectives=("score", "cost")))
    targets = {a.get("href")[1:] for a in page.iter("a")}
    assert targets == {s.get("id") for s in page.iter("section")}
    assert not list(page.iter("script"))
    assert not [e for e in page.iter() if e.get("src") or (e.tag == "link" and e.get("href") != "data:,")]
    assert len(page.xpath("//section[@id='trials']//tbody/tr")) == 9


def test_all_collapsed_is_said_first():
    page = page_of(studied(trials=4, collapsed=True))
    assert text(page.find_class("alarm")[0]).startswith("All 4 trials that came to an end collapsed")


@pytest.mark.parametrize(
    ("study", "said"),
    [
        (bare(), "The study holds no trial yet."),
        (bare(trial(0, 0.0, state="running", values=())), "No trial has come to an end."),
        (bare(trial(0, float("nan"))), "No trial has a value that is a number."),
    ],
)
def test_nothing_to_show_is_said_and_no_frame_is_empty(study, said):
    page = page_of(study)
    assert text(page.find_class("alarm")[0]) == said
    assert "nothing is known of what was learned" in text(page.find_class("lead")[0])
    assert not list(page.iter("svg"))
    assert "not drawn" in text(page.get_element_by_id("figures"))


def test_one_trial_says_nothing_about_settings():
    assert "says nothing about settings" in text(page_of(bare(trial(3, 0.4))).find_class("lead")[0])


def test_trials_that_are_all_alike_have_no_best():
    lead = text(page_of(bare(trial(0, 0.2), trial(1, 0.2))).find_class("lead")[0])
    assert lead == "All 2 trials with a value came to the same value: 0.2."


def test_a_draw_that_was_never_a_trial_is_not_one_without_a_value():
    void = trial(3, 0.0, state="failed", values=(), attrs={"void": "no trial: 0 are on, at least 1 must be"})
    lost = trial(4, 0.0, state="failed", values=())
    tried = [trial(k, 0.1 * k) for k in range(3)]
    assert "Of 3 trials with a value, trial 2" in summarise(material(bare(*tried, void))).lead
    assert (
        "Of 3 trials with a value (1 more has no value), trial 2" in summarise(material(bare(*tried, void, lost))).lead
    )


def test_switches_are_on_or_off():
    switch = Parameter(name="gate", kind="choice", choices=(True, False))
    page = page_of(bare(*(trial(i, i / 5, params={"gate": bool(i % 2)}) for i in range(4)), parameters=(switch,)))
    assert "gate on" in text(page.find_class("lead")[0])
    assert "on, off" in text(page.get_element_by_id("settings"))


def test_what_was_taken_for_what_is_told():
    names = ("n_irrelevant", "lr")
    study = bare(
        *(trial(i, i / 9, params={"n_irrelevant": 10 * i, "lr": 1e-4 * (i + 1)}) for i in range(5)),
        parameters=tuple(Parameter(name=n, kind="number", low=0, high=99) for n in names),
    )
    note = text(page_of(study).find_class("warnings")[0])
    assert "unrelated texts: n_irrelevant" in note
    assert "--role" in note


def test_repeated_settings_and_errors_are_counted():
    study = bare(
        trial(0, 0.5), trial(1, 0.4), trial(2, 0.5, attrs={"copy_of": 0}),
        trial(3, 0.0, state="failed", values=(), attrs={"error": "out of memory"}),
        trial(4, 0.0, state="failed", values=(), attrs={"void": "surplus"}),
    )  # fmt: skip
    page = page_of(study)
    assert "2 complete, 1 repeated, 1 failed, 1 not run" in text(page.get_element_by_id("trials"))
    assert "1 trial ended with: out of memory" in text(page.find_class("warnings")[0])


def test_hostile_names_become_text():
    evil = "<script>alert(1)</script></style><img src=x onerror=alert(1)> {{ 7*7 }} \x00\u202e"
    study = bare(
        *(trial(i, i / 5, params={evil: evil}, attrs={"error": evil}) for i in range(5)),
        name=evil, source=evil, metrics=(evil,), parameters=(Parameter(name=evil, kind="choice", choices=(evil, "b")),),
        attrs={"note": evil, "wellread": {"recipe": evil}},
    )  # fmt: skip
    page = page_of(study)
    assert not list(page.iter("script"))
    assert not list(page.iter("img"))
    assert "49" not in text(page.find("body")).split()


def test_scripts_get_the_same_as_one_object():
    found = material(studied(trials=9, objectives=("score", "cost")))
    data = as_json(found, *draw(found))
    assert data["best"]["trial"] == found.best_first[0].trial.number
    assert data["front"] == [t.number for t in pareto.front(found.study)]
    assert set(data["states"]) == {"complete"}


def a_log(name="a.json", value=0.5, **changes):
    score = Score(value=value, low=0.4, high=0.6, n=10)
    whole = {
        "name": name,
        "scores": {"strict": score, "soft": score},
        "published": score,
        "agreement": 0.9,
        "rows": 10,
        "asked": 10,
        "unread": 0,
    }
    return published_page.Log(**{**whole, **changes})


def test_published_and_our_scores_stand_side_by_side():
    html = published_page.render([a_log(), a_log("<b>.json", unread=2)])
    page = lxml.html.document_fromstring(html)
    assert text(page.find_class("lead")[0]) == (
        "20 published answers in 2 logs, scored again. The largest log has published 0.50, strict 0.50, soft 0.50."
    )
    assert "2 answers could not be read" in text(page.find_class("warnings")[0])
    assert [text(e) for e in page.xpath("//section[@id='scores']//tbody/tr/th")][1].startswith("<b>.json")
    assert len(list(page.iter("svg"))) == 1


def test_a_log_without_any_score_is_not_known():
    nothing = Score(value=None, n=0)
    html = published_page.render([a_log(scores={}, published=nothing, agreement=None)])
    assert "None of the scores is known." in html


def test_another_metric_than_strict_has_its_own_floor() -> None:
    """The value is ROUGE-2, so the untrained model's ROUGE-2 stands beside its strict score."""
    found = studied(trials=9)
    goals = {"objectives": {found.metrics[0]: {"metric": "rouge2"}}}
    found = found.model_copy(
        update={"attrs": {**found.attrs, "identity": goals, "floor": {"strict": 0.0, "rouge2": 0.18}}}
    )
    assert "Untrained, the model scores 0.00 (rouge2: 0.18)." in summarise(material(found)).lead
