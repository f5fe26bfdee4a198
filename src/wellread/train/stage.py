"""The training stage: passages, examples and preferences in, a taught model out."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wellread.errors import ConfigError
from wellread.models.config import ModelConfig
from wellread.models.load import CausalLM, Tokenizer
from wellread.records import UNRELATED, Example, Paper, Passage, Preference
from wellread.runs import progress
from wellread.runs.files import need_room, size_of
from wellread.runs.jsonl import read_records, write_records
from wellread.train.card import write_cards
from wellread.train.config import TrainConfig
from wellread.train.mixture import epochs
from wellread.train.schedule import lay_out

if TYPE_CHECKING:
    from wellread.train.prepare import Prepared

__all__ = ["NAME", "VERSION", "epochs", "gather", "lay_out", "run"]

NAME = "train"
VERSION = 4
HALF = "model.half"
"""The taught model while it is written."""
SPILL = "trunk.bin"
"""What the frozen layers make of the texts, where it is kept on disk."""


def gather(inputs: Mapping[str, Path]) -> list[Example]:
    """What is trained on: every passage of the corpus as it stands, what the views made of them, and the rehearsal."""
    texts: list[Example] = []
    if "corpus" in inputs:
        passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
        texts = [
            Example(
                id=p.id,
                paper=p.paper,
                passage=p.id,
                maker="text",
                text=p.text,
                section=p.section,
                licence=p.licence,
            )
            for p in passages
        ]
        unrelated = inputs["corpus"] / "data" / f"{UNRELATED}.jsonl.zst"
        others = read_records(unrelated, Passage) if unrelated.is_file() else []
        texts += [
            Example(id=p.id, paper=p.paper, passage=p.id, maker=UNRELATED, text=p.text, licence=p.licence)
            for p in others
        ]
    made = [inputs[name] / "data" / "examples.jsonl.zst" for name in ("augment", "rehearse") if name in inputs]
    return texts + [example for file in made for example in read_records(file, Example)]


def gather_preferences(inputs: Mapping[str, Path]) -> list[Preference]:
    """The preferences among the inputs; none where none were made."""
    files = [folder / "data" / "preferences.jsonl.zst" for name, folder in inputs.items() if name != "model"]
    return [p for file in files if file.is_file() for p in read_records(file, Preference)]


def papers_of(inputs: Mapping[str, Path]) -> list[Paper]:
    """The papers that the inputs name."""
    files = [folder / "data" / "papers.jsonl.zst" for name, folder in inputs.items() if name != "model"]
    return [p for file in files if file.is_file() for p in read_records(file, Paper)]


def run(
    config: TrainConfig,
    model_config: ModelConfig,
    inputs: Mapping[str, Path],
    out: Path,
    *,
    plain: bool = True,
    score: Callable[[CausalLM, Tokenizer], float] | None = None,
) -> dict[str, Any]:
    """Train the model in inputs['model'] on inputs['corpus'] and inputs['augment'], either of which may be missing.

    Writes the taught model to out/model; an adapter to out/adapter, and folded into the model where that is possible
    (with `plain` it must be). `score` is the development score that config.patience waits for. Continues from
    out/checkpoints where an earlier attempt left one. Raises StoppedError on Ctrl-C, DiskFullError before it starts where
    checkpoints and model would not fit. Returns the dose and what really happened.
    """
    from wellread.train.adapt import fold_of, trainable_parameters
    from wellread.train.parallel import lead
    from wellread.train.preferred import preferred, told
    from wellread.train.prepare import prepare

    if plain and fold_of(config) is None:
        what = f"train.adapt: {config.adapt} leaves no plain model to examine"
        raise ConfigError(what, "Use full or lora, or `wellread train`, which writes the adapter.")
    if lead():  # an interrupted attempt's, made anew
        shutil.rmtree(out / HALF, ignore_errors=True)
        (out / SPILL).unlink(missing_ok=True)
    ready = prepare(config, model_config, inputs["model"], gather(inputs), gather_preferences(inputs))
    if lead():
        write_records(out / "rejected" / "examples.jsonl", ready.encoded.rejected)
    trained, parameters = trainable_parameters(ready.model)
    # A checkpoint: what the Trainer saves of the model, and two moments of AdamW.
    checkpoint = 4 * ((parameters if config.adapt == "full" else trained) + 2 * trained)
    room = (config.keep_checkpoints + 1) * checkpoint + 4 * parameters
    room += 2 * 4 * trained if config.patience else 0  # the best weights, and better ones while they are written
    there = size_of(out / "checkpoints")  # by an interrupted attempt: a part of what will be there
    need_room(out, room - there, "training with its checkpoints")
    for line in [*ready.encoded.notes, *ready.dose.lines()]:
        progress.say(f"  {line}")
    progress.say(f"  {trained / 1e6:.1f} of {parameters / 1e6:.1f} million parameters trained on {ready.device}")
    looking = config.shard == "none"  # a sharded model can't be asked in one process
    before = preferred(ready) if looking else None
    done = carry_out(ready, inputs["model"], out, checkpoint, score)
    after = preferred(ready) if looking else None
    if before and after:
        progress.say(f"  {told(before, after)}")
    losses = done.pop("losses")
    stats = {
        "dose": ready.dose.model_dump(),
        "notes": ready.encoded.notes,
        "rejected": len(ready.encoded.rejected),
        "trained_parameters": trained,
        "parameters": parameters,
        "device": str(ready.device),
        "preferred": {"before": before.model_dump(), "after": after.model_dump()} if before and after else None,
        **done,
    }
    if lead():
        write_records(out / "data" / "losses.jsonl.zst", losses)
        _save(ready.model, ready.tokenizer, config, inputs["model"], out)
        write_cards(out, model_config.name, ready.config, stats, ready.encoded.examples, papers_of(inputs))
        shutil.rmtree(out / "checkpoints", ignore_errors=True)
        (out / SPILL).unlink(missing_ok=True)
    return stats


def carry_out(
    ready: "Prepared", base: Path, out: Path, checkpoint: int, score: Any, enough: Any = None
) -> dict[str, Any]:
    """Train, and bring the whole model back to this process: with config.patience as it was at its best score.

    Returns losses, scores, step and score of what was kept for that, how many steps were made, and whether it collapsed.

    `enough`, told the step and the development score, may end the training. Raises ConfigError where train.patience
    waits for a score that isn't taken, OutOfMemoryError with what to lower.
    """
    from wellread.train.best import give_back
    from wellread.train.loop import Work, train
    from wellread.train.memory import running_out_is_said
    from wellread.train.order import turn
    from wellread.train.parallel import gathered, lead, really
    from wellread.train.prepare import feed

    config, steps = ready.config, len(ready.batches)
    if config.patience and score is None:
        what = "train.patience waits for a development score, and none is taken"
        raise ConfigError(what, "Give --dev to `wellread train`, or leave train.patience out.")
    with running_out_is_said(config, out / "checkpoints"):
        batches = feed(ready, out / SPILL)
        trunk = batches.rows.trunk
        work = Work(
            loss=ready.loss,
            config=config,
            device=ready.device,
            home=out / "checkpoints",
            recipe=ready.recipe,
            checkpoint_bytes=checkpoint,
            start_bar=lambda done: progress.bar("train", steps, done),
            turn=turn(ready.batches, ready.encoded.examples, config),
            callbacks=_looks(ready, base, out / "checkpoints", score, enough, trunk.aside if trunk else nullcontext),
        )
        done = train(ready.model, ready.tokenizer, batches, work)
    if done.collapsed:
        progress.say(f"  {done.collapsed}: stopped and marked as collapsed. A lower train.learning_rate helps.")
    if trunk:
        trunk.detach()
    ran = really(done.loop.model_wrapped)
    progress.say(f"  trained by {ran}")
    ready.model = gathered(done.loop, ready, base)
    kept = give_back(ready.model, work.home) if config.patience and lead() else None
    if kept:
        progress.say(
            f"  kept the weights of step {kept['step']}, with the best development score ({kept['score']:.3f})"
        )
    last = done.losses[-1]["loss"] if done.losses else None
    return {
        "losses": done.losses,
        "scores": done.scores,
        "kept": kept,
        "steps": done.loop.state.global_step,
        "collapsed": done.collapsed,
        "last_loss": last,
        "processes": ran,
    }


def _looks(
    ready: "Prepared", base: Path, home: Path, score: Any, enough: Any, aside: Callable[[], Any]
) -> tuple[Any, ...]:
    """Callbacks that look at what the model writes: for its development score, and for a collapse."""
    from wellread.train.adapt import load_base
    from wellread.train.best import Keeper
    from wellread.train.parallel import agreed
    from wellread.train.prepare import probes
    from wellread.train.probe import collapsed
    from wellread.train.watch import Best, CollapsedError, Evenly

    config, steps = ready.config, len(ready.batches)

    def probe(state: Any, _control: Any) -> None:
        with aside():
            before = partial(load_base, base, config, ready.device)
            gone = collapsed(ready.model, ready.tokenizer, probes(ready), before)
        [gone] = agreed(gone)
        if gone:
            raise CollapsedError("the output repeats itself", state.global_step)

    def value() -> float:
        with aside():
            return float(score(ready.model, ready.tokenizer))

    keep = Keeper(ready.model, home) if config.patience else None
    looks = [Evenly(config.scores, steps, Best(value, config.patience, enough, keep))] if score else []
    # A sharded model can't write in one process alone.
    looks += [Evenly(config.probes, steps, probe)] if config.probes and config.shard == "none" else []
    return tuple(looks)


def _save(model: CausalLM, tokenizer: Tokenizer, config: TrainConfig, base: Path, out: Path) -> None:
    """Write what was learned: an adapter where one was trained, and the plain model where it can be had."""
    from wellread.models.generate import name_ends
    from wellread.models.load import save_model
    from wellread.train.adapt import fold_of
    from wellread.train.export import merge, save_adapter

    if config.adapt != "full":
        save_adapter(model, out / "adapter")
    fold = fold_of(config)
    if fold is None:
        return
    learned = fold(model) if config.base == "plain" else merge(base, out / "adapter")
    half = out / HALF
    name_ends(learned, tokenizer)
    save_model(learned.to("cpu"), tokenizer, half)
    shutil.rmtree(out / "model", ignore_errors=True)
    half.rename(out / "model")
