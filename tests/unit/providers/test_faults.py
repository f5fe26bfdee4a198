"""A server that misbehaves, and a client that is killed: nothing lost, nothing doubled, nothing paid twice."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from server import FAULTS

from wellread.providers.records import Request

CUSTOMER = Path(__file__).parent / "customer.py"


def storm(serve, connect, n, timeout=1.5, **kw):
    server = serve(faults=0.2, storms=0.001, latency=0.002, **kw)
    provider = connect(server.url, concurrency=32, timeout=timeout)
    outcomes = list(provider.complete(Request(prompt=f"text {i}") for i in range(n)))
    assert sorted(o.request.prompt for o in outcomes) == sorted(f"text {i}" for i in range(n))
    for outcome in outcomes:
        assert (outcome.reply is None) != (outcome.reason is None)
        if outcome.reply:
            assert outcome.reply.text == f"said: {outcome.request.prompt}"
    assert set(server.made) >= set(FAULTS)
    assert server.paid == {o.request.prompt: 1 for o in outcomes if o.reply}
    assert server.peak <= 32
    assert server.early <= 4  # Retry-After was heeded, by all
    assert sum(o.reply is not None for o in outcomes) >= 0.999 * n
    again = list(provider.complete(o.request for o in outcomes if o.reply))
    assert all(o.cached for o in again)
    assert max(server.paid.values()) == 1


def test_a_misbehaving_server_costs_nothing_twice(serve, connect):
    storm(serve, connect, 500, kinds=FAULTS)


@pytest.mark.slow
def test_five_thousand_requests_of_which_one_in_five_goes_wrong(serve, connect):
    # A machine that stalls for longer than the timeout lets a reply that was paid for come too late.
    storm(serve, connect, 5000, timeout=10, kinds=FAULTS)


def killed_at_random(server, cache, kills, n, concurrency, longest):
    """Kill the customer `kills` times, then let it end; gives how often each text was paid."""
    rng = random.Random(kills)
    command = [sys.executable, str(CUSTOMER), server.url, str(cache), str(n), str(concurrency)]
    for _ in range(kills):
        before = sum(server.asked.values())
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        while sum(server.asked.values()) == before and process.poll() is None:
            time.sleep(0.002)
        assert process.poll() is None, "there must be work left to be killed at"
        time.sleep(rng.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert int(subprocess.run(command, capture_output=True, check=True).stdout) == n
    with sqlite3.connect(cache) as db:
        rows = db.execute("SELECT payload, text FROM replies").fetchall()
    assert len(rows) == n
    assert sorted(text for _, text in rows) == sorted(f"said: text {i}" for i in range(n))
    # What was under way or being written when the process died may be asked for again; nothing else.
    assert sum(server.paid.values()) <= n + kills * 2 * concurrency
    assert all(server.paid[f"text {i}"] >= 1 for i in range(n))
    paid = sum(server.paid.values())
    subprocess.run(command, capture_output=True, check=True)
    assert sum(server.paid.values()) == paid


def test_killed_and_resumed(serve, tmp_path):
    killed_at_random(
        serve(latency=0.02, faults=0.1, kinds=("500", "cut", "429")), tmp_path / "c.sqlite", 4, 400, 8, 0.1
    )


@pytest.mark.slow
def test_killed_at_fifty_random_moments(serve, tmp_path):
    killed_at_random(
        serve(latency=0.02, faults=0.1, kinds=("500", "cut", "429")), tmp_path / "c.sqlite", 50, 3000, 8, 0.15
    )


def test_stopped_by_control_c_keeps_what_was_under_way(serve, tmp_path):
    server = serve(latency=0.2)
    cache = tmp_path / "c.sqlite"
    process = subprocess.Popen(
        [sys.executable, str(CUSTOMER), server.url, str(cache), "1000", "8"],
        stderr=subprocess.PIPE,
        text=True,
        # Tests that a shell runs in the background ignore Ctrl-C, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while sum(server.asked.values()) < 20:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert "KeyboardInterrupt" in said
    with sqlite3.connect(cache) as db:
        kept = db.execute("SELECT count(*) FROM replies").fetchone()[0]
    assert kept == sum(server.paid.values()) < 1000
