"""How to train. Every default is written here, once."""

from typing import Literal

from pydantic import Field

from wellread import plugins
from wellread.errors import UnknownNameError
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime
from wellread.train.layers import bounds

ADAPTERS = "wellread.train.adapters"
LORA_GROUPS = ("embed_tokens", "q", "k", "v", "qkv", "o", "gate", "up", "gate_up", "down", "lm_head")


class LoraSettings(Frozen):
    """Low-rank adapters (Hu et al. 2021, arXiv 2106.09685), merged into the model after training."""

    groups: tuple[str, ...] = Field(
        ("v", "o", "gate", "up"), description="which linear layers: " + ", ".join(LORA_GROUPS)
    )
    r: int = Field(64, ge=1, description="rank")
    alpha: float = Field(64, gt=0, description="the update is scaled by alpha / r")
    dropout: float = Field(0.0, ge=0, lt=1)
    rslora: bool = Field(False, description="scale by alpha / sqrt(r) instead, so that a large rank learns as fast")
    dora: bool = Field(False, description="learn the length of each weight column apart from its direction")

    def model_post_init(self, _context: object) -> None:
        """Refuse groups that don't exist."""
        for group in self.groups:
            if group not in LORA_GROUPS:
                raise UnknownNameError("LoRA group", group, LORA_GROUPS)


class PrefixSettings(Frozen):
    """Trained keys and values before every text."""

    tokens: int = Field(16, ge=1, description="how many positions they take")


class TrainConfig(Frozen):
    """One training run over texts (continued pretraining) and prompt/answer pairs (supervised fine-tuning)."""

    adapt: str = Field("full", description="train the parameters themselves (full), or adapters: lora, prefix")
    layers: str | None = Field(
        None, description="which decoder layers are trained, first:last; null: all, and all else"
    )
    base: Literal["plain", "nf4", "int8"] = Field("plain", description="4 or 8 bits for weights that aren't trained")
    lora: LoraSettings = LoraSettings()
    prefix: PrefixSettings = PrefixSettings()
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

    def model_post_init(self, _context: object) -> None:
        """Refuse names that no plug-in answers to, so that a slip shows before any work is done."""
        if self.adapt not in plugins.names(ADAPTERS):
            raise UnknownNameError("train.adapt", self.adapt, plugins.names(ADAPTERS))
        if self.layers is not None:
            bounds(self.layers)
