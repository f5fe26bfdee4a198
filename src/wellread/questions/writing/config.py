"""Settings of the writing of questions: how many of which kinds, how they are checked, how they are divided."""

from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.records import Frozen

KINDS = "wellread.questions.kinds"


class WriteConfig(Frozen):
    """What a language model is asked to write about each passage."""

    n: int = Field(8, ge=1, le=100, description="questions from each passage, over all kinds")
    kinds: tuple[str, ...] = Field(("direct", "paraphrase", "reverse"), min_length=1, description="kinds, by name")
    multiple_choice: bool = Field(False, description="make multiple choice of them, too: four options of one sort")
    steps: int = Field(0, ge=0, le=10, description="steps in which an answer reasons before it answers; 0: none")
    context: Literal["without", "with", "both"] = Field(
        "without", description="training questions without the passage before them, with it, or both"
    )
    tellings: Literal["first", "all"] = Field(
        "first", description="ask about each paper's first text, or all its texts"
    )
    longest: int = Field(600, ge=50, description="words of a text that go into one request; longer ones are cut")
    retries: int = Field(1, ge=0, description="further goes where a passage has too few good questions")
    round_trip: bool = Field(True, description="keep only what the writer answers rightly with the passage before it")
    near: float = Field(0.8, gt=0, le=1, description="likeness above which two questions are one; see questions.near")
    examination: float = Field(
        0.5, ge=0, le=1, description="share of the papers whose questions examine; the others' train"
    )
    seed: int = Field(0, description="draws the options' order and the split")
    params: dict[str, dict[str, Any]] = Field(default={}, description="settings of a kind, by its name")

    @model_validator(mode="after")
    def _known(self) -> "WriteConfig":
        """Check names here, so that a slip shows before anything is paid."""
        for kind in (*self.kinds, *self.params):
            kind_params(kind, self.params.get(kind, {}))
        if twice := [name for name in self.kinds if self.kinds.count(name) > 1]:
            raise ConfigError(f"kind {twice[0]!r} is named twice", "Name it once.")
        return self


class PracticeConfig(WriteConfig):
    """What is asked about papers to train on it: none of it examines."""

    n: int = Field(24, ge=1, le=100, description="questions from each passage, over all kinds")
    examination: float = Field(0, ge=0, le=0, description="always 0: `wellread questions` writes examinations")


def kind_params(kind: str, params: dict[str, Any]) -> Frozen:
    """The `Params` of `kind`. Raises UnknownNameError for a kind or setting that isn't there, ConfigError for a bad value."""
    shape: type[Frozen] = plugins.load(KINDS, kind).Params
    for name in params:
        if name not in shape.model_fields:
            raise UnknownNameError(f"setting of kind {kind!r}:", name, shape.model_fields)
    try:
        return shape.model_validate(params)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"kind {kind!r}: {first['msg'].lower()}, got {first['input']!r}", "Correct it.") from None
