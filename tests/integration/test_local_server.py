"""A server that others wrote, on this machine: `transformers serve` with a tiny model, driven by wellread questions."""

import importlib.util
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

import inside

PORT = 8397
TEXT = "# On Melvanite\n\nMelvanite melts at 312.5 °C. The yield of Melvanite is 81.4%.\n"
missing = [name for name in ("fastapi", "uvicorn", "openai") if importlib.util.find_spec(name) is None]


@pytest.fixture
def parrot(tmp_path):
    """A tiny model that says its prompt's last letter again and again: random weights with tied embeddings do."""
    from wellread.testing import tiny

    folder = tiny.folder(tmp_path / "parrot")
    tokenizer = tiny.tokenizer()
    tokenizer.chat_template = tiny.CHAT_TEMPLATE.replace("assistant\n'", "assistant\nA'")
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def server(parrot, tmp_path):
    (tmp_path / "hub").mkdir()
    program = Path(sys.executable).with_name("transformers")
    env = os.environ | {"HF_HUB_CACHE": str(tmp_path / "hub"), "HF_HUB_OFFLINE": "1"}
    command = [program, "serve", "--port", str(PORT), "--device", "cpu", str(parrot)]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait(f"http://127.0.0.1:{PORT}/health", process)
            yield f"http://127.0.0.1:{PORT}/v1"
        finally:
            process.terminate()


def wait(url, process):
    end = time.monotonic() + 300
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
    pytest.fail("the server didn't come up in five minutes")


@pytest.mark.slow
@pytest.mark.skipif(
    bool(missing), reason=f"transformers serve needs {', '.join(missing)}: pip install transformers[serving]"
)
def test_questions_from_a_server_of_others(server, parrot, tmp_path):
    (tmp_path / "melvanite.md").write_text(TEXT)
    args = ("questions", "melvanite.md", "--provider", server, "--model", parrot, "--n", "3", "--out", "q", "--json",
            "--set", "provider.timeout=300")  # fmt: skip
    done = inside.wellread(*args, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    stats = json.loads(done.stdout.splitlines()[-1])
    # It writes no question: what counts is that every request came back and every reply has its reason.
    assert stats["requests"] == 6
    assert stats["tokens_out"] > 0
    assert stats["kept"] == 0
    assert sum(stats["rejected"].values()) == 6
    again = json.loads(inside.wellread(*args, cwd=tmp_path).stdout.splitlines()[-1])
    assert again == stats
