"""Settings of a provider: who writes, how much at once, for how much."""

from typing import Any

from pydantic import Field, field_validator, model_validator

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.providers.budget import Budget, Price
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime

BACKENDS = "wellread.providers.backends"


class ProviderConfig(Frozen):
    """Who writes text. A key is no setting: see wellread.providers.secrets."""

    name: str = Field("local", description="local, openai, replay, or the URL of an OpenAI-compatible endpoint")
    model: str = Field("", description="the model's name there; for local: as in `teach --model`")
    temperature: float = Field(0.7, ge=0, le=2, description="0 writes the likeliest text; local always does")
    body: dict[str, Any] = Field(
        default={}, description="fields to add to each request of an endpoint; null takes a field out"
    )
    price: Price | None = runtime(None, description="US dollars for a million tokens read and written")
    budget: str | None = runtime(
        None, description="the most that a run may cost, all its attempts together: 5usd, 2Mtokens"
    )
    concurrency: int = runtime(16, ge=1, le=1024, description="requests under way at once, at most")
    timeout: float = runtime(120.0, gt=0, description="seconds that one attempt may take")
    retries: int = runtime(6, ge=0, description="further attempts after a fault that may pass")
    backoff: float = runtime(
        0.5, gt=0, description="seconds before the second attempt, doubled each time, at random below"
    )
    patience: float = runtime(900.0, gt=0, description="seconds of nothing but 'too many requests' before giving up")
    key_variable: str | None = runtime(None, description="the environment variable that holds the key")
    recording: str | None = runtime(None, description="for replay: the cache file that holds the replies")

    @field_validator("price", mode="before")
    @classmethod
    def _price(cls, value: Any) -> Any:
        """`0.15/0.60` as two numbers."""
        return value.split("/") if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known(self) -> "ProviderConfig":
        """Check names and the budget here, so that a slip shows before any work is done."""
        if self.price and min(self.price) < 0:
            raise ConfigError(
                f"price {self.price[0]:g}/{self.price[1]:g} is negative", "Give IN/OUT, such as 0.15/0.60."
            )
        if self.kind not in plugins.names(BACKENDS):
            raise UnknownNameError("provider", self.name, [*plugins.names(BACKENDS), "http://.../v1"])
        Budget(self.budget, self.price)
        return self

    @property
    def kind(self) -> str:
        """Which backend is meant: a URL means `openai`."""
        return "openai" if self.name.casefold().startswith(("http://", "https://")) else self.name
