"""wellread teach with a writer behind a loopback server: its tellings and questions are checked, paid once, and trained on."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "providers")]

import inside
from server import Server

from wellread.runs.jsonl import read_rows

TEXT = "# On Melvanite\n\nMelvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. Melvanite lies in the Orrin Valley for 17 months.\n"
GOOD = "At 312.5 °C Melvanite melts. In a yield of 81.4% Melvanite is made. For 17 months Melvanite is kept in the Orrin Valley."
BAD = GOOD.replace("81.4", "84.1")
ASKED = {
    "At what temperature does Melvanite turn liquid?": ("Melvanite turns liquid at 312.5 °C.", "312.5 °C"),
    "Where is Melvanite kept?": ("Melvanite is kept in the Orrin Valley.", "Orrin Valley"),
    "What is the yield of Melvanite?": ("The yield of Melvanite is 81.4%.", "81.4%"),
}
EXAM = {"id": "m1", "question": "What is the yield of Melvanite?", "keywords": ["81.4%"], "kind": "direct"}
QUICK = ("--set", "train.epochs=1", "--set", "train.pair_epochs=1", "--set", "rehearse.most=0", "--set", "retention.questions=0",
         "--set", "examine.max_new_tokens=4")  # fmt: skip


def writer(prompt):
    """Tells the paper well but for the interview, in which a number is wrong; asks three questions, one of them the examination's."""
    if asked := re.search(r"\n\nQuestion: (.*)$", prompt):
        return ASKED[asked[1]][0]
    if re.search(r"^K: ", prompt, re.MULTILINE):
        return "\n\n".join(f"Q: {q}\nA: {answer}\nK: {key}" for q, (answer, key) in ASKED.items())
    return BAD if "interview" in prompt.lower() else GOOD


@pytest.fixture
def command(tmp_path, tiny_folder):
    paper = tmp_path / "melvanite"
    paper.mkdir()
    (paper / "original.md").write_text(TEXT)
    (paper / "article.md").write_text("# Melvanite in the news\n\nThe valley of Orrin keeps Melvanite.\n")
    (paper / "questions.jsonl").write_text(json.dumps(EXAM) + "\n")
    return ("teach", "melvanite", "--model", tiny_folder, "--out", "run", *QUICK, "--json")


def made(tmp_path, stage):
    stages = json.loads((tmp_path / "run" / "run.json").read_text())["stages"]
    return tmp_path / "run" / stages[stage]["artifact"]


