"""wellread questions and wellread preferences killed in the middle: the same command continues, with nothing lost or doubled."""

import os
import random
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
from test_questions import writer

POLYETHER = Path(__file__).parents[2] / "examples" / "development" / "polyether"
CONCURRENT = 2


def wrong(prompt):
    """A writer of wrong answers: the right one with another number, where it has one."""
    return re.sub(r"\d+", "271", re.findall(r"answer: (.*)", prompt, re.IGNORECASE)[-1])


VERBS = {"questions": (writer, POLYETHER, "examination.jsonl"), "preferences": (wrong, POLYETHER, "preferences.jsonl")}


def killed(verb, tmp_path, kills):
    """Kill the verb `kills` times, each after a few more replies; gives its folder and the server."""
    answer, given, _ = VERBS[verb]
    env = {**os.environ, "WELLREAD_CACHE": str(tmp_path / "cache"), "OMP_NUM_THREADS": "1"}
    with Server(answer=answer, latency=0.15) as server:
        command = (verb, str(given), "--provider", server.url, "--model", "good-model", "--out", "out", "--json",
                   "--set", f"provider.concurrency={CONCURRENT}")  # fmt: skip
        rng = random.Random(kills)
        for _ in range(kills):
            before, more = sum(server.paid.values()), rng.randint(1, 4)
            process = subprocess.Popen([sys.executable, "-m", "wellread", *command], cwd=tmp_path, env=env)
            while sum(server.paid.values()) < before + more and process.poll() is None:
                time.sleep(0.005)
            assert process.poll() is None, "there must be work left to be killed at"
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert not (tmp_path / "out" / VERBS[verb][2]).exists()
        done = inside.wellread(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        server.latency = 0.0
        whole = tmp_path / "whole"
        whole.mkdir()
        paid = dict(server.paid)
        assert inside.wellread(*command, cwd=whole).returncode == 0
    return paid, {name: n - paid.get(name, 0) for name, n in server.paid.items()}


def check(verb, tmp_path, kills):
    paid, undisturbed = killed(verb, tmp_path, kills)
    assert set(paid) == set(undisturbed)
    assert set(undisturbed.values()) == {1}
    # Under way or being written when the process died: at most twice as many as are under way, for each kill.
    assert sum(paid.values()) <= len(paid) + kills * 2 * CONCURRENT
    name = VERBS[verb][2]
    assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / "out" / name).read_bytes()
    assert (tmp_path / "out" / name).stat().st_size


@pytest.mark.parametrize("verb", VERBS)
def test_killed_once_and_continued(verb, tmp_path):
    check(verb, tmp_path, 1)


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_several_moments_and_continued(verb, tmp_path):
    check(verb, tmp_path, 4)
