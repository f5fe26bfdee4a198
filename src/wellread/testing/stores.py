"""Stores of searches to test readers with: one in the schema of Optuna 3.4, one as wellread's own searches leave it."""

import json
import math
import random
import sqlite3
from pathlib import Path
from typing import Any

from wellread.studies.quiet import quiet

# The tables that Optuna 3.2 to 3.6 made, as far as a reader needs them; its alembic version is v3.2.0.a.
_SCHEMA = """
CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name VARCHAR(512) NOT NULL UNIQUE);
CREATE TABLE version_info (
  version_info_id INTEGER PRIMARY KEY CHECK (version_info_id = 1), schema_version INTEGER, library_version VARCHAR(256));
CREATE TABLE study_directions (
  study_direction_id INTEGER PRIMARY KEY, direction VARCHAR(8) NOT NULL, study_id INTEGER NOT NULL, objective INTEGER NOT NULL);
CREATE TABLE study_user_attributes (
  study_user_attribute_id INTEGER PRIMARY KEY, study_id INTEGER, "key" VARCHAR(512), value_json TEXT);
CREATE TABLE study_system_attributes (
  study_system_attribute_id INTEGER PRIMARY KEY, study_id INTEGER, "key" VARCHAR(512), value_json TEXT);
CREATE TABLE trials (
  trial_id INTEGER PRIMARY KEY, number INTEGER, study_id INTEGER, state VARCHAR(8) NOT NULL, datetime_start DATETIME,
  datetime_complete DATETIME);
CREATE TABLE trial_user_attributes (
  trial_user_attribute_id INTEGER PRIMARY KEY, trial_id INTEGER, "key" VARCHAR(512), value_json TEXT);
CREATE TABLE trial_system_attributes (
  trial_system_attribute_id INTEGER PRIMARY KEY, trial_id INTEGER, "key" VARCHAR(512), value_json TEXT);
CREATE TABLE trial_params (
  param_id INTEGER PRIMARY KEY, trial_id INTEGER, param_name VARCHAR(512), param_value FLOAT, distribution_json TEXT);
CREATE TABLE trial_values (
  trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL, value FLOAT,
  value_type VARCHAR(7) NOT NULL);
CREATE TABLE trial_intermediate_values (
  trial_intermediate_value_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL, step INTEGER NOT NULL,
  intermediate_value FLOAT, intermediate_value_type VARCHAR(7) NOT NULL);
CREATE TABLE trial_heartbeats (
  trial_heartbeat_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL UNIQUE, heartbeat DATETIME NOT NULL);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
"""
STUDY = "optuna_study16"


def published_like(path: Path, trials: int = 278, valued: int = 246, version: str = "v3.2.0.a", seed: int = 1) -> Path:
    """A store as the published one: `valued` of `trials` came to a value, the others failed, were pruned or run still.

    The score rises with the logarithm of lr and with gate_proj, falls with the unrelated texts, and knows nothing of r.
    One more trial is complete with NaN for its value, which SQLite keeps as NULL.
    """
    rng = random.Random(seed)
    with sqlite3.connect(path) as store:
        store.executescript(_SCHEMA)
        store.execute("INSERT INTO alembic_version VALUES (?)", (version,))
        store.execute("INSERT INTO version_info VALUES (1, 12, '3.4.0')")
        store.execute("INSERT INTO studies VALUES (1, ?)", (STUDY,))
        store.execute("INSERT INTO study_directions VALUES (1, 'MAXIMIZE', 1, 0)")
        without = set(rng.sample(range(trials), trials - valued))
        nan = min(without, default=-1)
        for number in range(trials):
            whole = number not in without or number == nan
            _trial(
                store, rng, number, "COMPLETE" if whole else rng.choice(["FAIL", "PRUNED", "RUNNING"]), number == nan
            )
    store.close()
    return path


