"""What stands for what, and the objective as published."""

import math

import pytest

from wellread.errors import ConfigError, UnknownNameError
from wellread.report import pareto
from wellread.report.material import material
from wellread.studies import Parameter, Study, Trial

NAMES = ("learning_rate", "num_epochs", "n_irrelevant", "n_wiki", "n_original")


def a_study(trials, names=NAMES, **changes):
    parameters = tuple(Parameter(name=n, kind="number", low=0, high=9999) for n in names)
    whole = {
        "name": "s", "source": "s.db", "directions": ("maximize",), "metrics": ("value",), "parameters": parameters,
        "trials": tuple(Trial(number=i, state="complete", values=(v,), params=p) for i, (v, p) in enumerate(trials)),
    }  # fmt: skip
    return Study(**{**whole, **changes})


def params(lr=1e-4, epochs=2, irrelevant=10, wiki=90, original=5):
    return dict(zip(NAMES, (lr, epochs, irrelevant, wiki, original), strict=True))


def test_parameters_are_known_by_their_names():
    found = material(a_study([(0.5, params())]))
    assert found.roles == {
        "lr": ("learning_rate",), "epochs": ("num_epochs",), "unrelated": ("n_irrelevant",), "texts": ("n_original",)
    }  # fmt: skip
    (row,) = found.rows
    assert (row.lr, row.epochs, row.unrelated, row.texts, row.total) == (1e-4, 2, 10, 5, 15)


def test_the_user_says_otherwise():
    (row,) = material(a_study([(0.5, params())]), roles=["unrelated=n_irrelevant+n_wiki"]).rows
    assert (row.unrelated, row.total) == (100, 105)
    with pytest.raises(UnknownNameError, match=r"unknown role 'unrelatd'. Did you mean 'unrelated'"):
        material(a_study([]), roles=["unrelatd=n_wiki"])
    with pytest.raises(UnknownNameError, match=r"'n_wik'. Did you mean 'n_wiki'"):
        material(a_study([]), roles=["unrelated=n_wik"])


def test_objectives_as_published():
    study = a_study([(0.5, params(irrelevant=100, original=900)), (0.4, params(irrelevant=0, original=10))])
    first, second = material(study, aim="score-by-unrelated").rows
    assert (first.goal, second.goal) == (pytest.approx(0.5 * 2), 0.0)  # log10(100); no unrelated text counts as one
    first, second = material(study, aim="gain-by-total", floor=0.1).rows
    assert (first.goal, second.goal) == (pytest.approx(0.4 * 3), pytest.approx(0.3 * 1))
    with pytest.raises(ConfigError, match=r"needs the untrained model's score. Give it: --floor"):
        material(study, aim="gain-by-total")
    with pytest.raises(ConfigError, match="--role unrelated=NAME"):
        material(a_study([(0.5, {"x": 1})], names=("x",)), aim="score-by-unrelated")


def test_what_isnt_a_number_has_no_row_and_a_copy_is_no_second_witness():
    study = a_study([(0.5, params()), (math.nan, params()), (math.inf, params())])
    copy = Trial(number=3, state="complete", values=(0.5,), params=params(), attrs={"copy_of": 0})
    running = Trial(number=4, state="running", params=params())
    found = material(study.model_copy(update={"trials": (*study.trials, copy, running)}))
    assert [r.trial.number for r in found.rows] == [0]


def test_notes_that_are_none_of_ours_do_no_harm():
    odd = {
        "scores": "high",
        "texts": 3,
        "tokens": [],
        "epochs": "many",
        "kept": True,
        "settings": None,
        "seconds": "long",
    }
    trial = Trial(number=0, state="complete", values=(0.5,), attrs=odd)
    (row,) = material(a_study([], names=()).model_copy(update={"trials": (trial,)})).rows
    assert (row.score, row.texts, row.kept, row.epochs) == (0.5, None, None, None)


def test_the_front_holds_what_nothing_beats():
    values = [(0.9, 10.0), (0.5, 1.0), (0.4, 2.0), (0.9, 12.0), (0.7, 5.0)]
    trials = tuple(Trial(number=i, state="complete", values=v) for i, v in enumerate(values))
    study = a_study([], directions=("maximize", "minimize"), metrics=("score", "cost")).model_copy(
        update={"trials": trials}
    )
    assert [t.number for t in pareto.front(study)] == [1, 4, 0]


def test_best_first_goes_by_the_direction():
    study = a_study([(0.5, params()), (0.2, params())], directions=("minimize",))
    assert [r.goal for r in material(study).best_first] == [0.2, 0.5]
