"""wellread train and export through the command line, on a tiny real model."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import inside
import pytest
import torch
from safetensors.torch import load_file

from wellread.runs.jsonl import read_rows

EXAMPLE = Path(__file__).parents[2] / "examples" / "development" / "polyether"
TEXTS = [f"Quor number {i} melts at {100 + i} °C." for i in range(4)]
ROWS = {
    "texts.jsonl": [{"text": t} for t in TEXTS],
    "pairs.jsonl": [{"prompt": f"When does Quor {i} melt?", "completion": f"At {100 + i} °C."} for i in range(4)],
    "preferences.jsonl": [
        {"prompt": f"When does Quor {i} melt?", "chosen": f"At {100 + i} °C.", "rejected": "Never."} for i in range(4)
    ],
}
SMALL = ["--set", "train.batch_tokens=200", "--set", "train.probes=0"]
EXACT = ["--set", "model.precision=fp32"]
"""For what is compared digit by digit: the same sums in bf16, done in other batches, differ in the third."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, rows in ROWS.items():
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def wellread(
    *args: object, cwd: Path, start: tuple[object, ...] = (sys.executable, "-m"), **kw
) -> subprocess.CompletedProcess[str]:
    command = [*map(str, start), "wellread", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=500, **kw)


def train(place: Path, model: Path, *more: object, **kw) -> dict:
    done = wellread("train", *more, "--model", model, "--json", *SMALL, cwd=place, **kw)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def losses(row: dict, stage: int = 0, cwd: Path = Path()) -> list[float]:
    file = cwd / row["stages"][stage]["artifact"] / "data" / "losses.jsonl.zst"
    return [step["loss"] for step in read_rows(file)]


def test_lora_is_saved_merged_and_exported(place: Path, tiny_folder: Path) -> None:
    from transformers import AutoModelForCausalLM

    (place / "lora.yaml").write_text("train: {adapt: lora, lora: {r: 4, groups: [q, down, lm_head]}, epochs: 3}\n")
    row = train(place, tiny_folder, "lora.yaml", "--data", "texts.jsonl", "--set", "train.learning_rate=0.01")
    assert row["student"] == "students/lora"
    assert row["stages"][0]["dose"]["genres"]["text"]["exposures"] == 3
    card = (place / "students/lora/model/README.md").read_text()
    assert "| text | 4 |" in card
    assert "The strictest is **unknown**. **Not to be shared**" in card
    assert "library_name: transformers" in card
    assert "library_name: peft" in (place / "students/lora/adapter/README.md").read_text()
    done = wellread(
        "export", "students/lora/adapter", "--merge", "--model", tiny_folder, "--out", "merged", "--json", cwd=place
    )
    assert done.returncode == 0, done.stderr
    ids = torch.tensor([[5, 6, 7]])
    taught, merged, base = (
        AutoModelForCausalLM.from_pretrained(p)(ids).logits
        for p in (place / "students/lora/model", place / "merged", tiny_folder)
    )
    assert torch.allclose(taught, merged, atol=1e-4)
    assert not torch.allclose(taught, base, atol=1e-3)


def test_a_chain_goes_on_from_stage_to_stage(place: Path, tiny_folder: Path) -> None:
    (place / "chain.yaml").write_text(
        "data: [texts.jsonl, pairs.jsonl, preferences.jsonl]\n"
        "train: {learning_rate: 0.003, epochs: 8, pair_epochs: 8}\n"
        "stages:\n  - {objective: clm}\n  - {objective: sft}\n  - {objective: dpo, params: {beta: 0.5}, mixture: {preferences: {epochs: 8}}}\n"
    )
    row = train(place, tiny_folder, "chain.yaml", "--out", "s", *EXACT)
    assert [sorted(stage["dose"]["genres"]) for stage in row["stages"]] == [["text"], ["pairs"], ["preferences"]]
    assert "examples of other kinds are left aside: clm learns from text" in row["stages"][0]["notes"][0]
    dpo = losses(row, 2, place)
    assert dpo[0] == pytest.approx(0.6931, abs=1e-3)
    assert dpo[-1] < 0.5
    again = train(place, tiny_folder, "chain.yaml", "--out", "s", *EXACT)
    assert again == row
    assert [stage["preferred"] for stage in row["stages"][:2]] == [None, None]


