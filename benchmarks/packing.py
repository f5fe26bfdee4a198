"""Prompt/answer pairs through one training step: our packed row against the padded batch of transformers' collator.

Same model, same 24 pairs from an example paper, forward and backward, equal loss (checked). The ratio is pairs per second,
ours over the peer's. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import time
from importlib.metadata import version
from pathlib import Path

import torch
from transformers import DataCollatorForSeq2Seq

from wellread.augment.config import AugmentConfig
from wellread.augment.stage import examples
from wellread.models.load import load_model, load_tokenizer
from wellread.models.resolve import resolve
from wellread.records import Passage
from wellread.runs.provenance import gather
from wellread.train.data import encode
from wellread.train.loss import next_token_loss
from wellread.train.packing import pack

PAPER = Path(__file__).parents[1] / "examples/development/polyether/original.md"
PAIRS, REPEATS = 24, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    args = parser.parse_args()
    path = resolve(args.model).path
    tokenizer, model = load_tokenizer(path), load_model(path)
    text = PAPER.read_text(encoding="utf-8").removeprefix("# ")
    passage = Passage(id="p/t", paper="p", telling="t", title=text.splitlines()[0], text=text, source="", sha256="")
    pairs = [c.example for c in examples(passage, AugmentConfig()) if c.example.prompt is not None][:PAIRS]
    sequences = encode(pairs, tokenizer, 1024).sequences
    row = pack(sequences)
    padded = DataCollatorForSeq2Seq(tokenizer)(
        [{"input_ids": s.ids, "labels": s.labels, "attention_mask": [1] * len(s)} for s in sequences]
    )

    def ours() -> torch.Tensor:
        return next_token_loss(model, row)

    def peer() -> torch.Tensor:
        return model(**padded, use_cache=False).loss

    assert abs(ours().item() - peer().item()) < 1e-4, "not the same work"
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(REPEATS):
        for name, loss in (("ours", ours), ("peer", peer)):
            start = time.perf_counter()
            loss().backward()
            times[name].append(time.perf_counter() - start)
            model.zero_grad()
    best = {name: min(t) for name, t in times.items()}
    result = {
        "benchmark": "packing",
        "ratio": round(best["peer"] / best["ours"], 2),
        "peer": "transformers DataCollatorForSeq2Seq, padded",
        "pairs_per_second": {name: round(PAIRS / t, 2) for name, t in best.items()},
        "tokens": {"ours": row["input_ids"].numel(), "peer": padded["input_ids"].numel()},
        "versions": {name: version(name) for name in ("torch", "transformers")},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
