"""wellread questions as a user runs it, with a writer behind a loopback server, and what train, evaluate and teach make of it."""

import json
import re
import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "providers")]

import inside
from server import Server

ROOT = Path(__file__).parents[2]
PAPERS = ("polyether", "thermoelectric")


def writer(prompt):
    """Writes true questions out of the example papers' own, some faulty ones, and answers like one who can read."""
    rows = [json.loads(line) for p in PAPERS
            for line in (ROOT / "examples" / "development" / p / "questions.jsonl").read_text().splitlines()]  # fmt: skip
    asked = re.search(r"\n\nQuestion: (.*)$", prompt)
    if asked:
        row = next((r for r in rows if asked[1].endswith(r["question"])), None)
        return row["answer"] if row and "<<<" in prompt else "I do not know that."
    kind = "reverse" if "asks for the name" in prompt else "paraphrase" if "quite differently" in prompt else "direct"
    text = prompt.split("<<<")[1]
    rows = [r for r in rows if r["kind"] == kind and all(k in text for k in r["keywords"])]
    good = [f"Q: {r['question']}\nA: {r['answer']}\nK: {'; '.join(r['keywords'])}" for r in rows]
    bad = ["Q: Is it tough?\nA: Yes.\nK: tough", "Q: What is in Figure 3 of the paper?\nA: A line.\nK: line"]
    return "\n\n".join([*good, *bad])


@pytest.fixture
def wellread(tmp_path):
    for paper in PAPERS:
        (tmp_path / paper).mkdir()
        text = (ROOT / "examples" / "development" / paper / "original.md").read_text()
        (tmp_path / paper / "original.md").write_text(f"---\nlicence: CC-BY-4.0\n---\n{text}")
    return lambda *args: inside.wellread(*args, cwd=tmp_path)


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def last(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_from_papers_to_a_trained_and_examined_model(wellread, tmp_path, tiny_folder):
    with Server(answer=writer) as server:
        to = ("--provider", server.url, "--model", "good-model", "--multiple-choice")
        plan = last(wellread("questions", *PAPERS, *to, "--dry-run", "--json", "--price", "1/2"))
        assert plan["requests"] == 6 + 16
        assert plan["usd"] > 0
        assert not server.asked
        stats = last(wellread("questions", *PAPERS, *to, "--out", "q", "--json"))
        paid = sum(server.paid.values())
        assert last(wellread("questions", *PAPERS, *to, "--out", "q", "--json")) == stats
        assert sum(server.paid.values()) == paid == max(server.paid.values()) * len(server.paid)
    assert stats["kept"] == stats["wanted"] == 16
    assert stats["rejected"]["answered by yes or no"] >= 2
    assert stats["examination"]["papers"] == stats["training"]["papers"] == 1
    exam, training = rows(tmp_path / "q" / "examination.jsonl"), rows(tmp_path / "q" / "training.jsonl")
    assert {q["paper"] for q in exam}.isdisjoint(e["paper"] for e in training)
    assert {q["licence"] for q in exam} == {e["licence"] for e in training} == {"CC-BY-4.0"}
    choices = [q for q in exam if "choices" in q]
    assert len(choices) >= 4
    assert all(q["choices"]["ABCD".index(q["correct"])] == q["answer"] and len(set(q["choices"])) == 4 for q in choices)
    paper = exam[0]["paper"]
    rejected = rows(tmp_path / stats["artifact"] / "rejected" / "questions.jsonl")
    assert all(row["reason"] and row["what"] for row in rejected)
    used = ("--set", "model.name=" + str(tiny_folder), "--set", "train.epochs=1", "--set", "train.pair_epochs=1")
    trained = last(wellread("train", "--data", "q/training.jsonl", "--out", "student", "--json", *used))
    examined = last(wellread("evaluate", trained["model"], "--questions", "q/examination.jsonl", "--papers", paper,
                             "--max-new-tokens", "4", "--json"))  # fmt: skip
    assert examined["rows"]
    taught = last(wellread("teach", paper, "--questions", "q/examination.jsonl", "--json", *used,
                           "--set", "examine.max_new_tokens=4", "--set", "train.readings=1"))  # fmt: skip
    assert taught["closed_book"]["n"] == len(exam) - len(choices)


def test_a_check_model_and_texts_to_stay_away_from(wellread, tmp_path):
    clever = json.loads((ROOT / "examples/development/polyether/questions.jsonl").read_text().splitlines()[3])
    (tmp_path / "other.jsonl").write_text(
        json.dumps({"prompt": "At what temperature does Quorvelane break?", "completion": "x"})
        + "\n" + json.dumps({"text": "Ask: Which new catalyst gives Quorvelane its large molar mass?"}) + "\n"
    )  # fmt: skip

    def knows_one(prompt):
        return clever["answer"] if clever["question"] in prompt else "No idea."

    with Server(answer=writer) as server, Server(answer=knows_one) as check:
        stats = last(wellread("questions", "polyether", "--provider", server.url, "--model", "good-model", "--n", "8",
                              "--kinds", "direct", "--check-provider", check.url, "--check-model", "good-model",
                              "--against", "other.jsonl", "--out", "q", "--json"))  # fmt: skip
    assert stats["rejected"]["answered without the passage"] == 1
    assert stats["leaks"]["repeated"] == 1
    assert stats["rejected"]["stands in the texts to be trained on"] == 1
    asked = [q["question"] for q in rows(tmp_path / "q" / "examination.jsonl")]
    assert clever["question"] not in asked
    assert not any("large molar mass" in q for q in asked)
    assert stats["check"]["requests"] == 8
    assert len(asked) == 6


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["polyether", "--kinds", "dirct"], "unknown kind 'dirct'. Did you mean 'direct'?"),
        (["polyether", "--n", "0"], "write.n"),
        (["polyether", "--set", "write.retires=1"], "Did you mean 'retries'?"),
        (["nothing"], "no such file or folder"),
        (["polyether", "--budget", "5usd"], "needs the model's price"),
        (["polyether", "--provider", "opnai"], "unknown provider 'opnai'"),
        (["polyether", "--context", "sometimes"], "write.context"),
        (["polyether", "--against", "no.jsonl"], "no such file or folder"),
        (["empty"], "empty"),
    ],
)
def test_mistakes_end_in_one_line(wellread, tmp_path, args, says):
    (tmp_path / "empty").mkdir()
    done = wellread("questions", "--provider", "http://127.0.0.1:9/v1", "--model", "m", *args, "--out", "q")
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "q").exists()
