"""The one training loop, for every objective: transformers' Trainer over batches that were laid out beforehand."""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import Dataset, SequentialSampler
from transformers import Trainer, TrainerCallback, TrainingArguments
from transformers.trainer_callback import PrinterCallback

from wellread.errors import StoppedError
from wellread.models.device import Device
from wellread.models.load import CausalLM, Tokenizer
from wellread.runs.progress import Bar
from wellread.train import checkpoints
from wellread.train.config import TrainConfig
from wellread.train.packing import Tensors, pack
from wellread.train.schedule import Batch
from wellread.train.sequence import Sequence


class DivergedError(Exception):
    """The loss is no longer a number; `step` is where."""

    def __init__(self, step: int) -> None:
        super().__init__(f"the loss is not a number at step {step}")
        self.step = step


class Batches(Dataset[Tensors]):
    """The laid-out batches, each packed into one row."""

    def __init__(self, sequences: list[Sequence], batches: list[Batch]) -> None:
        self.sequences, self.batches = sequences, batches

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, k: int) -> Tensors:
        return pack([self.sequences[i] for i in self.batches[k]])


class Loop(Trainer):
    """A Trainer whose every item is a whole batch, whose loss is the objective's, whose checkpoints are sealed."""

    def __init__(self, *, loss: Any, device: Device, **kw: Any) -> None:
        super().__init__(data_collator=lambda items: items[0], **kw)
        self.objective_loss, self.device_choice = loss, device
        self.remove_callback(PrinterCallback)

    def _get_train_sampler(self, train_dataset: Any = None) -> SequentialSampler:
        return SequentialSampler(train_dataset if train_dataset is not None else self.train_dataset)

    def compute_loss(self, model: CausalLM, inputs: Mapping[str, torch.Tensor], *_: Any, **__: Any) -> torch.Tensor:
        """The objective's loss for one packed batch. Raises DivergedError where it isn't finite."""
        bf16 = self.device_choice.precision == "bf16"
        with torch.autocast(self.device_choice.name, torch.bfloat16, enabled=bf16):
            loss: torch.Tensor = self.objective_loss(model, inputs)
        if not torch.isfinite(loss):
            raise DivergedError(self.state.global_step + 1)
        return loss

    def _save_checkpoint(self, model: CausalLM, trial: Any) -> None:
        super()._save_checkpoint(model, trial)
        checkpoints.seal(Path(self.args.output_dir) / f"checkpoint-{self.state.global_step}", self.state.global_step)


class Watch(TrainerCallback):
    """Moves the bar, asks for checkpoints by the clock, and on Ctrl-C for a last one."""

    def __init__(self, bar: Bar, minutes: float) -> None:
        self.bar, self.seconds = bar, minutes * 60
        self.saved = time.monotonic()
        self.stop = False

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Save when it's time, unless the run is about to end anyway."""
        if self.stop or (time.monotonic() - self.saved > self.seconds and state.global_step < state.max_steps):
            control.should_save = True
        if self.stop:
            control.should_training_stop = True

    def on_save(self, *_: Any, **__: Any) -> None:
        """Count the time to the next checkpoint from the end of this one."""
        self.saved = time.monotonic()

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Show the loss."""
        if logs and "loss" in logs:
            self.bar.step(note=f"loss {float(logs['loss']):.3f}")


@contextmanager
def interruptible(watch: Watch) -> Iterator[None]:
    """Let the first Ctrl-C ask `watch` to finish the step and save; the second one ends at once."""

    def ask(*_: Any) -> None:
        if watch.stop:
            raise KeyboardInterrupt
        watch.stop = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def train(
    model: CausalLM,
    tokenizer: Tokenizer,
    sequences: list[Sequence],
    batches: list[Batch],
    *,
    loss: Any,
    config: TrainConfig,
    device: Device,
    home: Path,
    start_bar: Any,
) -> list[dict[str, float]]:
    """Train `model` in place over `batches`, continuing from a checkpoint in `home` if there is one.

    Returns one {step, loss, learning_rate} per step. Raises DivergedError, and StoppedError after Ctrl-C.
    """
    arguments = TrainingArguments(
        output_dir=str(home),
        max_steps=len(batches),
        per_device_train_batch_size=1,
        learning_rate=config.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=round(config.warmup * len(batches)),
        weight_decay=config.weight_decay,
        max_grad_norm=config.max_grad_norm,
        optim="adamw_torch_fused",
        seed=config.seed,
        data_seed=config.seed,
        save_strategy="no",
        logging_steps=1,
        logging_nan_inf_filter=False,
        report_to="none",
        disable_tqdm=True,
        use_cpu=device.name == "cpu",
        remove_unused_columns=False,
        dataloader_pin_memory=False,
    )
    resume = checkpoints.latest(home)
    done = 0 if resume is None else int(resume.name.rsplit("-", 1)[1])
    with start_bar(done) as bar:
        watch = Watch(bar, config.checkpoint_minutes)
        loop = Loop(
            loss=loss,
            device=device,
            model=model,
            args=arguments,
            train_dataset=Batches(sequences, batches),
            processing_class=tokenizer,
            callbacks=[watch],
        )
        with interruptible(watch):
            loop.train(resume_from_checkpoint=str(resume) if resume else None)
    if watch.stop and loop.state.global_step < len(batches):
        raise StoppedError(
            f"stopped at step {loop.state.global_step} of {len(batches)}, saved",
            "The same command continues from here.",
        )
    return [
        {"step": row["step"], "loss": row["loss"], "learning_rate": row["learning_rate"]}
        for row in loop.state.log_history
        if "loss" in row
    ]