def _trial(store: sqlite3.Connection, rng: random.Random, number: int, state: str, nan: bool) -> None:
    params: dict[str, tuple[float, str, dict[str, Any]]] = {
        "lr": (10 ** rng.uniform(-6, -3), "FloatDistribution", {"low": 1e-6, "high": 1e-3, "log": True, "step": None}),
        "n_epochs": _integer(rng, 1, 8), "n_irrelevant": _integer(rng, 0, 2000), "n_original": _integer(rng, 0, 5),
        "n_multilingual": _integer(rng, 0, 30), "r": _integer(rng, 4, 128), "q_proj": _choice(rng, True, False),
        "gate_proj": _choice(rng, True, False), "model": _choice(rng, "7b", "13b", "70b"),
    }  # fmt: skip
    trial = number + 1
    ended = None if state == "RUNNING" else f"2023-11-{1 + number // 24:02d} {number % 24:02d}:30:00.000000"
    begun = f"2023-11-{1 + number // 24:02d} {number % 24:02d}:00:00.000000"
    store.execute("INSERT INTO trials VALUES (?, ?, 1, ?, ?, ?)", (trial, number, state, begun, ended))
    for name, (value, kind, attributes) in params.items():
        row = (trial, name, value, json.dumps({"name": kind, "attributes": attributes}))
        store.execute(
            "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)", row
        )
    if state == "COMPLETE":
        on = params["gate_proj"][0] == 0
        score = (
            0.5
            + 0.2 * (math.log10(params["lr"][0]) + 4.5)
            + 0.1 * on
            - params["n_irrelevant"][0] / 8000
            + rng.gauss(0, 0.05)
        )
        found = None if nan else round(min(1.0, max(0.0, score)), 3)
        store.execute(
            "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, 0, ?, 'FINITE')",
            (trial, found),
        )


def _integer(rng: random.Random, low: int, high: int) -> tuple[float, str, dict[str, Any]]:
    return rng.randint(low, high), "IntDistribution", {"low": low, "high": high, "log": False, "step": 1}


def _choice(rng: random.Random, *choices: Any) -> tuple[float, str, dict[str, Any]]:
    return rng.randrange(len(choices)), "CategoricalDistribution", {"choices": choices}


def search_like(store: Any, *, name: str = "task1b", objectives: tuple[str, ...] = ("score",), winner: bool = False,
                collapsed: bool = False, trials: int = 24) -> Any:  # fmt: skip
    """A study as wellread's own searches leave it, put into `store`: an Optuna address or storage, None for one in memory.

    Returns the Optuna study. Raises ImportError without Optuna.
    """
    import optuna

    rng = random.Random(0)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(
        storage=store, study_name=name, directions=["minimize" if o == "cost" else "maximize" for o in objectives]
    )
    with quiet():  # Optuna calls it experimental
        study.set_metric_names(list(objectives))
    about = {"version": "0.1.0", "recipe": "name: task1b\n", "objectives": list(objectives), "model": "bundled"}
    study.set_user_attr("wellread", {**about, "questions": {"development": 20, "test": 20}})
    study.set_user_attr("floor", {"soft": 0.1, "strict": 0.05})
    ranges = {
        "train.learning_rate": optuna.distributions.FloatDistribution(1e-5, 1e-2, log=True),
        "corpus.texts": optuna.distributions.IntDistribution(1, 5),
    }
    for number in range(trials):
        texts, unrelated, epochs = (1, 3, 5)[number % 3], (0, 20, 100)[number // 3 % 3], (5, 20)[number % 2]
        score = min(1.0, max(0.0, 0.15 * texts + 0.01 * epochs - unrelated / 300 + rng.gauss(0, 0.05)))
        seconds, kept = 10.0 + epochs, round(max(0.0, 0.9 - score), 3)
        worth = {"score": score, "kept": kept, "cost": seconds}
        attrs = {
            "scores": {"closed_book": {"soft": score, "strict": score, "choice_letter": 0.25 + score / 2, "judge": score * 0.9,
                                       "n": 20, "unscored": 0, "interval": [max(0.0, score - 0.2), min(1.0, score + 0.2)]}},
            "kept": kept, "texts": {"target": texts, "unrelated": unrelated, "total": texts + unrelated, "instructions": 10 * texts},
            "tokens": {"target": 200 * texts, "total": 200 * texts + 90 * unrelated}, "epochs": epochs, "exposures": epochs,
            "seconds": {"train": seconds, "examine": 5.0, "total": seconds + 5.0}, "collapsed": collapsed, "error": None,
            "seed": number, "worker": "here-1",
        }  # fmt: skip
        params = {"train.learning_rate": 10 ** rng.uniform(-5, -2), "corpus.texts": texts}
        study.add_trial(
            optuna.trial.create_trial(
                params=params, distributions=ranges, values=[worth[o] for o in objectives], user_attrs=attrs
            )
        )
    if winner:
        again = {"trial": 2, "settings": {}, "metric": "strict", "seeds": [101, 102, 103]}
        study.set_user_attr(
            "winner", {**again, "development": [0.7, 0.65, 0.75], "test": [0.5, 0.55, 0.6], "earlier": []}
        )
    return study
