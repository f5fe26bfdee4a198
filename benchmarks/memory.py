"""Peak memory: what `--plan` says against what training really takes, each in a fresh process.

The paper's five texts and their pairs, the bundled model, three recipes: all parameters, LoRA on all layers, and all
parameters of the upper half (lower half cached). The plan is made from one batch; the training goes through the largest batch and
`--steps` others, optimiser included. `ratio` is the worst of predicted over measured, 1 being right. `--json` prints one
JSON object as the last line.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from wellread.models.config import ModelConfig
from wellread.models.resolve import resolve
from wellread.runs import progress
from wellread.train.config import TrainConfig
from wellread.train.sequence import packed_length

RECIPES: dict[str, dict[str, Any]] = {
    "full": {"adapt": "full", "layers": "all"},
    "lora": {"adapt": "lora", "layers": "all"},
    "upper half": {"adapt": "full", "layers": "50%:"},
}


def plan(config: TrainConfig, model: Path, examples: list[Any]) -> int:
    """Bytes, as --plan says."""
    from wellread.train.forecast import forecast

    return int(forecast(config, ModelConfig(), model, examples, [])["memory_bytes"])


def real(config: TrainConfig, model: Path, examples: list[Any], steps: int) -> int:
    """Bytes that this process has held at most after training."""
    from dataclasses import replace

    from wellread.train.prepare import prepare
    from wellread.train.stage import carry_out

    ready = prepare(config, ModelConfig(), model, examples, [])
    sequences = ready.encoded.sequences
    batches = sorted(ready.batches, key=lambda batch: -packed_length([sequences[i] for i in batch]))
    with tempfile.TemporaryDirectory() as scratch:
        carry_out(replace(ready, batches=[*batches[:1], *ready.batches[:steps]]), model, Path(scratch), 0, None)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--one", nargs=2, metavar=("RECIPE", "WHAT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        from training_peers import examples

        progress.set_mode("silent")
        config = TrainConfig.model_validate({**RECIPES[args.one[0]], "probes": 0, "checkpoint_minutes": 600})
        chosen, model = examples("texts") + examples("pairs"), resolve("bundled").path
        print(plan(config, model, chosen) if args.one[1] == "plan" else real(config, model, chosen, args.steps))
        return
    rows = {}
    for name in RECIPES:
        gb = {}
        for what in ("plan", "real"):
            command = [sys.executable, __file__, "--steps", str(args.steps), "--one", name, what]
            done = subprocess.run(command, env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            gb[what] = int(done.stdout.splitlines()[-1]) / 1e9
        rows[name] = {**{what: round(n, 2) for what, n in gb.items()}, "ratio": round(gb["plan"] / gb["real"], 2)}
        print(f"{name}: {rows[name]}", file=sys.stderr, flush=True)
    worst = max((row["ratio"] for row in rows.values()), key=lambda ratio: abs(ratio - 1))
    result = {"benchmark": "memory", "ratio": worst, "gigabytes": rows}
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
