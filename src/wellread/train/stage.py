"""The training stage: passages and view examples in, a taught model out."""

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError
from wellread.models.config import ModelConfig
from wellread.models.load import CausalLM, Tokenizer
from wellread.records import Example, Passage
from wellread.runs import progress
from wellread.runs.files import need_room
from wellread.runs.jsonl import read_records, write_records
from wellread.train.config import TrainConfig
from wellread.train.data import encode, objective_of
from wellread.train.dose import count
from wellread.train.schedule import lay_out

NAME = "train"
VERSION = 1


def gather(inputs: Mapping[str, Path]) -> list[Example]:
    """What is trained on: every passage of the corpus as it stands, and what the views made of them."""
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    texts = [Example(id=p.id, paper=p.paper, passage=p.id, maker="text", text=p.text) for p in passages]
    if "augment" not in inputs:
        return texts
    return texts + read_records(inputs["augment"] / "data" / "examples.jsonl.zst", Example)


def epochs(examples: list[Example], config: TrainConfig) -> list[int]:
    """How often each example is seen. The texts of a paper share its readings, and each is read once at least."""
    texts = {e.id: e.paper for e in examples if e.maker == "text"}
    told = Counter(texts.values())

    def times(example: Example) -> int:
        if example.maker != "text":
            return config.pair_epochs
        return config.epochs or max(1, round(config.readings / told[example.paper]))

    return [times(e) for e in examples]


def run(
    config: TrainConfig, model_config: ModelConfig, inputs: Mapping[str, Path], out: Path, *, plain: bool = True
) -> dict[str, Any]:
    """Train the model in inputs['model'] on inputs['corpus'] (and inputs['augment']); write it to out/model.

    An adapter is written to out/adapter, and folded into the model where that is possible; with `plain` it must be.

    Continues from out/checkpoints where an earlier attempt left one. Raises StoppedError on Ctrl-C, DiskFullError
    before it starts where checkpoints and model would not fit. Returns the dose and what really happened.
    """
    import torch

    from wellread.models.device import choose
    from wellread.models.load import context_length, load_tokenizer
    from wellread.train.adapt import adapt, fold_of, load_base, trainable_parameters
    from wellread.train.loop import DivergedError, train

    if plain and fold_of(config) is None:
        what = f"train.adapt: {config.adapt} leaves no plain model to examine"
        raise ConfigError(what, "Use full or lora, or `wellread train`, which writes the adapter.")
    device = choose(model_config.device, model_config.precision)
    torch.manual_seed(config.seed)
    tokenizer = load_tokenizer(inputs["model"])
    model = load_base(inputs["model"], config)
    encoded = encode(gather(inputs), tokenizer, min(config.longest, context_length(model)))
    write_records(out / "rejected" / "examples.jsonl", encoded.rejected)
    batches = lay_out(encoded.sequences, epochs(encoded.examples, config), config.batch_tokens, config.seed)
    dose = count(encoded.sequences, encoded.examples, batches)
    model = adapt(model, config)
    if config.base == "plain":  # quantised weights are where they belong already
        model = model.to(device.torch)
    trained, parameters = trainable_parameters(model)
    # Model, two moments of AdamW, twice while the newest checkpoint is written, and the model itself at the end.
    need_room(out, 4 * (2 * (parameters + 2 * trained) + parameters), "training with its checkpoints")
    for line in [*encoded.notes, *dose.lines()]:
        progress.say(f"  {line}")
    progress.say(f"  {trained / 1e6:.1f} of {parameters / 1e6:.1f} million parameters trained on {device}")

    collapsed = None
    try:
        losses = train(
            model,
            tokenizer,
            encoded.sequences,
            batches,
            loss=objective_of(encoded.examples[0]).loss,
            config=config,
            device=device,
            home=out / "checkpoints",
            start_bar=lambda done: progress.bar("train", len(batches), done),
        )
    except DivergedError as e:
        losses, collapsed = [], str(e)
        progress.say(f"  {e}: stopped and marked as collapsed. A lower train.learning_rate helps.")
    write_records(out / "data" / "losses.jsonl.zst", losses)
    _save(model, tokenizer, config, inputs["model"], out)
    shutil.rmtree(out / "checkpoints", ignore_errors=True)
    return {
        "dose": dose.model_dump(),
        "notes": encoded.notes,
        "rejected": len(encoded.rejected),
        "trained_parameters": trained,
        "parameters": parameters,
        "device": str(device),
        "collapsed": collapsed,
        "last_loss": losses[-1]["loss"] if losses else None,
    }


def _save(model: CausalLM, tokenizer: Tokenizer, config: TrainConfig, base: Path, out: Path) -> None:
    """Write what was learned: an adapter where one was trained, and the plain model where it can be had."""
    from wellread.models.load import save_model
    from wellread.train.adapt import fold_of
    from wellread.train.export import merge, save_adapter

    if config.adapt != "full":
        save_adapter(model, out / "adapter")
    fold = fold_of(config)
    if fold is None:
        return
    learned = fold(model) if config.base == "plain" else merge(base, out / "adapter")
    half = out / "model.half"
    shutil.rmtree(half, ignore_errors=True)
    save_model(learned.to("cpu"), tokenizer, half)
    shutil.rmtree(out / "model", ignore_errors=True)
    half.rename(out / "model")
