"""What every objective, sampler and pruner must do. A new file in its folder is tested here without further ado."""

import math
from typing import Any

import pytest

from wellread import plugins
from wellread.records import Frozen, Score
from wellread.search.config import OBJECTIVES, PRUNERS, SAMPLERS, SearchConfig
from wellread.search.outcome import Outcome
from wellread.search.storage import library
from wellread.search.study import pruner, sampler, values


def outcome(score: float | None = 0.6, floor: float = 0.1, unrelated: int = 100, **kw: Any) -> Outcome:
    def both(value: float | None) -> dict[str, Score]:
        return {m: Score(value=value, n=10) for m in ("soft", "strict")}

    given = {
        "kept": 0.5,
        "texts": {"target": 5, "unrelated": unrelated, "total": 5 + unrelated},
        "tokens": {"target": 10, "total": 40},
        "epochs": 3,
        "exposures": 3,
        "seconds": {"train": 7.5, "examine": 1, "total": 9},
    }
    return Outcome.model_validate({"closed_book": both(score), "floor": both(floor), **given, **kw})


@pytest.mark.parametrize("name", plugins.names(OBJECTIVES))
def test_objective(name: str) -> None:
    module = plugins.load(OBJECTIVES, name)
    assert name in module.__doc__
    assert module.DIRECTION in ("maximize", "minimize")
    assert issubclass(module.Params, Frozen)
    value = module.value(outcome(), module.Params())
    assert isinstance(value, float)
    assert math.isfinite(value)
    none = module.value(outcome(score=None, kept=None), module.Params())
    assert none is None or name == "cost"
    if "metric" in module.Params.model_fields:
        better = module.value(outcome(score=0.9), module.Params())
        assert better > value


def test_published_objectives_by_hand() -> None:
    config = SearchConfig(objectives=("score_by_unrelated", "gain_by_total", "learned", "cost"))
    got = values(config, outcome(score=0.6, floor=0.1, unrelated=95))
    assert got == pytest.approx([0.6 * math.log10(95), 0.5 * 2, 0.5, 7.5])
    assert values(SearchConfig(objectives=("score_by_unrelated",)), outcome(unrelated=0)) == [0]


@pytest.mark.parametrize("name", plugins.names(SAMPLERS))
def test_sampler_draws_within_the_space_and_the_same_again(name: str) -> None:
    optuna = library()

    def drawn() -> list[dict[str, Any]]:
        study = optuna.create_study()
        for number in range(12):
            study.sampler = sampler(SearchConfig(sampler=name), [0, number])
            trial = study.ask()
            x = trial.suggest_float("x", 1e-4, 1e-1, log=True)
            n = trial.suggest_int("n", 1, 4)
            on = trial.suggest_categorical("on", [True, False])
            study.tell(trial, x + n + on)
        return [t.params for t in study.trials]

    first = drawn()
    assert all(1e-4 <= p["x"] <= 1e-1 and p["n"] in (1, 2, 3, 4) for p in first)
    assert len({p["x"] for p in first}) > 4
    assert drawn() == first


@pytest.mark.parametrize("name", plugins.names(PRUNERS))
def test_pruner_ends_the_hopeless_and_lets_the_best_go_on(name: str) -> None:
    optuna = library()
    config = SearchConfig(pruner=name, params={"median": {"startup": 3}} if name == "median" else {})
    study = optuna.create_study(direction="maximize", pruner=pruner(config))

    def goes_through(worth: float) -> bool:
        trial = study.ask()
        for step in (25, 50, 75, 100):
            trial.report(worth * step, step)
            if trial.should_prune():
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
                return False
        study.tell(trial, worth)
        return True

    for worth in (0.3, 0.4, 0.5, 0.6):
        goes_through(worth)
    assert goes_through(0.9)
    assert goes_through(0.01) is (name == "none")
