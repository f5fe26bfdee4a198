"""The one training loop, for every objective: transformers' Trainer over batches that were laid out beforehand."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import SequentialSampler
from transformers import Trainer, TrainerCallback, TrainingArguments
from transformers.integrations import TensorBoardCallback
from transformers.trainer_callback import PrinterCallback

from wellread.errors import ConfigError, StoppedError
from wellread.models.device import Device
from wellread.models.load import CausalLM, Tokenizer
from wellread.runs.files import need_room
from wellread.runs.progress import Bar
from wellread.train import best, checkpoints
from wellread.train.allocator import keep_freed_memory
from wellread.train.attention import for_short_rows
from wellread.train.batches import Batches
from wellread.train.config import TrainConfig
from wellread.train.parallel import agreed, lead, ready, share_out, sharing
from wellread.train.watch import CollapsedError, Watch, interruptible, scores

Loss = Callable[[CausalLM, Mapping[str, Any]], torch.Tensor]


@dataclass(frozen=True)
class Work:
    """What the loop needs beside model and batches."""

    loss: Loss
    config: TrainConfig
    device: Device
    home: Path
    """Where checkpoints go."""
    recipe: str
    """Fingerprint of what is trained, and on what; another one's checkpoints are refused."""
    checkpoint_bytes: int
    start_bar: Callable[[int], AbstractContextManager[Bar]]
    turn: int = 0
    """The step after which other kinds of examples come, with losses of their own."""
    callbacks: tuple[TrainerCallback, ...] = ()


class Loop(Trainer):
    """A Trainer whose every item is a whole batch, whose loss is the objective's, whose checkpoints are sealed."""

    def __init__(self, *, work: Work, **kw: Any) -> None:
        self.work = work  # before the Trainer's own set-up, which asks for it
        super().__init__(data_collator=lambda items: items[0], **kw)
        self.remove_callback(PrinterCallback)
        for callback in self.callback_handler.callbacks:
            if isinstance(callback, TensorBoardCallback) and callback.logging_dir is None:
                callback.logging_dir = str(self.work.home.parent / "tensorboard")  # checkpoints are removed at the end

    def create_accelerator_and_postprocess(self) -> None:
        """As transformers does; FSDP2 on processors as well, where accelerate ignores it."""
        super().create_accelerator_and_postprocess()
        if self.work.config.shard == "fsdp" and self.work.device.name == "cpu":
            share_out(self.args)
            self.is_fsdp_enabled = True

    def _get_train_sampler(self, train_dataset: Any = None) -> SequentialSampler:
        return SequentialSampler(train_dataset if train_dataset is not None else self.train_dataset)

    def compute_loss(self, model: CausalLM, inputs: Mapping[str, Any], *_: Any, **__: Any) -> torch.Tensor:
        """The objective's loss for one packed batch. Raises CollapsedError where it isn't finite."""
        with autocast(self.work.device):
            loss = self.work.loss(model, inputs)
        if "weight" in inputs:
            loss = loss * inputs["weight"]
        [broken] = agreed(not torch.isfinite(loss))
        if broken:
            raise CollapsedError("the loss is not a number", self.state.global_step + 1)
        return loss

    def _save_checkpoint(self, model: CausalLM, trial: Any) -> None:
        need_room(self.work.home, self.work.checkpoint_bytes, "a checkpoint")
        super()._save_checkpoint(model, trial)
        step, config = self.state.global_step, self.work.config
        ready()
        if lead():
            folder = Path(self.args.output_dir) / f"checkpoint-{step}"
            checkpoints.seal(folder, step, recipe=self.work.recipe, keep=config.keep_checkpoints)


def autocast(device: Device) -> Any:
    """bf16 arithmetic where the device is to use it."""
    return torch.autocast(device.name, torch.bfloat16, enabled=device.precision == "bf16")


def arguments(config: TrainConfig, steps: int, device: Device, home: Path) -> TrainingArguments:
    """The Trainer's own settings."""
    made = TrainingArguments(
        output_dir=str(home),
        max_steps=steps,
        per_device_train_batch_size=1,
        learning_rate=config.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=round(config.warmup * steps),
        weight_decay=config.weight_decay,
        max_grad_norm=config.max_grad_norm,
        optim="adamw_torch_fused" if config.shard == "none" else "adamw_torch",
        seed=config.seed,
        data_seed=config.seed,
        save_strategy="no",
        logging_steps=1,
        logging_nan_inf_filter=False,
        report_to=list(config.trackers) or "none",
        disable_tqdm=True,
        use_cpu=device.name == "cpu",
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        **sharing(config),
    )
    made._n_gpu = min(1, made.n_gpu)  # on several cards it would ask for an item for each, and batches are one item
    return made


def check_trackers(config: TrainConfig) -> None:
    """Raise ConfigError for a tracker that isn't installed."""
    for name in config.trackers:
        if find_spec(name) is None:
            raise ConfigError(f"train.trackers: {name} isn't installed", f"pip install {name}, or leave it out.")


@dataclass(frozen=True)
class Outcome:
    """What came of a training."""

    losses: list[dict[str, float]]
    """One {step, loss, learning_rate} per step."""
    scores: list[dict[str, float]]
    """The development scores, {step, score} each."""
    collapsed: str | None
    """Why it was ended, where it was going nowhere."""
    loop: Loop
    """Holds the model as it was distributed."""


def train(model: CausalLM, tokenizer: Tokenizer, batches: Batches, work: Work) -> Outcome:
    """Train `model` in place over `batches`, continuing from a checkpoint in `work.home` if there is one.

    Raises StoppedError after Ctrl-C, and DiskFullError before a checkpoint that wouldn't fit.
    """
    steps = len(batches.batches)
    resume = checkpoints.latest(work.home, work.recipe)
    if resume is None and lead():
        best.forget(work.home)
    ready()
    keep_freed_memory()
    with work.start_bar(0 if resume is None else checkpoints.step_of(resume)) as bar:
        watch = Watch(bar, work.config.checkpoint_minutes, work.config.checkpoint_share, work.turn)
        loop = Loop(
            work=work,
            model=model,
            args=arguments(work.config, steps, work.device, work.home),
            train_dataset=batches,
            processing_class=tokenizer,
            callbacks=[*work.callbacks, watch],  # a training that they end needs no checkpoint
        )
        collapsed = None
        with interruptible(watch), for_short_rows(model, work.device):
            try:
                loop.train(resume_from_checkpoint=str(resume) if resume else None)
            except CollapsedError as e:
                collapsed = str(e)
    if watch.stop and not collapsed and loop.state.global_step < steps:
        raise StoppedError(
            f"stopped at step {loop.state.global_step} of {steps}, saved", "The same command continues from here."
        )
    rows = [row for row in loop.state.log_history if "loss" in row]
    losses = [{name: row[name] for name in ("step", "loss", "learning_rate")} for row in rows]
    return Outcome(losses, scores(loop.state), collapsed, loop)
