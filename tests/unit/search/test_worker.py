"""Workers on real stores, with a formula in the place of a training."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wellread.errors import ConfigError, InputError, RunConflictError, StoppedError
from wellread.records import Score
from wellread.search.beat import retry
from wellread.search.config import SearchConfig
from wellread.search.outcome import Outcome
from wellread.search.space import Space, space_of
from wellread.search.study import Wanted, joined, target, warm
from wellread.search.terminal import summary, told
from wellread.search.worker import Worker

SPACE, _ = space_of({"x": {"low": 0, "high": 9}, "on": {"any_of": ["a", "b"]}})


def outcome(value: float | None, collapsed: str | None = None) -> Outcome:
    scores = {m: Score(value=value, n=10) for m in ("soft", "strict")}
    return Outcome(
        closed_book=scores, floor=scores, texts={"target": 1, "unrelated": 0, "total": 1}, tokens={"target": 1, "total": 1},
        epochs=1, exposures=1, seconds={"train": 1, "examine": 1, "total": 2}, collapsed=collapsed,
    )  # fmt: skip


def wanted(space: Space = SPACE, files: str = "f", **kw: Any) -> Wanted:
    config = SearchConfig.model_validate({"heartbeat": 0.05, "sampler": "random", **kw})
    identity = {"space": space.describe(), "files": files, "objectives": list(config.objectives)}
    return Wanted("s", config, space, identity, {"objectives": list(config.objectives)})


def score(settings: dict[str, Any], _number: int, _enough: Any) -> tuple[Outcome, dict[str, Any]]:
    return outcome(settings["x"] / 10), {"settings": settings}


def work(store: str, asked: Wanted, trials: int, attempt: Callable[..., Any] = score, index: int = 0) -> Any:
    study = joined(store, asked)
    Worker(study, asked, attempt, trials, index).work()
    return study


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: SQLite waits for the disk some twenty times a trial."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(params=["study.db", "study.log"])
def store(request: pytest.FixtureRequest, place: Path) -> str:
    return str(place / request.param)


def test_trials_are_done_counted_and_not_done_twice(store: str) -> None:
    done: list[int] = []

    def attempt(settings: dict[str, Any], number: int, enough: Any) -> Any:
        done.append(settings["x"])
        return score(settings, number, enough)

    space, _ = space_of({"x": {"low": 0, "high": 2}})
    asked = wanted(space)
    study = work(store, asked, 6, attempt)
    found = summary(study)
    assert found["trials"]["ended"] == found["trials"]["complete"] == 6
    assert len(done) == len(set(done)) <= 3
    assert found["trials"]["copied"] == 6 - len(done)
    assert all(t.values == [t.params["x"] / 10] for t in study.trials)
    work(store, asked, 6, attempt)
    assert len(study.trials) == 6  # enough have ended: nothing is begun
    assert "chosen by these questions" in told(study)


def test_the_queue_comes_first_and_a_grid_is_done_whole(store: str) -> None:
    asked = wanted(
        space_of({"x": {"low": 5, "high": 7}, "on": {"any_of": ["a", "b"]}})[0],
        sampler="grid",
        queue=[{"x": 7, "on": ["b"]}],
    )
    assert target(asked, None) == 9
    study = work(store, asked, target(asked, None))
    assert study.trials[0].params == {"x": 7, "on.a": False, "on.b": True}
    assert len({tuple(t.params.items()) for t in study.trials}) == 9
    assert summary(study)["trials"]["ended"] == 9


def test_points_that_stand_for_nothing_do_not_count(store: str) -> None:
    study = work(store, wanted(seed=3), 8)
    assert summary(study)["trials"]["ended"] == 8
    assert any("void" in t.user_attrs for t in study.trials)  # a and b both off: one draw in four
    assert all(
        t.user_attrs["void"].startswith("no trial: on: 0 are on") for t in study.trials if "void" in t.user_attrs
    )


def test_a_trial_that_cannot_be_is_recorded_and_the_search_goes_on(store: str) -> None:
    def attempt(settings: dict[str, Any], number: int, enough: Any) -> Any:
        if number == 1:
            raise InputError("this one can't be")
        return score(settings, number, enough)

    study = work(store, wanted(queue=[{"x": n, "on": ["a"]} for n in range(4)]), 4, attempt)
    assert [t.state.name for t in study.trials] == ["COMPLETE", "FAIL", "COMPLETE", "COMPLETE"]
    assert study.trials[1].user_attrs["error"] == "this one can't be"


def test_where_the_first_trials_all_fail_the_reason_is_raised(place: Path) -> None:
    def attempt(*_: Any) -> Any:
        raise ConfigError("train.layers: no such layer")

    with pytest.raises(ConfigError, match="no such layer"):
        work(str(place / "s.db"), wanted(queue=[{"x": n, "on": ["a"]} for n in range(9)]), 9, attempt)


def test_a_missing_score_is_a_failure_not_a_zero_and_a_collapse_is_complete(store: str) -> None:
    def attempt(settings: dict[str, Any], number: int, _enough: Any) -> Any:
        return outcome(None if number == 0 else 0.0, "the loss grows" if number == 1 else None), {}

    study = work(store, wanted(queue=[{"x": n, "on": ["a"]} for n in range(2)]), 2, attempt)
    first, second = study.trials
    assert first.state.name == "FAIL"
    assert first.user_attrs["error"] == "score: nothing could be scored"
    assert (second.state.name, second.values) == ("COMPLETE", [0.0])
    assert second.user_attrs["collapsed"] is True
    assert "All models collapsed" in told(study)


def test_a_pruned_trial_counts(store: str) -> None:
    def attempt(settings: dict[str, Any], number: int, enough: Any) -> Any:
        assert enough is not None
        over = any(enough(step, settings["x"] / 10) for step in (25, 50, 75))
        return (None, {}) if over else score(settings, number, enough)

    queue = [{"x": n, "on": ["a"]} for n in (8, 9, 7, 6, 1, 2)]
    study = work(store, wanted(queue=queue, pruner="median", params={"median": {"startup": 2}}), 6, attempt)
    states = [t.state.name for t in study.trials]
    assert states[:2] == ["COMPLETE", "COMPLETE"]
    assert states[4:] == ["PRUNED", "PRUNED"]


def test_a_stopped_trial_goes_back_into_the_queue(store: str) -> None:
    def stopped(*_: Any) -> Any:
        raise KeyboardInterrupt

    asked = wanted(queue=[{"x": 4, "on": ["a"]}])
    with pytest.raises(StoppedError, match="back into the queue"):
        work(store, asked, 1, stopped)
    study = work(store, asked, 1)
    assert [t.state.name for t in study.trials] == ["FAIL", "COMPLETE"]
    assert study.trials[1].params == study.trials[0].params
    assert summary(study)["trials"]["ended"] == 1


def test_a_trial_that_is_stopped_again_and_again_is_tried_again(place: Path) -> None:
    def stopped(*_: Any) -> Any:
        raise KeyboardInterrupt

    asked = wanted(queue=[{"x": 4, "on": ["a"]}])
    for _ in range(4):
        with pytest.raises(StoppedError, match="back into the queue"):
            work(str(place / "s.db"), asked, 1, stopped)
    study = work(str(place / "s.db"), asked, 1)
    assert [t.state.name for t in study.trials] == ["FAIL"] * 4 + ["COMPLETE"]
    assert study.trials[-1].params["x"] == 4
    assert summary(study)["trials"]["ended"] == 1


def test_a_silent_workers_trial_is_done_by_another(store: str) -> None:
    asked = wanted(queue=[{"x": n, "on": ["a"]} for n in range(3)])
    study = joined(store, asked)
    lost = study.ask()  # this worker is heard of no more
    asked.space.suggest(lost)
    lost.set_user_attr("beat", 7)
    work(store, asked, 3)
    assert summary(study)["trials"]["ended"] == 3
    again = next(t for t in study.trials if t.user_attrs.get("retry_of") == lost.number)
    assert again.params == study.trials[lost.number].params
    with pytest.raises((ValueError, RuntimeError)):  # what comes too late is refused
        study.tell(lost, 0.9)


def test_what_a_worker_brings_after_it_was_given_up_is_not_used(store: str) -> None:
    asked = wanted(queue=[{"x": 4, "on": ["a"]}])

    def given_up(settings: dict[str, Any], number: int, enough: Any) -> Any:
        if number == 0:
            other = joined(store, asked)
            retry(other, other.trials[0], "its worker fell silent", silent=True)
        return score(settings, number, enough)

    study = work(store, asked, 1, given_up)
    assert [t.state.name for t in study.trials] == ["FAIL", "COMPLETE"]
    assert study.trials[1].params == study.trials[0].params


def test_a_trial_that_kills_its_workers_is_given_up(place: Path) -> None:
    asked = wanted(queue=[{"x": 4, "on": ["a"]}], heartbeat=0.02)
    study = joined(str(place / "s.db"), asked)
    for _ in range(3):
        trial = study.ask()
        asked.space.suggest(trial)
        worker = Worker(study, asked, score, 1)
        worker.watchman.grace = 0
        worker.watchman.silent(trial.number, None)
        time.sleep(0.01)
        worker.target = 0 if trial.number < 2 else 1
        worker._more()
    assert study.trials[-1].user_attrs["error"] == "its worker fell silent 3 times"
    assert summary(study)["trials"]["ended"] == 1


def test_workers_side_by_side_do_each_trial_once(store: str) -> None:
    done: list[int] = []

    def slow(settings: dict[str, Any], number: int, enough: Any) -> Any:
        time.sleep(0.02)
        done.append(number)
        return score(settings, number, enough)

    asked = wanted(sampler="grid", heartbeat=5)
    joined(store, asked)
    crew = [threading.Thread(target=work, args=(store, asked, 8, slow, n)) for n in range(3)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    study = joined(store, asked)
    assert summary(study)["trials"]["ended"] == 8
    assert len(done) == len(set(done)) == 8


def test_another_study_of_the_same_name_is_refused(store: str) -> None:
    joined(store, wanted())
    other, _ = space_of({"x": {"low": 0, "high": 5}, "on": {"any_of": ["a", "b"]}})
    with pytest.raises(RunConflictError, match=r'of another kind \(space\.x: "0 to 9" -> "0 to 5"\)'):
        joined(store, wanted(other))


def test_a_foreign_study_is_left_alone(place: Path) -> None:
    from wellread.search.storage import library, open_storage

    path = str(place / "s.db")
    study = library().create_study(storage=open_storage(path), study_name="s")
    study.tell(study.ask(), 1.0)
    with pytest.raises(RunConflictError, match="wellread didn't make"):
        joined(path, wanted())


def test_warm_start_takes_over_or_tries_anew(place: Path) -> None:
    earlier = str(place / "old.db")
    work(earlier, wanted(queue=[{"x": n, "on": ["a"]} for n in range(6)]), 6)
    same = wanted()
    study = joined(str(place / "same.db"), same)
    for _ in range(2):
        warm(study, same, earlier)
    assert [t.values for t in study.trials] == [[n / 10] for n in range(6)]
    assert summary(study)["trials"] == {**summary(study)["trials"], "ended": 0, "taken_over": 6}
    other = wanted(files="others")
    study = joined(str(place / "other.db"), other)
    warm(study, other, earlier)
    work(str(place / "other.db"), other, 5)
    assert sorted(t.params["x"] for t in study.trials) == [1, 2, 3, 4, 5]
    with pytest.raises(ConfigError, match="it sought score, not learned"):
        warm(study, wanted(objectives=("learned",)), earlier)
    with pytest.raises(InputError, match="no such file"):
        warm(study, same, str(place / "nothing.db"))
    assert not (place / "nothing.db").exists()
    with pytest.raises(InputError, match="no such study"):
        warm(study, same, f"{earlier}#nope")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://me:secret@localhost:1/none", "can't be reached"),
        ("notes.txt", "can't be used"),
        ("folder", "is a folder"),
        ("magic://x", "no address"),
        ("magic://me:secret@host/x", "no address"),
        ("broken.log", "can't be read as a journal"),
    ],
)
def test_a_storage_that_is_none(where: str, said: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (place / "folder").mkdir()
    for name in ("notes.txt", "broken.log"):
        (place / name).write_text("This is no database, and was never meant to be one.\n" * 40)
    with pytest.raises((InputError, ConfigError), match=said) as e:
        joined(where, wanted())
    assert "secret" not in str(e.value)
    assert e.value.fix


def test_a_store_of_a_newer_optuna(place: Path) -> None:
    import sqlite3

    joined(str(place / "s.db"), wanted())
    with sqlite3.connect(place / "s.db") as db:
        db.execute("update alembic_version set version_num = 'v99.0.0.a'")
    with pytest.raises(InputError, match="newer Optuna"):
        joined(str(place / "s.db"), wanted())


def test_a_store_of_an_older_optuna_says_how_it_is_upgraded(place: Path) -> None:
    from wellread.testing.stores import published_like

    with pytest.raises(InputError, match=r"older Optuna.*optuna storage upgrade"):
        joined(str(published_like(place / "s.db", 4, 3, version="v3.0.0.d")), wanted())