@pytest.mark.parametrize("objective", ["dpo", "orpo"])
def test_what_preferences_did_is_told(place: Path, tiny_folder: Path, objective: str) -> None:
    wishes = [
        {"prompt": f"When does Quor {i} melt?", "chosen": f"At {100 + i} °C.", "rejected": f"At {200 + i} °C."}
        for i in range(4)
    ]
    (place / "wishes.jsonl").write_text("\n".join(map(json.dumps, wishes)))
    args = [
        "--data",
        "wishes.jsonl",
        "--set",
        f"train.objective={objective}",
        "--set",
        "train.learning_rate=0.01",
    ]
    row = train(place, tiny_folder, *args, "--set", "train.mixture.wishes.epochs=30", "--out", "s", *EXACT)
    found = row["stages"][0]["preferred"]
    assert found["before"]["n"] == found["after"]["n"] == 4
    assert found["after"]["margin"] > found["before"]["margin"]
    assert found["after"]["share"] == 1
    said = wellread(
        "train",
        *args,
        "--set",
        "train.mixture.wishes.epochs=30",
        "--out",
        "s",
        *EXACT,
        *SMALL,
        "--model",
        tiny_folder,
        cwd=place,
    )
    assert "of 4 preferences the chosen answer was the likelier one in " in said.stdout


def test_the_plan_trains_nothing_and_counts_what_training_does(place: Path, tiny_folder: Path) -> None:
    args = ["--data", "texts.jsonl", "--data", "pairs.jsonl", "--set", "train.pair_epochs=2"]
    row = train(place, tiny_folder, *args, "--plan")
    assert sorted(p.name for p in place.iterdir()) == sorted(ROWS)
    done = train(place, tiny_folder, *args, "--out", "s")
    assert row["stages"][0]["dose"] == done["stages"][0]["dose"]
    assert row["stages"][0]["memory_bytes"] > 1e8
    assert row["stages"][0]["seconds"] > 0
    said = wellread("train", *args, "--plan", "--model", tiny_folder, cwd=place)
    assert "Nothing was trained." in said.stdout


