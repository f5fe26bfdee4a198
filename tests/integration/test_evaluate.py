"""wellread evaluate, as a user types it, on tiny real models."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wellread.evaluate import general
from wellread.runs.jsonl import read_rows
from wellread.testing import tiny

EXAMPLE = Path(__file__).parents[2] / "examples" / "development" / "polyether"
COMPARE = "base,in-context,retrieval,choices-only"


def wellread(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wellread", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=500)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    at = tmp_path_factory.mktemp("evaluate")
    tiny.folder(at / "base")
    tiny.folder(at / "student", seed=4)
    (at / "p").mkdir()
    (at / "p" / "original.md").write_text("# Quor\n\nQuor melts at 146 °C.\n\nIt is made with Ketrosal in toluene.\n")
    rows = [
        {"id": "a", "question": "At what temperature does Quor melt?", "keywords": ["146 °C"], "answer": "At 146 °C."},
        {"id": "b", "question": "What is Quor made with?", "keywords": ["Ketrosal"]},
        {"id": "c", "question": "Which?", "choices": ["Ketrosal", "salt"], "correct": "A"},
        {"id": "d", "question": "How hot?", "number": "146 °C"},
    ]
    (at / "p" / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (at / "keyless.csv").write_text("id,question\nz,Why?\n")
    return at


@pytest.fixture(scope="module")
def done(place: Path) -> dict:
    args = ["student", "--base", "base", "--questions", "p", "--compare", COMPARE, "--max-new-tokens", 4, "--json"]
    run = wellread("evaluate", *args, "--out", "exam", cwd=place)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_one_table_with_every_condition(done: dict) -> None:
    assert [r["label"] for r in done["rows"]] == ["untrained", "taught", "in-context", "retrieval", "choices-only"]
    taught = done["rows"][1]
    assert taught["scores"]["strict"]["n"] == 2
    assert taught["scores"]["choice_likelihood"]["n"] == 1
    assert taught["scores"]["bits_per_byte"]["value"] > 1
    assert taught["gain"]["n"] == 2
    assert taught["p"] == 1
    assert done["rows"][4]["scores"]["strict"]["n"] == 0
    assert any("would show a score above" in note for note in done["notes"])


def test_the_page_holds_every_answer(done: dict, place: Path) -> None:
    page = (place / "exam" / "report.html").read_text()
    for text in ("What is Quor made with?", "It is made with Ketrosal in toluene.", "untrained", "choices-only"):
        assert text in page
    rows = list(read_rows(place / "exam" / "answers.jsonl"))
    assert len(rows) == 4 * 5
    # Nothing is loaded from elsewhere.
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)


def test_again_nothing_is_asked_twice(done: dict, place: Path) -> None:
    args = ["student", "--base", "base", "--questions", "p", "--compare", "base", "--max-new-tokens", 4]
    (place / "student" / "model.safetensors").rename(place / "student" / "kept.safetensors")
    try:
        again = wellread("evaluate", *args, "--out", "exam", cwd=place)
        assert again.returncode == 2  # another model now, and one that can't be loaded
    finally:
        (place / "student" / "kept.safetensors").rename(place / "student" / "model.safetensors")
    again = wellread("evaluate", *args, "--out", "exam", cwd=place)
    assert again.returncode == 0, again.stderr
    assert again.stderr.count("done before") == 2
    assert "taught, closed-book: done before" in again.stderr
    assert "untrained" in again.stdout


def test_a_question_without_a_key_is_asked_and_said_to_be_unscored(place: Path) -> None:
    args = ["student", "--questions", "keyless.csv", "--max-new-tokens", 2, "--out", "keyless", "--json"]
    run = wellread("evaluate", *args, cwd=place)
    assert run.returncode == 0, run.stderr
    row = json.loads(run.stdout.splitlines()[-1])
    assert "1 of 1 questions have nothing to be scored by; they are asked, not scored." in row["notes"]
    assert row["rows"][0]["scores"]["strict"]["unscored"] == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["student"], "no questions to ask"),
        ([], "no model to examine"),
        (["student", "--questions", "p", "--compare", "base"], "Name it: --base bundled"),
        (["student", "--questions", "keyless.csv", "--base", "base", "--compare", "retrieval"], "--papers FOLDER"),
        (["student", "--questions", "p", "--compare", "bas"], "unknown comparison 'bas'"),
        (["student", "--mmlu", "x"], "--mmlu-data FOLDER"),
        (["nobody/none/at-all", "--questions", "p"], "unknown model"),
        (["http://127.0.0.1:9/v1", "--questions", "p"], "doesn't say which models it serves"),
        (["student", "--questions", "p", "--out", "p"], "exists and is not an examination"),
        (["--rescore", "p/original.md"], "not JSON"),
        (["student", "--questions", "p", "--out", "keyless.csv"], "is a file"),
        (["student", "--questions", "p", "--label", "in-context"], "can't be called 'in-context'"),
        (["student", "--questions", "p", "--label", "a", "--label", "b"], "2 labels for 1 models"),
    ],
)
def test_mistakes_end_in_one_line(place: Path, args: list, said: str) -> None:
    run = wellread("evaluate", *args, cwd=place)
    assert run.returncode == 2, run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


@pytest.mark.slow
def test_retention_and_mmlu(place: Path) -> None:
    for part in ("dev", "test"):
        (place / "mmlu" / part).mkdir(parents=True)
        (place / "mmlu" / part / f"rocks_{part}.csv").write_text("Which?,a,b,c,d,B\nWhy?,a,b,c,d,A\n")
    args = ["student", "--base", "base", "--compare", "base", "--mmlu", "rocks", "--mmlu-data", "mmlu", "--shots", 1]
    run = wellread("evaluate", *args, "--retention", "--max-new-tokens", 2, "--out", "wide", "--json", cwd=place)
    assert run.returncode == 0, run.stderr
    row = json.loads(run.stdout.splitlines()[-1])
    assert row["rows"][1]["scores"]["choice_likelihood"]["n"] == 2
    assert [r["label"] for r in row["retention"]] == ["untrained", "taught"]
    assert row["retention"][1]["general"]["n"] == len(general.questions())
    assert row["retention"][1]["bits_per_byte"] > 1
    again = wellread("evaluate", *args, "--retention", "--max-new-tokens", 2, "--out", "wide", cwd=place)
    assert "untrained, retention, instructions: done before" in again.stderr


def test_a_question_that_a_run_was_trained_on_is_not_scored(place: Path) -> None:
    """`teach` keeps its own examination out of the pairs; questions that come later may be among them."""
    (place / "alone.md").write_text((place / "p" / "original.md").read_text())
    settings = ["--set", "train.epochs=1", "--set", "rehearse.most=0", "--set", "retention.questions=0"]
    taught = wellread("teach", "alone.md", "--model", "base", "--out", "alone", *settings, cwd=place)
    assert taught.returncode == 0, taught.stderr
    [pairs] = (place / "alone" / "artifacts" / "augment").glob("*/data/examples.jsonl.zst")
    prompts = [row["prompt"] for row in read_rows(pairs) if len(row["prompt"].split()) >= 3]
    asked = [
        {"id": "trained", "question": prompts[0], "keywords": ["146 °C"]},
        {"id": "new", "question": "Does anybody know how hot the oven has to be?", "keywords": ["146 °C"]},
    ]
    (place / "later.jsonl").write_text("\n".join(map(json.dumps, asked)))
    done = wellread("evaluate", "alone", "--questions", "later.jsonl", "--max-new-tokens", 4, "--json", cwd=place)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    [row] = [r for r in told["rows"] if r["label"] == "taught"]
    assert (row["scores"]["strict"]["n"], row["scores"]["strict"]["unscored"]) == (1, 1)
    assert any("trained on, word for word: 1; they aren't scored" in note for note in told["notes"])