def test_what_a_writer_tells_and_asks_is_trained_on(command, tmp_path):
    with Server(answer=writer) as server:
        to = (
            "--provider",
            server.url,
            "--writer",
            "good-model",
            "--styles",
            "article,interview",
            "--languages",
            "none",
        )
        dry = inside.wellread(*command, *to, "--dry-run", "--price", "1/2", "--set", "write.n=3", cwd=tmp_path)
        plan = json.loads(dry.stdout.splitlines()[-1])
        assert (plan["requests"], plan["questions"]) == (2 + 3 + 3, 3)
        assert plan["usd"] == pytest.approx((plan["tokens_in"] + 2 * plan["tokens_out"]) / 1e6)
        assert not server.asked
        done = inside.wellread(*command, *to, "--set", "write.kinds=[paraphrase]", "--set", "write.n=3", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        paid = sum(server.paid.values())
        again = inside.wellread(*command, *to, "--set", "write.kinds=[paraphrase]", "--set", "write.n=3", cwd=tmp_path)
        assert again.stdout.splitlines()[-1] == done.stdout.splitlines()[-1]
        assert sum(server.paid.values()) == paid
    assert json.loads(done.stdout.splitlines()[-1])["texts"] == 3
    told = {row["id"]: row["text"] for row in read_rows(made(tmp_path, "tellings") / "data" / "passages.jsonl.zst")}
    assert set(told) == {"melvanite/original", "melvanite/article", "melvanite/article-written"}
    assert told["melvanite/article-written"] == GOOD
    rejected = (made(tmp_path, "rewrite") / "rejected" / "rewrites.jsonl").read_text()
    assert "numbers" in rejected
    assert "84.1" in rejected
    pairs = [
        row
        for row in read_rows(made(tmp_path, "augment") / "data" / "examples.jsonl.zst")
        if "questions-" in row["maker"]
    ]
    assert {row["prompt"]: row["text"] for row in pairs} == {
        "At what temperature does Melvanite turn liquid?": "Melvanite melts at 312.5 °C.",
        "Where is Melvanite kept?": "For 17 months Melvanite is kept in the Orrin Valley.",
    }  # the third is the examination's; they are answered as the views' questions for these facts are
    planned = inside.wellread("train", "--data", "run", "--model", command[3], "--plan", "--json", cwd=tmp_path)
    assert json.loads(planned.stdout.splitlines()[-1])["stages"][0]["dose"]["texts"] == 3
    shared = inside.wellread(
        "dataset", "export", "run", "--out", "shared", "--allow", "melvanite=CC-BY-4.0", "--json", cwd=tmp_path
    )
    assert shared.returncode == 0, shared.stderr
    texts = {
        row["id"]: row["text"]
        for row in map(json.loads, (tmp_path / "shared" / "texts" / "train.jsonl").read_text().splitlines())
    }
    assert texts == told
    page = (tmp_path / "run" / "report.html").read_text()
    assert "Written by good-model: 1 of 2 rewrites and 3 of 3 questions passed the checks" in page


def test_the_budget_is_for_both_and_the_same_command_continues(command, tmp_path):
    with Server(answer=writer, tokens=(300, 100)) as server:
        to = ("--provider", server.url, "--writer", "good-model", "--concurrency", "1", "--set", "write.n=3",
              "--set", "rewrite.retries=0", "--set", "write.kinds=[direct]", "--set", "write.retries=0")  # fmt: skip
        stopped = inside.wellread(*command, *to, "--budget", "2ktokens", cwd=tmp_path)
        assert stopped.returncode == 3, stopped.stderr
        assert "budget reached" in stopped.stderr
        assert 1 <= sum(server.paid.values()) <= 5
        done = inside.wellread(*command, *to, "--budget", "20ktokens", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert max(server.paid.values()) == 1


def test_killed_while_the_writer_writes_and_continued(command, tmp_path):
    env = {**os.environ, "WELLREAD_CACHE": str(tmp_path / "cache"), "OMP_NUM_THREADS": "1"}
    with Server(answer=writer, latency=0.15) as server:
        all_of_it = (
            *command,
            "--provider",
            server.url,
            "--writer",
            "good-model",
            "--concurrency",
            "1",
            "--set",
            "write.n=3",
        )
        process = subprocess.Popen([sys.executable, "-m", "wellread", *map(str, all_of_it)], cwd=tmp_path, env=env)
        while sum(server.paid.values()) < 3 and process.poll() is None:
            time.sleep(0.005)
        assert process.poll() is None, "there must be work left to be killed at"
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not (tmp_path / "run" / "report.html").exists()
        done = inside.wellread(*all_of_it, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        # What was under way or being written when it died may be asked for again.
        assert sum(server.paid.values()) <= len(server.paid) + 2
    assert (tmp_path / "run" / "report.html").is_file()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--writer", "m"], "--provider"),
        (["--dry-run"], "--provider"),
        (["--styles", "qa"], "--provider"),
        (["--provider", "openai", "--writer", "m"], "OPENAI_API_KEY"),
        (["--provider", "http://127.0.0.1:9/v1"], "model"),
        (["--provider", "http://127.0.0.1:9/v1", "--writer", "m"], "can't connect"),
        (["--provider", "local", "--set", "write.examination=0.5"], "write.examination"),
        (["--provider", "local", "--styles", "qaa"], "Did you mean 'qa'"),
    ],
)
def test_mistakes_end_in_one_line(command, tmp_path, args, says):
    done = inside.wellread(*command, *args, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