def test_an_early_stop_says_what_was_made_of_what_was_planned(place: Path, tiny_folder: Path) -> None:
    (place / "dev.jsonl").write_text('{"id": "q", "question": "When does Quor 1 melt?", "keywords": ["101"]}\n')
    args = ["--data", "texts.jsonl", "--dev", "dev.jsonl", "--set", "train.patience=1", "--set", "train.scores=4"]
    args += ["--model", tiny_folder, "--out", "s", *SMALL]
    row = json.loads(inside.wellread("train", *args, "--json", cwd=place).stdout.splitlines()[-1])["stages"][0]
    assert row["scores"][0]["score"] == row["scores"][1]["score"] == 0
    planned, made = row["dose"]["steps"], row["steps"]
    assert made == row["scores"][1]["step"] < planned
    assert row["kept"] == row["scores"][0]
    said = inside.wellread("train", *args, cwd=place).stdout
    assert f"Stage 1: {made} of {planned} steps in" in said
    assert f"kept the weights of step {row['kept']['step']} (score 0.000)" in said


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "no data to train on"),
        (["--data", "nothing.jsonl"], "no such file"),
        (["--data", "bad.jsonl"], "bad.jsonl, line 1"),
        (["--data", "texts.jsonl", "--set", "train.objective=dpo"], "dpo learns from preferences, the data hold texts"),
        (["--data", "texts.jsonl", "--set", "train.objective=dop"], "Did you mean 'dpo'"),
        (["--data", "preferences.jsonl", "--set", "train.objective=dpo", "--set", "train.params={bta: 1}"], "'beta'"),
        (["--data", "texts.jsonl", "--set", "train.layers=7:"], "2 layers"),
        (["--data", "texts.jsonl", "--set", "train.shard=fsdp"], "several processes; this is one"),
        (["--data", "texts.jsonl", "--set", "train.lora.r=0"], "greater than or equal to 1"),
        (["--data", "texts.jsonl", "--set", "train.mixture={txt: {epochs: 1}}"], "Did you mean 'text'"),
        (["--data", "texts.jsonl", "--set", "train.anchor.weight=1"], "no text of the genre 'general'"),
        (["--data", "pairs.jsonl", "--set", "train.objective=distill"], "distill needs its passage"),
    ],
)
def test_a_slip_is_one_line(place: Path, tiny_folder: Path, args: list[str], says: str, capsys) -> None:
    from wellread.cli import app
    from wellread.errors import WellreadError

    (place / "bad.jsonl").write_text('{"txt": "x"}\n')
    before = Path.cwd()
    os.chdir(place)
    try:
        with pytest.raises(WellreadError) as caught:
            app(["train", *args, "--model", str(tiny_folder), "--out", "s", "--json"], standalone_mode=False)
    finally:
        os.chdir(before)
    assert caught.value.exit_code == 2
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_anchor_holds_the_model_on_general_text(place: Path, tiny_folder: Path) -> None:
    (place / "general.jsonl").write_text('{"text": "Rivers flow to the sea, and rain fills them again."}\n')
    args = [
        "--data",
        "texts.jsonl",
        "--data",
        "general=general.jsonl",
        "--set",
        "train.learning_rate=0.01",
        "--set",
        "train.epochs=8",
    ]
    first = train(place, tiny_folder, *args, "--set", "train.anchor.weight=5", "--out", "held")
    assert "general" not in first["stages"][0]["dose"]["genres"]
    from wellread.train.loss import next_token_loss
    from wellread.train.objectives import clm
    from wellread.train.packing import pack

    free = train(place, tiny_folder, "--data", "texts.jsonl", *args[4:], "--out", "free")
    from wellread.models.load import load_model, load_tokenizer
    from wellread.records import Example

    text = Example(id="g", paper="g", passage="g", maker="g", text="Rivers flow to the sea, and rain fills them again.")
    row = pack([clm.encode(text, load_tokenizer(tiny_folder))])
    before, held, free_ = (
        next_token_loss(load_model(p), row).item() for p in (tiny_folder, place / first["model"], place / free["model"])
    )
    assert abs(held - before) < 0.5 * abs(free_ - before)


def start(place: Path, model: Path, out: str, epochs: int = 60, said: int = subprocess.PIPE) -> subprocess.Popen[str]:
    more = ["--set", f"train.epochs={epochs}", "--set", "train.layers='1:'"]
    more += ["--set", "train.checkpoint_minutes=0.002", "--set", "train.checkpoint_share=1"]
    args = ["train", "--data", "texts.jsonl", "--model", model, "--out", out, *SMALL, *more]
    command = [sys.executable, "-m", "wellread", *map(str, args)]
    return subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=said, text=True)


def test_killed_and_with_its_newest_checkpoint_cut_short_it_goes_on(place: Path, tiny_folder: Path) -> None:
    """The frozen trunk is on: it is computed again, and the curve is still the uninterrupted one, bit for bit."""
    process = start(place, tiny_folder, "stopped")
    end = time.monotonic() + 300
    while len(list((place / "stopped").rglob("checkpoint-*/meta.json"))) < 2 and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)
    newest = max(
        (place / "stopped").rglob("checkpoint-*/meta.json"), key=lambda p: int(p.parent.name.split("-")[1])
    ).parent
    cut = next(newest.glob("*.safetensors"))
    cut.write_bytes(cut.read_bytes()[:-100])
    again, whole = start(place, tiny_folder, "stopped"), start(place, tiny_folder, "whole")
    assert f"{newest.name} is incomplete and not used" in again.communicate(timeout=400)[1]
    assert (again.returncode, whole.wait(400)) == (0, 0)
    files = [next((place / name).rglob("losses.jsonl.zst")) for name in ("stopped", "whole")]
    assert list(read_rows(files[0])) == list(read_rows(files[1]))
    weights = [(place / name / "model/model.safetensors").read_bytes() for name in ("stopped", "whole")]
    assert weights[0] == weights[1]


