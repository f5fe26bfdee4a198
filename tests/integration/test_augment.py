"""wellread augment as a user runs it, with a writer behind a loopback server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "providers"))

from server import Server

TEXT = "# On Melvanite\n\nMelvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. Melvanite lies in the Orrin Valley for 17 months.\n"
GOOD = "At 312.5 °C Melvanite melts. In a yield of 81.4% Melvanite is made. For 17 months Melvanite is kept in the Orrin Valley."


@pytest.fixture
def wellread(tmp_path):
    paper = tmp_path / "melvanite"
    paper.mkdir()
    (paper / "original.md").write_text(TEXT)
    keys = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "WELLREAD_API_KEY", "WELLREAD_ARTIFACTS")
    env = {k: v for k, v in os.environ.items() if k not in keys}
    env |= {"WELLREAD_CACHE": str(tmp_path / "cache"), "WELLREAD_SECRETS": str(tmp_path / "none")}

    def run(*args, **more):
        command = [sys.executable, "-m", "wellread", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300, env=env | more)

    return run


def test_from_dry_run_to_texts(wellread, tmp_path):
    with Server(answer=lambda prompt: GOOD, key="sk-key-0123456789") as server:
        args = ("augment", "melvanite", "--provider", server.url, "--model", "good-model", "--styles", "qa,article")
        dry = wellread(*args, "--dry-run", "--json", "--price", "1/2")
        assert dry.returncode == 0, dry.stderr
        plan = json.loads(dry.stdout.splitlines()[-1])
        assert plan["requests"] == 2
        assert plan["usd"] > 0
        assert not server.asked
        assert not (tmp_path / "augmented").exists()
        refused = wellread(*args, "--out", "out")
        assert refused.returncode == 2
        assert "WELLREAD_API_KEY" in refused.stderr
        done = wellread(*args, "--out", "out", WELLREAD_API_KEY="sk-key-0123456789")
        assert done.returncode == 0, done.stderr
        assert "2 of 2 rewrites kept" in done.stdout
        assert (tmp_path / "out" / "texts" / "melvanite" / "qa.md").read_text() == f"# On Melvanite\n\n{GOOD}\n"
        again = wellread(*args, "--out", "out", "--json", WELLREAD_API_KEY="sk-key-0123456789")
        assert json.loads(again.stdout.splitlines()[-1])["kept"] == 2
        assert sum(server.paid.values()) == 2
    for path in (tmp_path / "out").rglob("*"):
        assert path.is_dir() or b"sk-key" not in path.read_bytes()


def test_the_budget_ends_with_its_own_code_and_the_same_command_continues(wellread):
    with Server(answer=lambda prompt: GOOD, tokens=(300, 100)) as server:
        args = (
            "augment",
            "melvanite",
            "--provider",
            server.url,
            "--model",
            "good-model",
            "--out",
            "out",
            "--concurrency",
            "1",
        )
        stopped = wellread(*args, "--budget", "900tokens")
        assert stopped.returncode == 3, stopped.stderr
        assert "of 4 requests done" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        paid = sum(server.paid.values())
        done = wellread(*args, "--budget", "9ktokens", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[-1])["kept"] == 4
        assert paid >= 1
        assert sum(server.paid.values()) == 4


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--provider", "http://127.0.0.1:9/v1", "--model", "m"], "can't connect"),
        (["--provider", "openai", "--model", "m"], "OPENAI_API_KEY"),
        (["--provider", "http://127.0.0.1:9/v1"], "--model"),
        (["--styles", "qaa"], "Did you mean 'qa'"),
        (["--languages", "xx"], "unknown language"),
        (["--budget", "5usd"], "--price"),
        (["--budget", "much"], "5usd"),
        (["--price", "cheap"], "price"),
    ],
)
def test_mistakes_end_in_one_line(wellread, args, says):
    done = wellread("augment", "melvanite", *args)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
