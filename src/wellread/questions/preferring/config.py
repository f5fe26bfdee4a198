"""Settings of preference pairs: how many, by which alterations."""

from pydantic import Field, model_validator

from wellread import plugins
from wellread.errors import ConfigError
from wellread.questions.altering import ALTERATIONS
from wellread.records import Frozen


class PreferConfig(Frozen):
    """What the wrong answers are made by."""

    alterations: tuple[str, ...] = Field(
        ("number", "name", "direction", "unit"), min_length=1, description="what may be changed, the first choice first"
    )
    each: int = Field(1, ge=1, le=20, description="pairs for each question, at most")
    seed: int = Field(0, description="draws the alterations")
    retries: int = Field(1, ge=0, description="of a provider: further goes where its wrong answer isn't wrong")

    @model_validator(mode="after")
    def _known(self) -> "PreferConfig":
        """Check names here, so that a slip shows before any work is done."""
        for name in self.alterations:
            plugins.load(ALTERATIONS, name)
        if twice := [name for name in self.alterations if self.alterations.count(name) > 1]:
            raise ConfigError(f"alteration {twice[0]!r} is named twice", "Name it once.")
        return self