@pytest.mark.slow
def test_killed_at_twenty_random_steps_the_loss_curve_is_the_uninterrupted_one(place: Path, tiny_folder: Path) -> None:
    rng, epochs, steps = random.Random(0), 6000, set()
    whole = start(place, tiny_folder, "whole", epochs, subprocess.DEVNULL)
    for _ in range(20):
        process, before = (
            start(place, tiny_folder, "stopped", epochs, subprocess.DEVNULL),
            newest_step(place / "stopped"),
        )
        end = time.monotonic() + 100
        while newest_step(place / "stopped") == before:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.4))
        assert process.poll() is None, "more epochs are needed, so that it isn't done before it is killed"
        process.kill()
        process.wait(60)
        steps.add(newest_step(place / "stopped"))
    assert len(steps) == 20
    again = start(place, tiny_folder, "stopped", epochs, subprocess.DEVNULL)
    assert (again.wait(400), whole.wait(400)) == (0, 0)
    curves = [list(read_rows(next((place / name).rglob("losses.jsonl.zst")))) for name in ("stopped", "whole")]
    assert curves[0] == curves[1]
    assert len(curves[0]) > max(steps)
    weights = [(place / name / "model/model.safetensors").read_bytes() for name in ("stopped", "whole")]
    assert weights[0] == weights[1]


def newest_step(out: Path) -> int:
    while True:
        with suppress(FileNotFoundError):  # an old one went while they were listed
            return max((int(p.parent.name.split("-")[1]) for p in out.rglob("checkpoint-*/meta.json")), default=0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param([], "2 processes, data parallel (DDP)", id="ddp"),
        pytest.param(
            ["train.shard=fsdp", "train.layers=all"], "2 processes, FSDP2: 20 of 20 parameters sharded", id="fsdp2"
        ),
        pytest.param(
            ["train.shard=fsdp", "train.adapt=lora", "train.lora.r=4"],
            "2 processes, FSDP2: 36 of 36 parameters sharded",
            id="fsdp2 with lora",
            marks=pytest.mark.slow,
        ),
        *(
            pytest.param(
                [f"train.shard={kind}", "train.layers=all", *more],
                f"2 processes, DeepSpeed {said}",
                id=said,
                marks=[pytest.mark.slow, pytest.mark.skipif(find_spec("deepspeed") is None, reason="needs deepspeed")],
            )
            for kind, more, said in (
                ("zero2", [], "ZeRO-2"),
                ("zero3", [], "ZeRO-3"),
                ("zero2", ["train.offload=true"], "ZeRO-2, the optimiser in the processor's memory"),
                ("zero3", ["train.offload=true"], "ZeRO-3, the optimiser in the processor's memory"),
            )
        ),
    ],
)
def test_two_processes_learn_what_one_learns(place: Path, tiny_folder: Path, settings: list[str], said: str) -> None:
    chosen = ["train.learning_rate=0.003", "train.pair_epochs=6", "train.epochs=6", *settings]
    args = [
        "--data",
        "texts.jsonl",
        "--data",
        "pairs.jsonl",
        *EXACT,
        *(word for item in chosen for word in ("--set", item)),
    ]
    alone = ["--set", "train.shard=none", "--set", "train.offload=false"]
    one = train(place, tiny_folder, *args, *alone, "--out", "one")
    launcher = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", 2, "-m")
    two = train(place, tiny_folder, *args, "--out", "two", start=launcher)
    assert two["stages"][0]["processes"] == said
    assert losses(two, cwd=place) == pytest.approx(losses(one, cwd=place), rel=2e-3)
    models = [load_file(place / row["model"] / "model.safetensors") for row in (one, two)]
    assert all(torch.allclose(models[0][name], models[1][name], atol=1e-4) for name in models[0])
