"""The whole way through the command line, on a tiny real model."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wellread.runs.jsonl import read_rows

EXAMPLE = Path(__file__).parents[2] / "examples" / "development" / "polyether"
SMALL = [
    "--set",
    "rehearse.most=3",
    "--set",
    "retention.questions=9",
    "--set",
    "retention.neighbours=2",
    "--set",
    "examine.max_new_tokens=8",
    "--set",
    "train.batch_tokens=400",
    "--set",
    "train.longest=256",
]


def wellread(*args: object, cwd: Path, **kw) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wellread", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300, **kw)


def teach(place: Path, model: Path, *more: object, out: str = "run") -> dict:
    args = ["teach", EXAMPLE, "--model", model, "--out", out, "--texts", "original,qa", *SMALL, "--json", *more]
    done = wellread(*args, cwd=place)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def taught(tmp_path_factory, tiny_folder: Path) -> tuple[Path, dict]:
    place = tmp_path_factory.mktemp("taught")
    return place, teach(place, tiny_folder, "--set", "train.epochs=2", "--views", "off")


def test_the_json_says_what_happened(taught) -> None:
    _, row = taught
    assert row["texts"] == 2
    assert row["tokens"] > 1000
    assert set(row["seconds"]) == {"train", "examine", "total"}
    for condition in ("floor", "closed_book", "in_context"):
        assert row[condition]["n"] == 20
        assert row[condition]["unscored"] == 0
        assert set(row[condition]["by_kind"]) == {"direct", "paraphrase", "reverse"}
    assert row["floor"]["strict"] == 0
    assert set(row["retention"]) == {"kept", "spilled", "spilled_before"}
    assert row["retention"]["kept"]["n"] == 0  # a random model knows nothing that it could forget
    assert row["retention"]["spilled"]["n"] == 2


def test_a_folder_that_was_renamed_keeps_its_examination(tiny_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for name in ("original.md", "questions.jsonl"):  # which name the paper polyether
        (tmp_path / "mine" / name).write_bytes((EXAMPLE / name).read_bytes())
    quick = ("--model", tiny_folder, "--texts", "original", "--views", "off", *SMALL, "--set", "train.epochs=1",
             "--set", "retention.questions=0", "--set", "rehearse.most=0", "--json")  # fmt: skip
    done = wellread("teach", "mine", *quick, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["in_context"]["n"] == 20
    named = ("--questions", EXAMPLE / "questions.jsonl", "--out", "elsewhere")
    assert wellread("teach", "mine", *quick, *named, cwd=tmp_path).returncode == 0
    page = (tmp_path / "elsewhere" / "report.html").read_text()
    assert "20 questions name a paper that isn&#39;t among these" in page


def test_the_run_is_on_disk(taught) -> None:
    place, row = taught
    run = place / "run"
    assert {"run.yaml", "run.json", "report.html", "model"} <= {p.name for p in run.iterdir()}
    assert (place / row["model"] / "model.safetensors").is_file()
    page = (run / "report.html").read_text()
    assert "Quorvelane" in page
    stages = json.loads((run / "run.json").read_text())["stages"]
    for stage in stages.values():
        folder = run / stage["artifact"]
        assert {"manifest.json", "config.yaml", "provenance.json", "stats.json"} <= {p.name for p in folder.iterdir()}
    assert not list(run.rglob("checkpoint-*"))


def test_plain_transformers_gives_the_same_answers(taught) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    place, row = taught
    tokenizer = AutoTokenizer.from_pretrained(place / row["model"])
    model = AutoModelForCausalLM.from_pretrained(place / row["model"])
    stages = json.loads((place / "run" / "run.json").read_text())["stages"]
    answers = {
        r["question"]: r["text"]
        for r in read_rows(place / "run" / stages["closed_book"]["artifact"] / "data/answers.jsonl.zst")
    }
    questions = [json.loads(line) for line in (EXAMPLE / "questions.jsonl").read_text().splitlines()]
    for q in questions:
        chat = tokenizer.apply_chat_template(
            [{"role": "user", "content": q["question"]}], add_generation_prompt=True, tokenize=False
        )
        ids = tokenizer(chat, return_tensors="pt", add_special_tokens=False)
        with torch.no_grad():
            out = model.generate(**ids, max_new_tokens=8, do_sample=False)
        assert (
            tokenizer.decode(out[0, ids["input_ids"].shape[1] :], skip_special_tokens=True).strip() == answers[q["id"]]
        )


def test_the_same_command_again_does_nothing_new(taught, tiny_folder: Path) -> None:
    place, row = taught
    start = time.monotonic()
    again = teach(place, tiny_folder, "--set", "train.epochs=2", "--views", "off")
    assert again == row
    assert time.monotonic() - start < 60


def test_other_settings_in_the_same_folder_are_refused(taught, tiny_folder: Path) -> None:
    place, _ = taught
    args = [
        "teach",
        EXAMPLE,
        "--model",
        tiny_folder,
        "--out",
        "run",
        "--texts",
        "original,qa",
        *SMALL,
        "--set",
        "train.epochs=3",
        "--views",
        "off",
    ]
    done = wellread(*args, cwd=place)
    assert done.returncode == 2
    assert "train.epochs: 2 -> 3" in done.stderr
    assert "--out" in done.stderr


def test_the_other_verbs_read_the_run(taught) -> None:
    place, _ = taught
    said = wellread("ask", "run", "What is Quorvelane?", "--compare", "--json", cwd=place)
    assert set(json.loads(said.stdout.splitlines()[-1])["answers"][0]) == {"question", "base", "taught"}
    chatted = wellread("chat", "run", "--compare", cwd=place, input="What is Quorvelane?\nexit\n")
    assert chatted.returncode == 0, chatted.stderr
    assert "taught" in chatted.stdout
    (place / "run" / "report.html").unlink()
    assert wellread("report", "run", cwd=place).returncode == 0
    assert (place / "run" / "report.html").is_file()
    listed = wellread("runs", ".", "--json", cwd=place)
    assert json.loads(listed.stdout)["runs"][0]["finished"]
    why = wellread("why", "run", "train", "--json", cwd=place)
    assert json.loads(why.stdout)["config"]["epochs"] == 2
    assert "Known: " in wellread("why", "run", "trian", cwd=place).stderr
    assert "properties" in json.loads(wellread("config", "schema", cwd=place).stdout)
    assert wellread("models", cwd=place).returncode == 0
    assert json.loads(wellread("doctor", "--json", cwd=place).stdout)["checks"]


def test_views_add_pairs(tmp_path: Path, tiny_folder: Path) -> None:
    row = teach(tmp_path, tiny_folder, "--views", "on", "--set", "train.epochs=1")
    assert row["pairs"] > 20


def test_lora_is_merged_into_the_saved_model(tmp_path: Path, tiny_folder: Path) -> None:
    row = teach(
        tmp_path,
        tiny_folder,
        "--views",
        "off",
        "--set",
        "train.adapt=lora",
        "--set",
        "train.lora.r=4",
        "--set",
        "train.epochs=1",
    )
    folder = tmp_path / row["model"]
    assert not (folder / "adapter_config.json").exists()
    assert (folder / "model.safetensors").is_file()


def test_without_questions_the_report_says_so(tmp_path: Path, tiny_folder: Path) -> None:
    (tmp_path / "note.md").write_text("# Quor\n\nQuor melts at 146 °C.\n")
    done = wellread("teach", "note.md", "--model", tiny_folder, "--out", "run", "--json", *SMALL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout.splitlines()[-1])
    assert row["closed_book"]["strict"] is None
    assert row["closed_book"]["n"] == 0
    assert "No questions" in (tmp_path / "run" / "report.html").read_text()


def losses(run: Path) -> list[dict]:
    stages = json.loads((run / "run.json").read_text())["stages"]
    return list(read_rows(run / stages["train"]["artifact"] / "data" / "losses.jsonl.zst"))


def start(place: Path, model: Path, out: str) -> subprocess.Popen[str]:
    args = ["teach", EXAMPLE, "--model", model, "--out", out, "--texts", "original,qa", *SMALL, "--views", "off"]
    more = ["--set", "train.epochs=40", "--set", "train.checkpoint_minutes=0.01"]
    command = [sys.executable, "-m", "wellread", *map(str, args), *more]
    return subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def wait_for_checkpoint(run: Path, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        if list(run.rglob("checkpoint-*/meta.json")):
            return
        time.sleep(0.05)
    raise AssertionError(f"no checkpoint came: {process.stderr.read() if process.stderr else ''}")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_and_continued_equals_uninterrupted(tmp_path: Path, tiny_folder: Path, how: signal.Signals) -> None:
    stopped = start(tmp_path, tiny_folder, "stopped")
    wait_for_checkpoint(tmp_path / "stopped", stopped)
    os.kill(stopped.pid, how)
    stopped.wait(60)
    if how == signal.SIGINT:
        assert stopped.returncode == 130
        assert "same command continues" in (stopped.stderr.read() if stopped.stderr else "")
    assert not (tmp_path / "stopped" / "report.html").exists()
    again = start(tmp_path, tiny_folder, "stopped")
    whole = start(tmp_path, tiny_folder, "whole")
    assert (again.wait(200), whole.wait(200)) == (0, 0)
    assert losses(tmp_path / "stopped") == losses(tmp_path / "whole")
    weights = [next((tmp_path / name).rglob("model/model.safetensors")).read_bytes() for name in ("stopped", "whole")]
    assert weights[0] == weights[1]
