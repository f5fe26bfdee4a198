"""The frozen-trunk cache: LoRA on the upper half of the layers, ten epochs of a text, with the cache and without.

Same model, texts, order and recipe; the losses of both are compared step by step (1e-3 relative). The peer is the same
training with every layer run at every step, as transformers' Trainer and PEFT do it. Filling the cache counts. The ratio is
tokens per second of processor time, ours over the peer's, so that other work on the machine disturbs it little. `bound` is the
ratio that the share of the lower layers in a step allows. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import torch

from wellread.models.config import ModelConfig
from wellread.models.resolve import resolve
from wellread.records import Example
from wellread.runs import progress
from wellread.runs.provenance import gather
from wellread.train.attention import for_short_rows
from wellread.train.config import TrainConfig
from wellread.train.layers import decoder_layers
from wellread.train.loop import autocast
from wellread.train.prepare import feed, prepare

PAPER = Path(__file__).parents[1] / "examples/development/polyether/original.md"


def run(config: TrainConfig, model: Path, examples: list[Example]) -> tuple[list[float], float, float]:
    """Losses, seconds of processor time in all, and of filling the cache."""
    ready = prepare(config, ModelConfig(), model, examples, [])
    with tempfile.TemporaryDirectory() as scratch:
        start = time.process_time()
        batches = feed(ready, Path(scratch) / "trunk.bin")
        filled = time.process_time() - start
        optimiser = torch.optim.AdamW(
            (p for p in ready.model.parameters() if p.requires_grad), lr=config.learning_rate, fused=True
        )
        losses = []
        with for_short_rows(ready.model, ready.device):
            for k in range(len(batches)):
                with autocast(ready.device):
                    loss = ready.loss(ready.model, batches[k])
                loss.backward()
                optimiser.step()
                optimiser.zero_grad()
                losses.append(loss.item())
        return losses, time.process_time() - start, filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--words", type=int, default=200, help="of the text are used")
    parser.add_argument("--adapt", default="lora", choices=["lora", "full"])
    args = parser.parse_args()
    progress.set_mode("silent")
    path = resolve(args.model).path
    text = " ".join(PAPER.read_text(encoding="utf-8").split()[: args.words])
    examples = [Example(id="t", paper="p", passage="t", maker="text", text=text)]
    config = TrainConfig(adapt=args.adapt, epochs=args.epochs, learning_rate=1e-4, batch_tokens=512)
    from wellread.models.load import load_model

    base = load_model(path)
    half = len(decoder_layers(base)) // 2
    each = sum(p.numel() for p in next(iter(decoder_layers(base).values())).parameters())
    head = base.get_output_embeddings().weight.numel()
    del base
    # Forward through all layers and the head, backward through the upper ones and the head (twice where weights learn).
    back = 2 if args.adapt == "full" else 1
    without = 2 * half * each + head + back * half * each + head
    results = {
        name: run(config.model_copy(update={"layers": f"{half}:", "trunk": trunk}), path, examples)
        for name, trunk in (("ours", "cached"), ("peer", "recomputed"))
    }
    for ours, peer in zip(results["ours"][0], results["peer"][0], strict=True):
        assert abs(ours - peer) <= 1e-3 * abs(peer), f"not the same work: {ours} and {peer}"
    result = {
        "benchmark": "training",
        "ratio": round(results["peer"][1] / results["ours"][1], 2),
        "bound": round(without / (without - half * each), 2),
        "peer": "the same training without the cache",
        "adapt": args.adapt,
        "layers": f"{half}:",
        "steps": len(results["ours"][0]),
        "seconds": {name: round(r[1], 1) for name, r in results.items()},
        "filling": round(results["ours"][2], 1),
        "largest_difference": max(abs(a - b) / b for a, b in zip(results["ours"][0], results["peer"][0], strict=True)),
        "versions": {name: version(name) for name in ("torch", "transformers", "peft")},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
