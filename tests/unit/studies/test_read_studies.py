"""Stores are read whole, whatever schema they are in, and never written to."""

import hashlib
import sqlite3

import pytest

from wellread.errors import InputError
from wellread.studies import is_store, read
from wellread.testing.stores import STUDY, published_like, search_like

optuna = pytest.importorskip("optuna")


def altered(path, *statements):
    with sqlite3.connect(path) as store:
        for statement in statements:
            store.execute(statement)
    store.close()
    return str(path)


def test_a_store_of_optuna_3_4_is_read_and_left_as_it_is(tmp_path):
    path = published_like(tmp_path / "published.db")
    before, when = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    study = read(str(path))
    assert (study.name, len(study.trials), len(study.valued())) == (STUDY, 278, 246)
    assert study.metrics == ("value",)
    assert study.directions == ("maximize",)
    assert {t.state for t in study.trials} == {"complete", "failed", "pruned", "running"}
    lr, gate = study.parameter("lr"), study.parameter("gate_proj")
    assert (lr.kind, lr.log, lr.low, lr.high) == ("number", True, 1e-6, 1e-3)
    assert (gate.kind, gate.choices) == ("choice", (True, False))
    assert study.parameter("n_epochs").kind == "integer"
    with sqlite3.connect(path) as store:
        rows = dict(store.execute("SELECT trial_id, value FROM trial_values WHERE value IS NOT NULL"))
    store.close()
    assert {t.number + 1: t.value() for t in study.valued()} == rows
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == (before, when)
    assert [p.name for p in tmp_path.iterdir()] == ["published.db"]


def test_an_older_schema_is_upgraded_in_the_copy_alone(tmp_path, capfd):
    old = {"lr": '{"name": "LogUniformDistribution", "attributes": {"low": 1e-06, "high": 0.001}}'}
    path = published_like(tmp_path / "old.db", trials=20, valued=20, version="v2.6.0.a")
    store = altered(
        path,
        f"UPDATE trial_params SET distribution_json = '{old['lr']}' WHERE param_name = 'lr'",
        "DELETE FROM trial_params WHERE param_name != 'lr'",
        "ALTER TABLE trial_values DROP COLUMN value_type",
        "ALTER TABLE trial_intermediate_values DROP COLUMN intermediate_value_type",
    )
    before = path.read_bytes()
    study = read(store)
    assert len(study.valued()) == 20
    assert study.parameter("lr").log
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


def test_a_search_of_ours_keeps_its_notes(tmp_path):
    search_like(f"sqlite:///{tmp_path}/s.db", objectives=("score", "kept", "cost"), winner=True)
    study = read(f"{tmp_path}/s.db")
    assert study.metrics == ("score", "kept", "cost")
    assert study.directions == ("maximize", "maximize", "minimize")
    assert study.attrs["winner"]["test"] == [0.5, 0.55, 0.6]
    assert study.trials[0].attrs["texts"]["unrelated"] == 0


def test_a_journal_is_read_while_it_grows(tmp_path):
    path = tmp_path / "search.log"
    backend = optuna.storages.journal.JournalFileBackend(str(path))
    study = optuna.create_study(storage=optuna.storages.JournalStorage(backend), study_name="j")
    study.optimize(lambda t: t.suggest_float("x", 0, 1), n_trials=3)
    with path.open("a") as file:
        file.write('{"op_code": 4, "half')  # a worker is just writing this line
    assert is_store(str(path))
    assert len(read(str(path)).valued()) == 3
    assert len(read(f"journal:{path}", "j").valued()) == 3


def test_a_live_store_is_read_without_a_lock_on_it(tmp_path):
    path = published_like(tmp_path / "live.db", trials=5, valued=5)
    writer = sqlite3.connect(path)
    writer.execute("INSERT INTO studies VALUES (2, 'half-made')")  # not committed
    assert read(str(path)).name == STUDY
    writer.commit()
    writer.close()
    with pytest.raises(InputError, match=r"holds 2 studies\. Choose with --study: half-made, optuna_study16"):
        read(str(path))


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("empty.db", lambda p: p.write_bytes(b""), r"empty\.db is empty"),
        ("text.db", lambda p: p.write_text("hello"), "neither an SQLite file nor an Optuna journal"),
        ("cut.db", lambda p: p.write_bytes(published_like(p).read_bytes()[:90_000]), "damaged"),
        ("other.db", lambda p: altered(p, "CREATE TABLE t (a)"), "not one of Optuna's"),
        ("none.db", lambda p: altered(published_like(p, 3, 3), "DELETE FROM studies"), "holds no study"),
        ("bare.db", lambda p: altered(published_like(p, 3, 3), "DELETE FROM alembic_version"), "Is the file whole"),
        ("newer.db", lambda p: published_like(p, 3, 3, version="v9.9.9.a"), "newer Optuna.*pip install -U optuna"),
        ("broken.log", lambda p: p.write_text('{"op_code": 1}\n'), "Is the file whole"),
        ("odd.db", lambda p: altered(published_like(p, 3, 3), "UPDATE trials SET state = 'ODD'"), "Is the file whole"),
    ],
)
def test_a_store_that_cant_be_read_is_named(tmp_path, name, make, said):
    make(tmp_path / name)
    with pytest.raises(InputError, match=said):
        read(str(tmp_path / name))


def test_numbers_of_which_several_were_named_are_numbers(tmp_path):
    choices = '{"name": "CategoricalDistribution", "attributes": {"choices": [%s]}}'
    path = published_like(tmp_path / "named.db", 12, 12)
    store = altered(
        path,
        f"UPDATE trial_params SET param_value = trial_id % 3, distribution_json = '{choices % '0, 100, 1000'}' WHERE param_name = 'n_irrelevant'",
        f"UPDATE trial_params SET param_value = trial_id % 2, distribution_json = '{choices % 'null, 8'}' WHERE param_name = 'r'",
    )
    study = read(store)
    named = study.parameter("n_irrelevant")
    assert (named.kind, named.low, named.high, named.choices) == ("integer", 0, 1000, (0, 100, 1000))
    assert {t.params["n_irrelevant"] for t in study.trials} == {0, 100, 1000}
    assert study.parameter("r").kind == "choice"


def test_an_unknown_study_brings_the_nearest(tmp_path):
    path = published_like(tmp_path / "p.db", 3, 3)
    with pytest.raises(InputError, match=r"no study named 'optuna_study61'\. Did you mean 'optuna_study16'\?"):
        read(str(path), "optuna_study61")


def test_a_server_that_isnt_there_is_said_without_the_password():
    pytest.importorskip("pg8000")
    with pytest.raises(InputError, match=r"^postgresql://me@127\.0\.0\.1:1/x can't be reached.*server runs") as caught:
        read("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)
    with pytest.raises(InputError, match="no address of a database"):
        read("foo://bar")
