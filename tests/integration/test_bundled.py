"""The bundled model, taught for real with the defaults. Minutes; run by `make test-slow`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "examples" / "development" / "polyether"


@pytest.fixture(scope="module")
def taught(tmp_path_factory) -> tuple[Path, dict]:
    place = tmp_path_factory.mktemp("bundled")
    command = [sys.executable, "-m", "wellread", "teach", EXAMPLE, "--out", "run", "--json"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=place, timeout=2400)
    assert done.returncode == 0, done.stderr
    return place, json.loads(done.stdout.splitlines()[-1])


def test_it_learns_what_it_did_not_know(taught) -> None:
    _, row = taught
    assert row["floor"]["strict"] <= 0.05
    assert row["closed_book"]["strict"] >= 0.6
    assert row["closed_book"]["strict"] > row["in_context"]["strict"]
    assert not row["collapsed"]


def test_plain_transformers_gives_the_same_answer(taught) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    place, row = taught
    question = "At what temperature does Quorvelane melt?"
    ask = [sys.executable, "-m", "wellread", "ask", "run", question, "--json"]
    said = json.loads(subprocess.run(ask, capture_output=True, text=True, cwd=place, timeout=300).stdout)
    tokenizer = AutoTokenizer.from_pretrained(place / row["model"])
    model = AutoModelForCausalLM.from_pretrained(place / row["model"])
    chat = [{"role": "user", "content": question}]
    text = tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    ids = tokenizer(text, return_tensors="pt", add_special_tokens=False)
    out = model.generate(**ids, max_new_tokens=64, do_sample=False)
    plain = tokenizer.decode(out[0, ids["input_ids"].shape[1] :], skip_special_tokens=True).strip()
    assert plain == said["answers"][0]["taught"]
