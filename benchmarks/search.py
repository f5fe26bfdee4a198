"""Trials per hour of a search, against a loop in the published manner: model loaded in each trial, questions one at a time.

Both teach the same settings with the same batches and seeds, and mark the same questions; scores and answers are compared.
The peer loads the model for each trial, runs every layer at every step, and answers through transformers' text-generation
pipeline, one question after another. Ours keeps model and texts, starts each step from the cached lower layers, and answers
in batches; its examination of the untrained model, which the peer leaves out, counts. Times are seconds of one core, so that
other work on the machine disturbs them little. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import torch
from transformers import pipeline

from wellread.config import RunConfig, from_mapping
from wellread.evaluate.marking import mark
from wellread.models.resolve import resolve
from wellread.records import Answer, Question
from wellread.runs import progress
from wellread.runs.jsonl import read_records
from wellread.runs.provenance import gather as hardware
from wellread.searching.classroom import Classroom, Sheets
from wellread.train.adapt import fold_of
from wellread.train.prepare import prepare
from wellread.train.stage import carry_out, gather

PAPER = Path(__file__).parents[1] / "examples/development/polyether"


def settings(model: str, rate: float, epochs: int) -> RunConfig:
    """One trial."""
    return from_mapping({
        "model": {"name": model, "device": "cpu", "precision": "fp32"},
        "corpus": {"papers": [str(PAPER)], "texts": ["original"]},
        "augment": {"views": "off"},
        "rehearse": {"most": 0},
        "train": {
            "adapt": "lora", "layers": "50%:", "epochs": epochs, "learning_rate": rate, "lora": {"r": 8},
            "checkpoint_minutes": 1e9,
        },
        "search": {"winner_seeds": []},
    })  # fmt: skip


def in_the_published_manner(config: RunConfig, sheets: Sheets) -> dict[str, str]:
    """One trial of the peer: question -> answer."""
    path = resolve(config.model.name).path
    inputs = {"model": path, **sheets.texts}
    train = config.train.model_copy(update={"trunk": "recomputed"})
    ready = prepare(train, config.model, path, gather(inputs), [])
    with tempfile.TemporaryDirectory() as scratch:
        carry_out(ready, path, Path(scratch), 0, None)
    model = fold_of(train)(ready.model).eval()
    writer = pipeline("text-generation", model=model, tokenizer=ready.tokenizer)
    said = {}
    for q in asked(sheets):
        chat = [{"role": "user", "content": q.question}]
        out = writer(chat, max_new_tokens=config.examine.max_new_tokens, do_sample=False, return_full_text=False)
        said[q.id] = out[0]["generated_text"].strip()
    return said


def asked(sheets: Sheets) -> list[Question]:
    return read_records(sheets.asked["development"].path / "data" / "questions.jsonl.zst", Question)


def score(questions: list[Question], said: dict[str, str]) -> float:
    marks = [mark(q, Answer(question=q.id, text=said[q.id], finish="stop"), repeated=False).soft for q in questions]
    given = [m for m in marks if m is not None]
    return round(sum(given) / len(given), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--trials", type=int, default=4)
    parser.add_argument("--peer-trials", type=int, default=2, help="how many of them the slow peer is timed on")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    progress.set_mode("silent")
    torch.set_num_threads(1)
    trials = [settings(args.model, 2e-4 * 1.5**k, args.epochs) for k in range(args.trials)]
    with tempfile.TemporaryDirectory() as home:
        room = Classroom(Path(home))
        start = time.process_time()
        outcomes = [(room.teach(c, f"trial-{k}") or {})["development"] for k, c in enumerate(trials)]
        ours = (time.process_time() - start) / len(trials)
        sheets = room.sheets(trials[0])
        answers = [{a.question: a.text or "" for a in read_records(Path(o.answers or ""), Answer)} for o in outcomes]
        start = time.process_time()
        theirs = [in_the_published_manner(c, sheets) for c in trials[: args.peer_trials]]
        peer = (time.process_time() - start) / len(theirs)
        questions = asked(sheets)
    scores = {
        "ours": [score(questions, said) for said in answers[: len(theirs)]],
        "peer": [score(questions, said) for said in theirs],
    }
    equal = sum(a[q] == b[q] for a, b in zip(answers, theirs, strict=False) for q in b)
    assert all(abs(a - b) <= 0.05 for a, b in zip(*scores.values(), strict=True)), f"not the same work: {scores}"
    result = {
        "benchmark": "search",
        "ratio": round(peer / ours, 2),
        "peer": "model loaded in each trial, every layer at every step, one question at a time through the pipeline",
        "trials_per_core_hour": {"ours": round(3600 / ours, 1), "peer": round(3600 / peer, 1)},
        "core_seconds_per_trial": {"ours": round(ours, 2), "peer": round(peer, 2)},
        "training_and_examination": {
            name: round(sum(o.seconds[name] for o in outcomes) / len(outcomes), 2)
            for name in ("train", "examine", "total")
        },
        "soft": scores,
        "equal_answers": f"{equal} of {len(theirs) * len(questions)}",
        "trials": {"ours": len(trials), "peer": len(theirs)},
        "versions": {name: version(name) for name in ("torch", "transformers", "peft", "optuna")},
        "hardware": hardware()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
