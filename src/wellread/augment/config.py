"""Settings of the augment room: which views restate a passage, and how."""

from typing import Any

from pydantic import Field, ValidationError, model_validator

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.records import Frozen

VIEWS = "wellread.augment.views"
# What `views: on` stands for; chosen on the development papers (docs/decisions/0003).
DEFAULT_VIEWS = ("templates", "reversed")


class AugmentConfig(Frozen):
    """Views to restate each passage with."""

    views: tuple[str, ...] = Field(default=DEFAULT_VIEWS, description="names of views, in the order in which they run")
    dose: float | None = Field(
        default=30,
        gt=0,
        description="words of examples for each word of a paper (or section) in its longest telling, at most; "
        "null: no bound",
    )
    seed: int = Field(default=0, description="the same seed gives the same examples")
    params: dict[str, dict[str, Any]] = Field(default={}, description="settings of a view, by the view's name")

    @model_validator(mode="after")
    def _known(self) -> "AugmentConfig":
        """Check names and settings here, so that a slip shows before any work is done."""
        for view in (*self.views, *self.params):
            settings(view, self.params.get(view, {}))
        return self


def settings(view: str, params: dict[str, Any]) -> Frozen:
    """The `Params` of `view` made from `params`.

    Raises UnknownNameError for a view or a setting that is not there, ConfigError for a value that does not fit.
    """
    kind: type[Frozen] = plugins.load(VIEWS, view).Params
    for name in params:
        if name not in kind.model_fields:
            raise UnknownNameError(f"setting of view {view!r}:", name, kind.model_fields)
    try:
        return kind.model_validate(params)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in ("params", view, *first["loc"]))
        raise ConfigError(f"{where}: {first['msg'].lower()}, got {first['input']!r}", "Correct the value") from None
