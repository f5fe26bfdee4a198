"""Trials per hour of a search, against the published loop: Trainer and PEFT, batch 1, questions one at a time by a pipeline.

Both teach the same settings (LoRA r 64 on v, o, gate, up of the upper half, one text a step, the same order and seed) and ask
the same questions, and each has the whole machine. Ours runs as `wellread search --workers N` does, one process of one thread a
core: model, texts and floor stay from trial to trial, steps start from the cached lower layers, answers come in batches. The
peer is one process with as many threads as torch takes: it loads the model for each trial, trains with transformers' Trainer
and PEFT, and asks through transformers' text-generation pipeline. The arithmetic of training is bf16 for both where the
processor has it; both answer in 32 bits. Scores must agree (within 0.1); the share of equal answers is told.

The default work is four papers, five texts of each, read four times, and 320 questions: about as many (299) as the published search
asked after each epoch. The fewer questions there are beside the training, the smaller the ratio.

What a search does once (reading the papers, the floor) is told apart. The peer asks only every n-th question, --peer-questions
in all, and its time for them is scaled up to all. Seconds are of the clock, so let the machine be idle. `--json` prints one
JSON object as the last line.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).parent
PAPERS = ("nuclear-glass", "magnesium-alloy", "corrosion-inhibitor", "flow-battery")
TEXTS = ("original", "qa", "article", "interview", "textbook")
MODULES = ("v", "o", "gate", "up")
RANK = 64


def settings(args: argparse.Namespace, rate: float) -> Any:
    """One trial."""
    from wellread.config import from_mapping

    folders = [BENCHMARKS.parent / "examples/development" / name for name in PAPERS[: args.papers]]
    files = [str(f / "questions.jsonl") for f in folders]
    files += [str(BENCHMARKS / "questions" / f"{f.name}.jsonl") for f in folders if args.questions == "further"]
    return from_mapping({
        "model": {"name": args.model, "device": "cpu"},
        "corpus": {"papers": [str(f) for f in folders], "texts": list(TEXTS[: args.texts])},
        "questions": {"questions": files},
        "augment": {"views": "off"},
        "rehearse": {"most": 0},
        "train": {
            "adapt": "lora", "layers": "50%:", "epochs": args.epochs, "learning_rate": rate, "warmup": 0.0, "batch_tokens": 1,
            "lora": {"groups": MODULES, "r": RANK, "alpha": RANK},
        },
        "search": {"winner_seeds": []},
    })  # fmt: skip


def rates(args: argparse.Namespace) -> list[float]:
    return [4e-4 * 1.5**k for k in range(args.trials)]


def ours(args: argparse.Namespace) -> dict[str, Any]:
    """One worker: every trial whose number is its own modulo the number of workers."""
    from wellread.records import Answer, Question
    from wellread.runs import progress
    from wellread.runs.jsonl import read_records
    from wellread.searching.classroom import Classroom
    from wellread.train.prepare import prepare
    from wellread.train.stage import gather

    progress.set_mode("silent")
    room, start = Classroom(Path(args.scratch) / "room"), time.monotonic()
    first = settings(args, 1e-4)
    sheets = room.sheets(first)
    room.floor(first, sheets.asked["development"], sheets.corpus)
    once = time.monotonic() - start
    asked = read_records(sheets.asked["development"].path / "data" / "questions.jsonl.zst", Question)
    if args.worker == 0:
        model = room._hold(room._model(first)).path
        ready = prepare(first.train, first.model, model, gather({"model": model, **sheets.texts}), [])
        rows = [
            {"ids": s.ids, "labels": s.labels}
            for batch in ready.batches
            for s in (ready.encoded.sequences[i] for i in batch)
        ]
        told = {
            "rows": rows, "model": str(model), "bf16": ready.device.precision == "bf16", "most": first.examine.max_new_tokens,
            "questions": [q.model_dump(mode="json") for q in asked],
        }  # fmt: skip
        (Path(args.scratch) / "work.json").write_text(json.dumps(told))
    said: dict[int, dict[str, str]] = {}
    seconds = []
    for k, rate in list(enumerate(rates(args)))[args.worker :: args.workers]:
        outcome = (room.teach(settings(args, rate), f"trial-{k}") or {})["development"]
        said[k] = {a.question: a.text or "" for a in read_records(Path(outcome.answers or ""), Answer)}
        seconds.append(outcome.seconds)
    return {"once": once, "seconds": seconds, "said": said}


def published(args: argparse.Namespace) -> dict[str, Any]:
    """The loop: a model loaded, trained and asked, again and again."""
    import torch
    from peft import LoraConfig, get_peft_model
    from torch.utils.data import SequentialSampler
    from transformers import (
        AutoModelForCausalLM,
        AutoTokenizer,
        DataCollatorForSeq2Seq,
        Trainer,
        TrainingArguments,
        pipeline,
    )

    class InOrder(Trainer):
        def _get_train_sampler(self, *_: Any) -> Any:
            return SequentialSampler(self.train_dataset)

    work = json.loads((Path(args.scratch) / "work.json").read_text())
    every = max(1, len(work["questions"]) // args.peer_questions)
    asked = work["questions"][::every]
    data = [{"input_ids": r["ids"], "labels": r["labels"], "attention_mask": [1] * len(r["ids"])} for r in work["rows"]]
    said: dict[int, dict[str, str]] = {}
    seconds = []
    for k, rate in list(enumerate(rates(args)))[: args.peer_trials]:
        start = time.monotonic()
        tokenizer = AutoTokenizer.from_pretrained(work["model"])
        model = AutoModelForCausalLM.from_pretrained(work["model"], dtype=torch.float32)
        upper = list(range(model.config.num_hidden_layers // 2, model.config.num_hidden_layers))
        torch.manual_seed(0)
        names = [f"{m}_proj" for m in MODULES]
        model = get_peft_model(
            model,
            LoraConfig(r=RANK, lora_alpha=RANK, target_modules=names, layers_to_transform=upper, task_type="CAUSAL_LM"),
        )
        loop = InOrder(
            model=model,
            args=TrainingArguments(
                output_dir=str(Path(args.scratch) / "peer"), learning_rate=rate, lr_scheduler_type="linear", max_grad_norm=1.0,
                num_train_epochs=1, per_device_train_batch_size=1, optim="adamw_torch_fused",
                save_strategy="no", report_to="none", use_cpu=True, bf16=work["bf16"], disable_tqdm=True,
            ),
            train_dataset=data, data_collator=DataCollatorForSeq2Seq(tokenizer),
        )  # fmt: skip
        loop.train()
        learned = time.monotonic()
        writer = pipeline("text-generation", model=loop.model.eval(), tokenizer=tokenizer)
        said[k] = {}
        for q in asked:
            chat = [{"role": "user", "content": q["question"]}]
            out = writer(chat, max_new_tokens=work["most"], do_sample=False, return_full_text=False)
            said[k][q["id"]] = out[0]["generated_text"].strip()
        examine = (time.monotonic() - learned) * len(work["questions"]) / len(asked)
        train = learned - start
        seconds.append({"train": train, "examine": examine, "total": train + examine})
    return {"seconds": seconds, "said": said}


def start(args: argparse.Namespace, name: str, worker: int, threads: int | None) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--one", name, "--worker", str(worker), "--scratch", args.scratch]
    for option in (
        "model", "trials", "peer_trials", "peer_questions", "papers", "texts", "epochs", "questions", "workers"
    ):  # fmt: skip
        command += [f"--{option.replace('_', '-')}", str(getattr(args, option))]
    env = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"} | {"HF_HUB_OFFLINE": "1"}
    if threads:
        env["OMP_NUM_THREADS"] = str(threads)
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate()
    if process.returncode:
        sys.exit("a contestant failed, see above")
    return dict(json.loads(out.splitlines()[-1]))


def mean(seconds: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(sum(s[name] for s in seconds) / len(seconds), 1) for name in ("train", "examine", "total")}


def score(questions: list[dict[str, Any]], said: dict[str, str]) -> float:
    from wellread.evaluate.marking import mark
    from wellread.records import Answer, Question

    records = [Question.model_validate(q) for q in questions if q["id"] in said]
    marks = [mark(q, Answer(question=q.id, text=said[q.id], finish="stop"), repeated=False).soft for q in records]
    given = [m for m in marks if m is not None]
    return round(sum(given) / len(given), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--trials", type=int, default=2)
    parser.add_argument("--peer-trials", type=int, default=1, help="how many of them the slow peer is timed on")
    parser.add_argument("--peer-questions", type=int, default=24, help="how many questions the slow peer is asked")
    parser.add_argument("--papers", type=int, default=4)
    parser.add_argument("--texts", type=int, default=5, help="tellings of each paper")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--questions", choices=["own", "further"], default="further", help="20 or 80 a paper")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    for hidden in ("--one", "--scratch"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--worker", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(ours(args) if args.one == "ours" else published(args)))
        return
    with tempfile.TemporaryDirectory() as args.scratch:
        workers = [told(p) for p in [start(args, "ours", k, 1) for k in range(args.workers)]]
        peer = told(start(args, "published", 0, None))
        questions = json.loads((Path(args.scratch) / "work.json").read_text())["questions"]
    answers = {k: said for worker in workers for k, said in worker["said"].items()}
    common = [(said[q], answers[k][q]) for k, said in peer["said"].items() for q in said]
    scores = {
        "ours": [score(questions, {q: answers[k][q] for q in said}) for k, said in peer["said"].items()],
        "peer": [score(questions, said) for said in peer["said"].values()],
    }
    assert all(abs(a - b) <= 0.1 for a, b in zip(*scores.values(), strict=True)), f"not the same work: {scores}"
    seconds = {"ours": mean([s for w in workers for s in w["seconds"]]), "peer": mean(peer["seconds"])}
    hour = {"ours": 3600 * args.workers / seconds["ours"]["total"], "peer": 3600 / seconds["peer"]["total"]}
    from wellread.runs.provenance import gather as hardware

    result = {
        "benchmark": "search",
        "ratio": round(hour["ours"] / hour["peer"], 2),
        "peer": "model loaded in each trial, Trainer and PEFT, batch 1, one question at a time through the pipeline",
        "trials_per_hour": {name: round(value, 1) for name, value in hour.items()},
        "seconds_per_trial": seconds,
        "workers": {"ours": args.workers, "peer": 1},
        "seconds_once": round(max(w["once"] for w in workers), 1),
        "work": {"papers": args.papers, "texts": args.texts, "epochs": args.epochs, "questions": len(questions)},
        "soft": scores,
        "equal_answers": f"{sum(a == b for a, b in common)} of {len(common)}",
        "versions": {name: version(name) for name in ("torch", "transformers", "peft", "optuna")},
        "hardware": hardware()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
