"""How to train. Every default is written here, once."""

from typing import Literal

from pydantic import Field

from wellread.errors import UnknownNameError
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime

LORA_GROUPS = ("q", "k", "v", "o", "gate", "up", "down")


class LoraSettings(Frozen):
    """Low-rank adapters (Hu et al. 2021, arXiv 2106.09685), merged into the model after training."""

    groups: tuple[str, ...] = Field(
        ("v", "o", "gate", "up"), description="which linear layers: " + ", ".join(LORA_GROUPS)
    )
    r: int = Field(64, ge=1, description="rank")
    alpha: float = Field(64, gt=0, description="the update is scaled by alpha / r")
    dropout: float = Field(0.0, ge=0, lt=1)

    def model_post_init(self, _context: object) -> None:
        """Refuse groups that don't exist."""
        for group in self.groups:
            if group not in LORA_GROUPS:
                raise UnknownNameError("LoRA group", group, LORA_GROUPS)


class TrainConfig(Frozen):
    """One training run over texts (continued pretraining) and prompt/answer pairs (supervised fine-tuning)."""

    adapt: Literal["full", "lora"] = Field("full", description="train all parameters, or low-rank adapters")
    lora: LoraSettings = LoraSettings()
    readings: int = Field(
        40, ge=1, description="how often a paper is read; its texts share them, so each of five is read eight times"
    )
    epochs: int | None = Field(None, ge=1, description="how often each text is read, whatever `readings` says")
    pair_epochs: int = Field(1, ge=1, description="how often each prompt/answer pair from a view is seen")
    learning_rate: float = Field(
        3e-4, gt=0, description="the highest, reached after warm-up, then falling linearly to 0"
    )
    warmup: float = Field(0.05, ge=0, lt=1, description="share of the steps over which the learning rate rises")
    weight_decay: float = Field(0.0, ge=0)
    max_grad_norm: float = Field(1.0, gt=0, description="gradients are clipped to this norm")
    batch_tokens: int = Field(128, ge=1, description="texts are packed into steps of at most so many tokens")
    longest: int = Field(1024, ge=16, description="longer texts are trained in pieces of at most so many tokens")
    seed: int = 0
    checkpoint_minutes: float = runtime(1.0, gt=0, description="how often a checkpoint is written")
