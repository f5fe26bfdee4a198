"""An examination's answers: ours, batched, against transformers' text-generation pipeline, one question at a time.

The same model, in 32 bits on one thread, the same questions of the example papers through the same chat template, greedy, up
to the same length; the answers are compared. Times are seconds of one core (process time), so that other work on the machine
doesn't count. `--json` prints one JSON object as the last line. `--batch 1` shows what batches give.
"""

import argparse
import json
import time
from importlib.metadata import version
from pathlib import Path

import torch
from transformers import pipeline

from wellread.evaluate.stage import NAME
from wellread.models import ctranslate
from wellread.models.generate import generate
from wellread.models.load import load_model, load_tokenizer
from wellread.models.resolve import resolve
from wellread.questions.load import load
from wellread.runs.provenance import gather

EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--questions", type=int, default=160)
    parser.add_argument("--peer-questions", type=int, default=24, help="how many of them the slow peer is timed on")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--batch", type=int, default=80)
    parser.add_argument("--engine", default="transformers", help="transformers, or ctranslate2 (8-bit weights)")
    args = parser.parse_args()
    torch.set_num_threads(1)
    found = resolve(args.model)
    path = found.path
    tokenizer, model = load_tokenizer(path), load_model(path)
    files = [str(p) for p in sorted(EXAMPLES.glob("*/*/questions.jsonl"))]
    asked = [p.question.question for p in load(files)][: args.questions]
    writer = pipeline("text-generation", model=model, tokenizer=tokenizer)

    manner = {"max_new_tokens": args.tokens, "batch_size": args.batch}
    if args.engine == "ctranslate2":
        eighths = ctranslate.load(path, found.revision)
        start = time.process_time()
        batches = ctranslate.generate(eighths, tokenizer, path, asked, **manner)
    else:
        start = time.process_time()
        batches = generate(model, tokenizer, asked, **manner)
    ours = {g.index: g.text for batch in batches for g in batch}
    seconds = {"ours": time.process_time() - start}

    # Every n-th question, so that the peer meets the same mixture of lengths.
    step = max(1, len(asked) // args.peer_questions)
    timed = list(range(0, len(asked), step))[: args.peer_questions]
    theirs = {}
    start = time.process_time()
    for i in timed:
        chat = [{"role": "user", "content": asked[i]}]
        said = writer(chat, max_new_tokens=args.tokens, do_sample=False, return_full_text=False)
        theirs[i] = said[0]["generated_text"].strip()
    seconds["peer"] = time.process_time() - start

    equal = sum(ours[i] == theirs[i] for i in timed)
    rates = {"ours": len(asked) / seconds["ours"], "peer": len(timed) / seconds["peer"]}
    result = {
        "benchmark": "evaluate",
        "stage": NAME,
        "ratio": round(rates["ours"] / rates["peer"], 2),
        "peer": "transformers text-generation pipeline, one question at a time",
        "questions_per_core_second": {k: round(v, 3) for k, v in rates.items()},
        "questions": {"ours": len(asked), "peer": len(timed)},
        "equal_answers": f"{equal} of {len(timed)}",
        "engine": args.engine,
        "batch": args.batch,
        "versions": {name: version(name) for name in ("torch", "transformers", "ctranslate2")},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
