"""Settings of `wellread ingest`: what is kept, how it is cut and split."""

from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator

from wellread import plugins
from wellread.corpus.ingest.split import Part, parse_parts
from wellread.corpus.parsed import PARSERS
from wellread.errors import ConfigError, UnknownNameError
from wellread.licences import Policy
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime

FILTERS = "wellread.corpus.filters"


class IngestConfig(Frozen):
    """How papers become a corpus."""

    licence: Policy = Field(default="private", description="which licences may enter: see `wellread.licences`")
    filters: tuple[str, ...] = Field(default=("length", "language", "keywords"), description="names, in their order")
    filter: dict[str, dict[str, Any]] = Field(default={}, description="settings of a filter, by its name")
    parser: dict[str, dict[str, Any]] = Field(default={}, description="settings of a parser, by its name")
    near_duplicates: float | None = Field(
        default=0.8,
        gt=0,
        le=1,
        description="share of word sequences in common from which papers are the same; null: off",
    )
    chunk_words: int = Field(default=2000, ge=50, description="words of a passage, at most")
    split: tuple[str, ...] = Field(
        default=("250", "14000", "rest"),
        description="papers of each part, as numbers, shares (0.1) or the rest: target, irrelevant-1, irrelevant-2 ...",
    )
    seed: int = Field(default=0, description="draws the papers of each part")
    workers: int | None = runtime(None, ge=1, description="processes that read; null: one for each core")
    strict: bool = runtime(False, description="a file that can't be read ends the run")

    @field_validator("split")
    @classmethod
    def _parts(cls, split: tuple[str, ...]) -> tuple[str, ...]:
        parse_parts(split)
        return split

    @model_validator(mode="after")
    def _known(self) -> "IngestConfig":
        """Check names and settings here, so that a slip shows before any work is done."""
        for name in (*self.filters, *self.filter):
            settings(FILTERS, name, self.filter)
        for name in self.parser:
            settings(PARSERS, name, self.parser)
        return self

    @property
    def parts(self) -> list[Part]:
        """The parts of `split`."""
        return parse_parts(self.split)


def from_mapping(values: dict[str, Any]) -> IngestConfig:
    """Settings from `values`. Raises ConfigError in one line; UnknownNameError for what no setting answers to."""
    for name in values:
        if name not in IngestConfig.model_fields:
            raise UnknownNameError("setting", name, IngestConfig.model_fields)
    try:
        return IngestConfig.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"{where}: {first['msg'].removeprefix('Value error, ')}, got {first['input']!r}",
            "See `wellread ingest --help`.",
        ) from None


def settings(package: str, name: str, given: dict[str, dict[str, Any]]) -> Any:
    """The `Params` of the plug-in `name` of `package`, from what is `given` for it by its name.

    Raises UnknownNameError for a plug-in or a setting that isn't there, ConfigError for a value that doesn't fit.
    """
    kind: type[Frozen] = plugins.load(package, name).Params
    values = given.get(name, {})
    for key in values:
        if key not in kind.model_fields:
            raise UnknownNameError(f"setting of {name!r}:", key, kind.model_fields)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in (name, *first["loc"]))
        raise ConfigError(
            f"{where}: {first['msg'].removeprefix('Value error, ')}, got {first['input']!r}", "Correct the value."
        ) from None
