"""Prompt/answer pairs through one training step: our packed row against the padded batch of transformers' collator.

Same model, same 24 pairs from an example paper, forward and backward, equal loss (checked). The model has the bundled
one's shape with 4 of its 30 layers and as much less of its vocabulary, so that each has its share of the work, and random
weights: some seconds a turn on an idle core. --layers 30 takes all, half a minute a turn. The ratio is pairs per second of
processor time, ours over the peer's, the best of as many turns as fit into --seconds; how long they take is said after the
first. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, DataCollatorForSeq2Seq

from wellread.augment.analysis import analyse
from wellread.augment.config import AugmentConfig
from wellread.augment.stage import examples
from wellread.models.load import load_tokenizer
from wellread.models.resolve import resolve
from wellread.records import Passage
from wellread.runs.provenance import gather
from wellread.train.data import encode
from wellread.train.loss import next_token_loss
from wellread.train.packing import pack

PAPER = Path(__file__).parents[1] / "examples/development/polyether/original.md"
MOST = 5
"""Turns at most."""


def shaped(path: Path, layers: int) -> Any:
    """A model of the shape of the one in `path`, so many layers deep, its vocabulary smaller in proportion; random weights."""
    torch.manual_seed(0)
    config = AutoConfig.from_pretrained(path)
    config.vocab_size = config.vocab_size * layers // config.num_hidden_layers
    config.num_hidden_layers = layers
    return AutoModelForCausalLM.from_config(config).eval()


def within(batch: Any, words: int) -> Any:
    """The batch with its tokens folded into a vocabulary of so many."""
    ids, labels = batch["input_ids"] % words, batch["labels"]
    return {**batch, "input_ids": ids, "labels": torch.where(labels < 0, labels, labels % words)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--pairs", type=int, default=24)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=90.0, help="no further turn is begun that would end later")
    args = parser.parse_args()
    path = resolve(args.model).path
    tokenizer = load_tokenizer(path)
    model = shaped(path, args.layers)
    text = PAPER.read_text(encoding="utf-8").removeprefix("# ")
    passage = Passage(id="p/t", paper="p", telling="t", title=text.splitlines()[0], text=text, source="", sha256="")
    pairs = [c.example for c in examples(analyse(passage), AugmentConfig()) if c.example.prompt is not None][
        : args.pairs
    ]
    sequences = encode(pairs, tokenizer, 1024).sequences
    words = model.config.vocab_size
    row = within(pack(sequences), words)
    padded = DataCollatorForSeq2Seq(tokenizer)(
        [{"input_ids": s.ids, "labels": s.labels, "attention_mask": [1] * len(s)} for s in sequences]
    )

    padded = within(padded, words)

    def ours() -> torch.Tensor:
        return next_token_loss(model, row)

    def peer() -> torch.Tensor:
        return model(**padded, use_cache=False).loss

    times: dict[str, list[float]] = {"ours": [], "peer": []}
    begun = time.perf_counter()
    for turn in range(MOST):
        losses = {}
        for name, loss in (("ours", ours), ("peer", peer)):
            start = time.process_time()
            value = loss()
            value.backward()
            times[name].append(time.process_time() - start)
            losses[name] = value.item()
            model.zero_grad()
            print(f"  turn {turn + 1}, {name}: {times[name][-1]:.1f} s", file=sys.stderr, flush=True)
        assert abs(losses["ours"] - losses["peer"]) < 1e-4, "not the same work"
        spent = time.perf_counter() - begun
        each = spent / (turn + 1)
        if turn == 0:
            more = min(MOST - 1, max(0, int(args.seconds / each) - 1))
            print(f"  {more} more turns, about {more * each:.0f} s", file=sys.stderr, flush=True)
        if spent + each > args.seconds:
            break
    best = {name: min(t) for name, t in times.items()}
    result = {
        "benchmark": "packing",
        "ratio": round(best["peer"] / best["ours"], 2),
        "peer": "transformers DataCollatorForSeq2Seq, padded",
        "pairs_per_second": {name: round(len(pairs) / t, 2) for name, t in best.items()},
        "turns": len(times["ours"]),
        "layers": model.config.num_hidden_layers,
        "tokens": {"ours": row["input_ids"].numel(), "peer": padded["input_ids"].numel()},
        "versions": {name: version(name) for name in ("torch", "transformers")},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
