"""wellread preferences as a user runs it, by rule and with a writer, and a chain of training that reads the pairs."""

import json
import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "providers")]

import inside
from server import Server

POLYETHER = Path(__file__).parents[2] / "examples" / "development" / "polyether"
CHAIN = """
train: {layers: all}
stages:
  - {objective: clm, epochs: 1}
  - {objective: sft, pair_epochs: 1}
  - {objective: dpo, params: {beta: 0.1}}
"""


@pytest.fixture
def wellread(tmp_path):
    return lambda *args: inside.wellread(*args, cwd=tmp_path)


def last(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_texts_then_pairs_then_preferences(wellread, tmp_path, tiny_folder):
    stats = last(wellread("preferences", POLYETHER, "--out", "p", "--json"))
    assert stats["kept"] + sum(stats["rejected"].values()) == stats["questions"] == 20
    assert stats["kept"] >= 15
    assert {"number", "name"} <= set(stats["by_difference"])
    (tmp_path / "chain.yaml").write_text(CHAIN)
    (tmp_path / "texts.jsonl").write_text(
        '{"text": "Quorvelane melts at 146 °C."}\n{"prompt": "What melts?", "completion": "Quorvelane melts."}\n'
    )
    trained = last(wellread("train", "chain.yaml", "--data", "texts.jsonl", "--data", "p/preferences.jsonl", "--model",
                            tiny_folder, "--out", "student", "--json"))  # fmt: skip
    assert [bool(stage["dose"]["steps"]) for stage in trained["stages"]] == [True] * 3
    assert (tmp_path / "student" / "model" / "config.json").is_file()


def test_a_writer_is_believed_only_where_a_fact_differs(wellread, tmp_path):
    said = {
        "At what temperature does Quorvelane melt?": "Quorvelane melts at 164 °C.",
        "Which new catalyst gives Quorvelane its large molar mass?": "The new catalyst Ketrosal gives Quorvelane its mass.",
        "What is the yield in the polymerisation of Quorvelane?": "The answer is wrong: the yield of Quorvelane is 49%.",
        "What molar mass does Quorvelane have when Ketrosal is used?": "With Ketrosal, Quorvelane has a molar mass of 640000 g/mol.",
    }  # fmt: skip

    def writer(prompt):
        return next((answer for question, answer in said.items() if question in prompt), "I cannot say that.")

    with Server(answer=writer) as server:
        to = ("--provider", server.url, "--model", "good-model", "--out", "p", "--json")
        stats = last(wellread("preferences", POLYETHER / "questions.jsonl", *to))
        assert stats["requests"] == 20 + 19
        paid = sum(server.paid.values())
        assert last(wellread("preferences", POLYETHER / "questions.jsonl", *to)) == stats
        assert sum(server.paid.values()) == paid
    (row,) = [json.loads(line) for line in (tmp_path / "p" / "preferences.jsonl").read_text().splitlines()]
    assert row["rejected"] == "Quorvelane melts at 164 °C."
    assert stats["by_difference"] == {"number": 1}
    rejected = [
        json.loads(x) for x in (tmp_path / stats["artifact"] / "rejected/preferences.jsonl").read_text().splitlines()
    ]
    reasons = {r["what"]: r["reason"] for r in rejected}
    assert len(reasons) == 19
    assert reasons["polyether-d2"] == reasons["polyether-d3"] == "it holds the right answer's key"
    assert reasons["polyether-d5"] == "it says itself that it is wrong"


def test_questions_in_a_file_of_any_name_and_named_twice(wellread, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "training.jsonl").write_bytes((POLYETHER / "questions.jsonl").read_bytes())
    named = last(wellread("preferences", "mine", "mine/training.jsonl", "--out", "p", "--json"))
    assert named["kept"] == last(wellread("preferences", POLYETHER, "--out", "q", "--json"))["kept"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nothing.jsonl"], "no such file or folder"),
        (["."], "holds no questions"),
        (["bad/training.jsonl"], "not JSON lines"),
        (["bad/none.jsonl"], "no questions in"),
        ([POLYETHER, "--alterations", "nubmer"], "unknown alteration 'nubmer'. Did you mean 'number'?"),
        ([POLYETHER, "--each", "0"], "prefer.each"),
        ([POLYETHER, "--provider", "openai", "--model", "m"], "OPENAI_API_KEY"),
    ],
)
def test_mistakes_end_in_one_line(wellread, tmp_path, args, says):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "training.jsonl").write_text("hello\n")
    (tmp_path / "bad" / "none.jsonl").write_text('{"text": "a plain text"}\n')
    done = wellread("preferences", *args, "--out", "p")
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p").exists()


def test_recipes_are_read_and_options_come_on_top(wellread, tmp_path):
    recipe = Path(__file__).parents[2] / "recipes" / "augment" / "preferences.yaml"
    assert last(wellread("preferences", POLYETHER, "--recipe", recipe, "--out", "two", "--json"))["kept"] > 20
    assert (
        last(wellread("preferences", POLYETHER, "--recipe", recipe, "--each", "1", "--out", "one", "--json"))["kept"]
        < 20
    )
    for name in ("questions", "rewrites"):
        verb = "questions" if name == "questions" else "augment"
        args = (verb, POLYETHER, "--recipe", recipe.with_name(f"{name}.yaml"), "--provider", "http://127.0.0.1:9/v1")
        assert last(wellread(*args, "--model", "m", "--dry-run", "--json"))["requests"] > 8
    (tmp_path / "bad.yaml").write_text("prefer: {eech: 2}")
    done = wellread("preferences", POLYETHER, "--recipe", "bad.yaml")
    assert done.returncode == 2
    assert "Did you mean 'each'?" in done.stderr
