"""Training steps: ours, transformers' Trainer with PEFT as one would write it, TRL's SFTTrainer and LLaMA-Factory, both packing.

Same bundled model, same texts in the same groups (of eight, or as `--together` says), same recipe (LoRA r 64 on v, o, gate, up of all layers, or all
parameters), one thread; each contestant is a process of its own. The arithmetic is bf16 where the processor has it (autocast,
weights in 32 bits), else 32 bits, for all alike; `--precision` sets it. `pairs` are prompts with answers, of
which only the answers are learned; `texts` are paragraphs. Ours and the Trainer's losses must agree at every step (1e-3
relative, in bf16 2e-2). TRL and LLaMA-Factory pack in orders of their own, so only their losses stand beside. Both get an environment of
their own under --peers, LLaMA-Factory with the older transformers, peft and trl that it asks for.

Tokens are those of the texts, padding left out, each opening of a chat counted every time; the ratio is tokens per second of
processor time, ours over the fastest peer's, the first step left out. `share_of_peak` is the arithmetic that our rows need
over what a square matrix product in that arithmetic reaches in the same process. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PAPER = Path(__file__).parents[1] / "examples/development/polyether"
GROUPS = ("v", "o", "gate", "up")
RATE = 1e-4


def clock() -> Any:
    """A Trainer's callback with the processor time after each step."""
    from transformers import TrainerCallback

    class Clock(TrainerCallback):
        def __init__(self) -> None:
            self.ends: list[float] = []

        def on_step_end(self, *_: Any, **__: Any) -> None:
            self.ends.append(time.process_time())

    return Clock()


def told(watch: Any, losses: list[float], tokens: list[int]) -> dict[str, Any]:
    if len(watch.ends) < 2:
        sys.exit("one step in all, and the first isn't timed: give more --steps")
    seconds = watch.ends[-1] - watch.ends[0]
    return {"losses": losses, "seconds": seconds, "tokens_per_second": sum(tokens[1:]) / seconds}


def examples(work: str) -> list[Any]:
    """The examples of the benchmark."""
    import wellread.augment.stage as augment
    import wellread.corpus.stage as corpus
    from wellread.augment.config import AugmentConfig
    from wellread.corpus.config import CorpusConfig
    from wellread.train.stage import gather

    with tempfile.TemporaryDirectory() as scratch:
        inputs = {"corpus": Path(scratch) / "corpus", "augment": Path(scratch) / "augment"}
        corpus.run(CorpusConfig(papers=(str(PAPER),)), {}, inputs["corpus"])
        augment.run(AugmentConfig(), inputs, inputs["augment"])
        every = gather(inputs)
    if work == "pairs":
        return [e for e in every if e.prompt is not None]
    texts = [e for e in every if e.maker == "text"]
    return [
        e.model_copy(update={"id": f"{e.id}/{n}", "text": paragraph})
        for e in texts
        for n, paragraph in enumerate(e.text.split("\n\n"))
        if len(paragraph.split()) > 10
    ]


