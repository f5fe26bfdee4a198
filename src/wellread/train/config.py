"""How to train. Every default is written here, once."""

from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime
from wellread.train.layers import ALL, bounds

ADAPTERS = "wellread.train.adapters"
OBJECTIVES = "wellread.train.objectives"
BESIDE_PAIRS, BESIDE_FEW = 15, 8
"""How often a paper is read where pairs ask for what it says, too: in half as many words as they have, between these."""
PAIR_WORDS, PAIRS_AT_MOST, PAIRS_ALONE = 30, 2, 4
"""Words of pairs, each time they are seen counted, for each word of a text; how often one is seen at most, and how often where
there is no text."""
ALONE = 10
"""How often each text of a paper is read where no pair asks for what it says."""
LORA_GROUPS = ("embed_tokens", "q", "k", "v", "qkv", "o", "gate", "up", "gate_up", "down", "lm_head")


class LoraSettings(Frozen):
    """Low-rank adapters (Hu et al. 2021, arXiv 2106.09685), merged into the model after training."""

    groups: tuple[str, ...] = Field(
        ("v", "o", "gate", "up"), min_length=1, description="which linear layers: " + ", ".join(LORA_GROUPS)
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


class Part(Frozen):
    """How much of one genre is trained on. A genre is what made the examples: text, a view's name, a data source's name."""

    exposures: int | None = Field(
        None, ge=1, description="every passage is seen so often, in all its examples of the genre"
    )
    epochs: int | None = Field(None, ge=0, description="every example is seen so often")
    count: int | None = Field(None, ge=0, description="so many examples in all, drawn evenly")
    weight: float | None = Field(None, gt=0, lt=1, description="this share of all trained tokens")
    tag: str = Field(
        "", description="put before each text, read and not learned; {paper}, {genre} stand for their names"
    )

    def model_post_init(self, _context: object) -> None:
        """Refuse two measures at once."""
        given = [name for name in MEASURES if getattr(self, name) is not None]
        if len(given) > 1:
            raise ConfigError(f"train.mixture: {' and '.join(given)} for one genre", "Keep one of them.")


MEASURES = ("exposures", "epochs", "count", "weight")


class Anchor(Frozen):
    """Holds the model near what it was on general text: a divergence from the untrained model, added to every loss."""

    weight: float = Field(
        0.0, ge=0, description="of the divergence (nats per token) against the objective's loss; 0: off"
    )
    genre: str = Field(
        "general", description="examples of this genre are the general text; they are only used for this"
    )
    tokens: int = Field(128, ge=8, description="at most so many tokens of general text are read in each step")
    top: int = Field(64, ge=1, description="how many of the untrained model's likeliest tokens are kept at each place")


class TrainConfig(Frozen):
    """One training run over texts (continued pretraining) and prompt/answer pairs (supervised fine-tuning)."""

    adapt: str = Field("full", description="train the parameters themselves (full), or adapters: lora, prefix")
    layers: str | None = Field(
        None,
        description="which decoder layers are trained: first:last (15:30, 50%:), or all, and embeddings and head with "
        "them; null: all, but only the upper half of the model's own parameters where the chip computes in 32 bits",
    )
    base: Literal["plain", "nf4", "int8"] = Field("plain", description="4 or 8 bits for weights that aren't trained")
    lora: LoraSettings = LoraSettings()
    prefix: PrefixSettings = PrefixSettings()
    objective: str | None = Field(
        None, description="null: texts by clm and pairs by sft in one run; else one objective"
    )
    params: dict[str, Any] = Field(default_factory=dict, description="settings of the objective")
    anchor: Anchor = Anchor()
    mixture: dict[str, Part] = Field(
        default_factory=dict, description="genre -> how much of it; those not named follow readings and pair_epochs"
    )
    order: Literal["shuffled", "texts_then_questions", "interleaved", "curriculum"] = Field(
        "shuffled", description="curriculum: each time through, short before long"
    )
    readings: int | None = Field(
        None,
        ge=1,
        description="how often a paper is read; five tellings share them, sections don't: each is read as often; "
        f"null: half as many words as the pairs about it, {BESIDE_FEW} to {BESIDE_PAIRS} times, and each text {ALONE} times where there are none",
    )
    epochs: int | None = Field(None, ge=1, description="how often each text is read, whatever `readings` says")
    pair_epochs: int | None = Field(
        None,
        ge=1,
        description=f"how often each prompt/answer pair is seen; null: as often as makes {PAIR_WORDS} words of pairs for "
        f"each word of what they are about, in its longest text, at most {PAIRS_AT_MOST} times; {PAIRS_ALONE} times where no text about it is there",
    )
    learning_rate: float = Field(
        3e-4, gt=0, description="the highest, reached after warm-up, then falling linearly to 0"
    )
    warmup: float = Field(0.05, ge=0, lt=1, description="share of the steps over which the learning rate rises")
    weight_decay: float = Field(0.0, ge=0)
    max_grad_norm: float = Field(1.0, gt=0, description="gradients are clipped to this norm")
    batch_tokens: int = Field(128, ge=1, description="texts are packed into steps of at most so many tokens")
    longest: int = Field(1024, ge=16, description="longer texts are trained in pieces of at most so many tokens")
    trunk: Literal["cached", "recomputed"] = Field(
        "cached", description="where the lower layers aren't trained, what they make of each text is computed once"
    )
    activations: Literal["kept", "recomputed"] = runtime(
        "kept",
        description="recomputed: of each layer a step keeps the input alone and computes the rest again when it is needed: "
        "less memory, more time, the same losses",
    )
    trunk_gb: float = runtime(2.0, ge=0, description="a larger cache of it goes to the disk")
    probes: int = Field(1, ge=0, description="how often in a run its output is looked at, to notice a collapse")
    patience: int = Field(
        0,
        ge=0,
        description="stop when so many scores in a row brought nothing better, and keep the best one's weights; 0: never",
    )
    scores: int = Field(8, ge=1, description="how often in a run the development score is taken, where one is given")
    seed: int = 0
    keep_checkpoints: int = runtime(2, ge=1, description="so many of the newest stay, should one turn out broken")
    shard: Literal["none", "fsdp", "zero2", "zero3"] = runtime(
        "none", description="how several processes share a model"
    )
    offload: bool = runtime(False, description="with zero2 and zero3: optimiser states in the processor's memory")
    trackers: tuple[Literal["tensorboard", "mlflow", "wandb"], ...] = runtime(
        (), description="transformers' own reporters; each must be installed"
    )
    checkpoint_minutes: float = runtime(
        2.0, gt=0, description="how often a checkpoint is written; more rarely where checkpoint_share says so"
    )
    checkpoint_share: float = runtime(
        0.05,
        gt=0,
        le=1,
        description="share of the time that may go into writing checkpoints: slow ones come more rarely",
    )

    @model_validator(mode="before")
    @classmethod
    def _quoted(cls, values: Any) -> Any:
        """YAML takes 15:30 for a time of day and 15: for a mapping."""
        layers = values.get("layers") if isinstance(values, dict) else None
        if layers is not None and not isinstance(layers, str):
            what = f"train.layers: YAML reads this as {layers!r}, not as a range"
            raise ConfigError(what, 'Put it in quotes: layers: "15:30".')
        return values

    def model_post_init(self, _context: object) -> None:
        """Refuse names that no plug-in answers to, so that a slip shows before any work is done."""
        if self.adapt not in plugins.names(ADAPTERS):
            raise UnknownNameError("train.adapt", self.adapt, plugins.names(ADAPTERS))
        if self.layers is not None and self.layers != ALL:
            bounds(self.layers, 1)
        objective_settings(self)


def objective_settings(config: TrainConfig) -> Frozen:
    """The settings of the chosen objective. Raises UnknownNameError and ConfigError for what it doesn't know."""
    if config.objective is None:
        if config.params:
            raise ConfigError("train.params: no objective is chosen", "Set train.objective too.")
        return Frozen()
    kind: type[Frozen] = plugins.load(OBJECTIVES, config.objective).Params
    try:
        return kind.model_validate(config.params)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise UnknownNameError(f"setting of objective {config.objective!r}:", name, kind.model_fields) from None
        raise ConfigError(f"train.params.{name}: {first['msg']}, got {first['input']!r}", "Correct it.") from None
