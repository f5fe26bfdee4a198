"""wellread search through the command line, on a tiny real model."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from wellread.records import Answer
from wellread.runs.jsonl import read_records
from wellread.runs.run import look

EXAMPLES = Path(__file__).parents[2] / "examples"
RECIPES = Path(__file__).parents[2] / "recipes"
RECIPE = """
model: {{name: {model}}}
corpus:
  papers: [{examples}/development/polyether]
  texts: {{any_of: [original, qa]}}
  unrelated: [{examples}/test/photocatalyst]
augment: {{views: off}}
rehearse: {{most: 0}}
train:
  batch_tokens: 400
  longest: 256
  epochs: {{low: 1, high: 2}}
  learning_rate: {{low: 1e-4, high: 1e-2, log: true}}
examine: {{max_new_tokens: 4}}
search:
  heartbeat: 1
  sampler: random
  queue: [{{train.epochs: 2, corpus.texts: [qa]}}]
  winner_seeds: [7]
"""


@pytest.fixture
def place(tmp_path: Path, tiny_folder: Path) -> Path:
    (tmp_path / "s.yaml").write_text(RECIPE.format(model=tiny_folder, examples=EXAMPLES))
    return tmp_path


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "wellread", "search", *map(str, args)]


def search(place: Path, *args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*args), capture_output=True, text=True, cwd=place, timeout=500)


def found(place: Path, *args: object) -> dict[str, Any]:
    done = search(place, *args, "--json")
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip()
    return json.loads(done.stdout.splitlines()[-1])


def trials(place: Path, storage: str, study: str = "s") -> list[Any]:
    from wellread.search.storage import library, open_storage

    return library().load_study(study_name=study, storage=open_storage(str(place / storage))).trials


def test_a_search_from_beginning_to_winner_and_on(place: Path) -> None:
    looked = found(place, "s.yaml", "--dry-run")
    assert looked["first"] == [{"train.epochs": 2, "corpus.texts.original": False, "corpus.texts.qa": True}]
    assert not list(place.glob("searches/**/*"))
    row = found(place, "s.yaml", "--trials", 2)
    assert row["trials"]["ended"] == 2
    assert row["best"]["values"].keys() == {"score"}
    assert row["winner"]["seeds"] == [7]
    assert len(row["winner"]["test"]) == len(row["winner"]["development"]) == 1
    first, second = trials(place, "searches/s/search.db")
    assert first.params["corpus.texts.qa"] is True
    kept = first.user_attrs
    assert kept["settings"]["train.epochs"] == 2
    assert kept["texts"]["total"] == kept["texts"]["target"] + kept["texts"]["unrelated"] > 10
    assert kept["scores"]["closed_book"].keys() >= {"soft", "strict", "n", "unscored", "interval"}
    assert (kept["scores"]["closed_book"]["n"], kept["collapsed"], kept["error"]) == (10, False, None)
    assert (place / kept["answers"]).is_file()
    assert kept["tokens"]["total"] > kept["tokens"]["target"] > 0
    assert second.user_attrs["seed"] == 0
    more = search(place, "s.yaml", "--trials", 3)
    assert "2 of 3 trials have ended before" in more.stderr
    assert "[3/3] trial 2: score" in more.stderr
    assert "The same settings with 1 new seeds: development" in more.stdout
    assert f"Its model: wellread run {Path('searches/s/winner.yaml')}" in more.stdout
    again = [sys.executable, "-m", "wellread", "run", "searches/s/winner.yaml", "--json"]
    run = subprocess.run(again, capture_output=True, text=True, cwd=place, timeout=500)
    assert run.returncode == 0, run.stderr
    made = place / json.loads(run.stdout.splitlines()[-1])["run"]
    [examined] = (place / "searches/s/answers").glob("winner-*-seed-7-development.jsonl.zst")
    told = look(made).artifact("closed_book").path / "data" / "answers.jsonl.zst"
    assert _said(examined).items() <= _said(told).items()


def _said(file: Path) -> dict[str, str | None]:
    return {a.question: a.text for a in read_records(file, Answer)}


def wrong(place: Path, *args: object) -> str:
    done = search(place, *args)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("train.epochs={low: 3, high: 1}", "train.epochs: low 3 is above high 1"),
        ("train.lora.r={low: 0, high: 4}", "train.lora.r"),
        ("train.learning_rat={low: 1, high: 2}", "Did you mean 'learning_rate'?"),
        ("search.sampler=tepe", "Did you mean 'tpe'?"),
    ],
)
def test_bad_input_is_one_line(place: Path, setting: str, said: str) -> None:
    told = wrong(place, "s.yaml", "--set", setting)
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert not (place / "searches").exists()


def test_a_run_of_a_range_points_to_search(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wellread", "run", "s.yaml"], capture_output=True, text=True, cwd=place, timeout=100
    )
    assert done.returncode == 2
    assert "corpus.texts is a range" in done.stderr
    assert "wellread search s.yaml" in done.stderr


@pytest.mark.parametrize("scale", ["cpu", "full"])
def test_every_published_recipe_is_sound(scale: str) -> None:
    from wellread.searching.plan import Search

    names = [
        p for p in sorted((RECIPES / "hatakeyama2023").glob("*.yaml")) if scale == "cpu" or "\nfull:" in p.read_text()
    ]
    assert len(names) >= 5
    for path in names:
        plan = Search(path, scale=scale).plan
        assert plan.space.dimensions
        head = path.read_text().split("\nname:")[0]
        assert "Published outcome" in head
        assert "Hardware and time" in head


def killed_among_three(place: Path, storage: str, aim: int, kills: int) -> list[Any]:
    """Three workers by three commands; one after another is killed; the last ones finish."""
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    arguments = command("s.yaml", "--storage", storage, "--trials", aim, "--set", "search.winner_seeds=[]")
    crew = [
        subprocess.Popen(arguments, cwd=place, env=env, stderr=(place / f"worker{n}.txt").open("w")) for n in range(3)
    ]
    for _ in range(kills):
        before = _running(storage, place)
        while not _running(storage, place) - before and any(p.poll() is None for p in crew):
            time.sleep(0.2)
        victim = crew.pop(0)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    for process in crew:
        assert process.wait(timeout=500) == 0, "".join(p.read_text() for p in place.glob("worker*.txt"))
    return _study(storage, place).trials


def _study(storage: str, place: Path) -> Any:
    from wellread.search.storage import library, open_storage

    scheme, name = ("journal:", storage.removeprefix("journal:")) if storage.startswith("journal:") else ("", storage)
    where = storage if "://" in storage else f"{scheme}{place / name}"
    return library().load_study(study_name="s", storage=open_storage(where))


def _running(storage: str, place: Path) -> set[int]:
    """Numbers of the trials that were begun."""
    try:
        return {t.number for t in _study(storage, place).trials if t.state.name != "WAITING"}
    except Exception:  # not made yet
        return set()


def check(done: list[Any], aim: int) -> None:
    from wellread.search.study import counts

    ended = [t for t in done if counts(t)]
    assert len(ended) == aim
    assert all(t.state.name == "COMPLETE" for t in ended)
    assert not [t for t in done if t.state.name in ("RUNNING", "WAITING")]
    for lost in (t for t in done if "lost" in t.user_attrs):
        again = [t for t in done if t.user_attrs.get("retry_of") == lost.user_attrs.get("retry_of", lost.number)]
        assert again
        if lost.params:
            assert any(t.params == lost.params for t in again)


@pytest.mark.slow
@pytest.mark.parametrize("storage", ["search.db", "journal:search.log"])
def test_a_worker_killed_among_three_loses_nothing(place: Path, storage: str) -> None:
    check(killed_among_three(place, storage, aim=8, kills=1), 8)


@pytest.mark.slow
def test_workers_of_one_command(place: Path) -> None:
    row = found(place, "s.yaml", "--trials", 5, "--workers", 2)
    assert row["trials"]["ended"] == 5
    done = trials(place, "searches/s/search.db")  # a point that stands for nothing has no worker
    assert len({t.user_attrs["worker"] for t in done if "worker" in t.user_attrs}) == 2


@pytest.mark.slow
def test_ctrl_c_is_resumed(place: Path) -> None:
    process = subprocess.Popen(command("s.yaml", "--trials", 4), cwd=place, stderr=subprocess.PIPE, text=True)
    while len(_running("searches/s/search.db", place)) < 2:
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=100)[1]
    assert process.returncode == 130
    assert "The same command goes on" in told
    row = found(place, "s.yaml", "--trials", 4)
    assert row["trials"]["ended"] == 4