def ours(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Our loop; writes what the peers are to train on."""
    from dataclasses import replace

    from wellread.models.config import ModelConfig
    from wellread.runs import progress
    from wellread.train.adapt import trainable_parameters
    from wellread.train.config import TrainConfig
    from wellread.train.loop import Work, train
    from wellread.train.packing import pack
    from wellread.train.prepare import feed, prepare
    from wellread.train.sequence import IGNORED

    progress.set_mode("silent")
    chosen = examples(args.work)[: args.together * args.steps]
    settings = {"adapt": args.adapt, "layers": "all", "learning_rate": RATE, "warmup": 0.0, "probes": 0}
    config = TrainConfig(**settings, lora={"groups": GROUPS, "r": 64, "alpha": 64})
    ready = prepare(config, ModelConfig(precision=args.precision), Path(args.model), chosen, [])
    sequences = ready.encoded.sequences
    batches = [list(range(k, min(k + args.together, len(sequences)))) for k in range(0, len(sequences), args.together)]
    ready = replace(ready, batches=batches)
    rows = [{"ids": s.ids, "labels": s.labels} for s in sequences]
    (scratch / "rows.json").write_text(json.dumps(rows))
    told_as = [{"instruction": e.prompt or e.text, "input": "", "output": e.text if e.prompt else ""} for e in chosen]
    (scratch / "examples.json").write_text(json.dumps(told_as))
    watch = clock()
    layers = sum(p.numel() for name, p in ready.model.named_parameters() if "layers." in name and "lora" not in name)
    head = ready.model.get_output_embeddings().weight.numel()
    trained = trainable_parameters(ready.model)[0]
    work = Work(
        loss=ready.loss,
        config=config,
        device=ready.device,
        home=scratch / "ours",
        recipe="benchmark",
        checkpoint_bytes=0,
        start_bar=lambda done: progress.bar("train", len(batches), done),
        callbacks=(watch,),
    )
    done = train(ready.model, ready.tokenizer, feed(ready, scratch / "trunk.bin"), work)
    packed = [pack([sequences[i] for i in batch]) for batch in batches[1:]]
    width = sum(row["input_ids"].numel() for row in packed)
    learned = sum(int((row["labels"] != IGNORED).sum()) for row in packed)
    # Multiply and add count as two. Forward, backward to the inputs, and to the weights that are trained.
    full = args.adapt == "full"
    needs = (6 if full else 4) * (width * layers + learned * head) + (0 if full else 6 * width * trained)
    result = told(
        watch,
        [row["loss"] for row in done.losses],
        [sum(len(sequences[i]) for i in batch) for batch in batches],
    )
    peak = matmul_peak(args.precision)
    return {**result, "gflops_peak": peak / 1e9, "share_of_peak": needs / result["seconds"] / peak}


def matmul_peak(precision: str) -> float:
    """Multiplications and additions a second of a 1,024 by 1,024 product, the best of five."""
    import torch

    a, b = torch.randn(2, 1024, 1024, dtype=torch.bfloat16 if precision == "bf16" else torch.float32)
    best = 0.0
    for _ in range(5):
        start = time.process_time()
        for _ in range(5):
            a @ b
        best = max(best, 5 * 2 * 1024**3 / (time.process_time() - start))
    return best


def peer_settings(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    return {
        "output_dir": str(scratch / "peer"),
        "learning_rate": RATE,
        "lr_scheduler_type": "linear",
        "max_grad_norm": 1.0,
        "weight_decay": 0.0,
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "use_cpu": True,
        "bf16": args.precision == "bf16",
        "disable_tqdm": True,
    }


def adapter() -> Any:
    from peft import LoraConfig

    names = ["v_proj", "o_proj", "gate_proj", "up_proj"]
    return LoraConfig(r=64, lora_alpha=64, lora_dropout=0.0, target_modules=names, task_type="CAUSAL_LM")


def loaded(args: argparse.Namespace) -> tuple[Any, Any, list[dict[str, list[int]]]]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32)
    torch.manual_seed(0)
    return model, AutoTokenizer.from_pretrained(args.model), json.loads((Path(args.scratch) / "rows.json").read_text())


def trainer(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """transformers' Trainer, PEFT, padded batches."""
    from peft import get_peft_model
    from torch.utils.data import SequentialSampler
    from transformers import DataCollatorForSeq2Seq, Trainer, TrainingArguments

    class InOrder(Trainer):
        def _get_train_sampler(self, *_: Any) -> Any:
            return SequentialSampler(self.train_dataset)

    model, tokenizer, rows = loaded(args)
    if args.adapt == "lora":
        model = get_peft_model(model, adapter())
    data = [{"input_ids": r["ids"], "labels": r["labels"], "attention_mask": [1] * len(r["ids"])} for r in rows]
    settings = TrainingArguments(
        **peer_settings(args, scratch),
        per_device_train_batch_size=args.together,
        num_train_epochs=1,
        optim="adamw_torch_fused",
    )
    watch = clock()
    loop = InOrder(
        model=model,
        args=settings,
        train_dataset=data,
        data_collator=DataCollatorForSeq2Seq(tokenizer),
        callbacks=[watch],
    )
    loop.train()
    tokens = [sum(len(r["ids"]) for r in rows[k : k + args.together]) for k in range(0, len(rows), args.together)]
    return told(watch, [r["loss"] for r in loop.state.log_history if "loss" in r], tokens)


def trl(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """TRL's SFTTrainer with packing into rows as long as a step of the others is on average."""
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    model, tokenizer, rows = loaded(args)
    data = Dataset.from_list(
        [{"input_ids": r["ids"], "completion_mask": [int(x != -100) for x in r["labels"]]} for r in rows]
    )
    long = max(max(len(r["ids"]) for r in rows), args.together * sum(len(r["ids"]) for r in rows) // len(rows))
    settings = SFTConfig(
        **peer_settings(args, scratch),
        per_device_train_batch_size=1,
        num_train_epochs=1,
        packing=True,
        max_length=long,
        completion_only_loss=True,
        gradient_checkpointing=False,
    )
    watch = clock()
    given = {"peft_config": adapter()} if args.adapt == "lora" else {}
    loop = SFTTrainer(
        model=model, args=settings, train_dataset=data, processing_class=tokenizer, callbacks=[watch], **given
    )
    tokens: list[int] = []
    inner = loop.training_step

    def counted(model: Any, inputs: Any, *more: Any) -> Any:
        tokens.append(int(inputs["input_ids"].numel()))
        return inner(model, inputs, *more)

    loop.training_step = counted
    loop.train()
    return told(watch, [r["loss"] for r in loop.state.log_history if "loss" in r], tokens)


def factory(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """LLaMA-Factory with packing into rows as long as a step of the others is on average, texts kept apart."""
    import types

    from transformers import Trainer

    # Asked for at import and used for sound alone; its build would have to match torch's.
    sys.modules["torchaudio"] = types.ModuleType("torchaudio")
    from llamafactory.train.tuner import run_exp

    rows = json.loads((scratch / "rows.json").read_text())
    columns = {"prompt": "instruction"} | ({"query": "input", "response": "output"} if args.work == "pairs" else {})
    (scratch / "dataset_info.json").write_text(json.dumps({"own": {"file_name": "examples.json", "columns": columns}}))
    long = max(max(len(r["ids"]) for r in rows), args.together * sum(len(r["ids"]) for r in rows) // len(rows))
    tokens: list[int] = []
    inner = Trainer.training_step

    def counted(self: Any, model: Any, inputs: Any, *more: Any, **named: Any) -> Any:
        said = inputs["input_ids"][0] != self.processing_class.pad_token_id
        tokens.append(int(said.nonzero().max()) + 1)
        return inner(self, model, inputs, *more, **named)

    Trainer.training_step = counted
    adapted = {
        "finetuning_type": "lora",
        "lora_rank": 64,
        "lora_alpha": 64,
        "lora_target": "v_proj,o_proj,gate_proj,up_proj",
    }
    settings = {
        **peer_settings(args, scratch),
        **(adapted if args.adapt == "lora" else {"finetuning_type": "full"}),
        "model_name_or_path": args.model,
        "stage": "sft" if args.work == "pairs" else "pt",
        "do_train": True,
        "dataset": "own",
        "dataset_dir": str(scratch),
        "template": "smollm2",
        "cutoff_len": -8 * (-long // 8),  # 0.9.5 fills up ids, not positions, to a multiple of 8
        "packing": True,
        "neat_packing": args.work == "pairs",
        "per_device_train_batch_size": 1,
        "num_train_epochs": 1,
        "optim": "adamw_torch_fused",
        "disable_gradient_checkpointing": True,
        "overwrite_output_dir": True,
    }
    watch = clock()
    run_exp(settings, [watch])
    history = json.loads((scratch / "peer" / "trainer_state.json").read_text())["log_history"]
    return told(watch, [row["loss"] for row in history if "loss" in row], tokens)


ENVIRONMENTS = {
    "trl": ["transformers==5.23.0", "peft==0.21.2", "accelerate==1.15.0", "trl==1.16"],
    "factory": ["llamafactory==0.9.5"],
}


def environment(folder: Path, name: str) -> Path:
    """A Python with the peer `name`, made where it isn't there yet."""
    python = folder / name / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        wanted = ["torch==2.13.0", *ENVIRONMENTS[name]]
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True)
        # Built for CUDA, these break transformers beside a torch for processors; texts don't need them.
        subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "torchvision", "torchaudio"], check=True)
    return python


def contest(args: argparse.Namespace, name: str, python: Path | str) -> dict[str, Any]:
    command = [python, __file__, "--one", name, "--adapt", args.adapt, "--work", args.work, "--steps", str(args.steps)]
    command += ["--together", str(args.together)]
    command += ["--precision", args.precision, "--model", args.model, "--scratch", args.scratch]
    done = subprocess.run(
        list(map(str, command)),
        env={**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


CONTESTANTS = {"ours": ours, "trainer": trainer, "trl": trl, "factory": factory}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--adapt", default="lora", choices=["lora", "full"])
    parser.add_argument("--work", default="pairs", choices=["pairs", "texts"])
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--together", type=int, default=8, help="texts in a step")
    parser.add_argument("--precision", default="auto", choices=["auto", "fp32", "bf16"])
    parser.add_argument("--peers", type=Path, default=Path("build/peers"), help="where the peers' environments lie")
    parser.add_argument("--model")
    parser.add_argument("--scratch", help=argparse.SUPPRESS)
    parser.add_argument("--one", choices=list(CONTESTANTS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(CONTESTANTS[args.one](args, Path(args.scratch))))
        return
    from wellread.models.device import choose
    from wellread.models.resolve import resolve
    from wellread.runs.provenance import gather

    args.precision = choose("cpu", args.precision).precision
    args.model = str(resolve(args.model or "bundled").path)
    with tempfile.TemporaryDirectory() as scratch:
        args.scratch = scratch
        results = {"ours": contest(args, "ours", sys.executable), "trainer": contest(args, "trainer", sys.executable)}
        results |= {name: contest(args, name, environment(args.peers, name)) for name in ENVIRONMENTS}
    for mine, theirs in zip(results["ours"]["losses"], results["trainer"]["losses"], strict=True):
        assert abs(mine - theirs) <= (2e-2 if args.precision == "bf16" else 1e-3) * theirs, (
            f"not the same work: {mine} and {theirs}"
        )
    fastest = max(("trainer", *ENVIRONMENTS), key=lambda name: results[name]["tokens_per_second"])
    result = {
        "benchmark": "training_peers",
        "ratio": round(results["ours"]["tokens_per_second"] / results[fastest]["tokens_per_second"], 2),
        "peer": fastest,
        "adapt": args.adapt,
        "work": args.work,
        "precision": args.precision,
        "share_of_peak": round(results["ours"]["share_of_peak"], 2),
        "gflops_peak": round(results["ours"]["gflops_peak"], 1),
        "tokens_per_second": {name: round(r["tokens_per_second"], 1) for name, r in results.items()},
        "losses": {name: [round(x, 5) for x in r["losses"]] for name, r in results.items()},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
