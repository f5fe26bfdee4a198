"""Settings of the rewriting: which styles, which languages, how hard to try."""

from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from wellread import plugins
from wellread.augment import languages
from wellread.errors import ConfigError, UnknownNameError
from wellread.records import Frozen

STYLES = "wellread.augment.styles"


class RewriteConfig(Frozen):
    """What a language model is asked to write about each passage."""

    styles: tuple[str, ...] = Field(("qa", "article", "interview", "textbook"), description="styles to retell in")
    languages: tuple[str, ...] = Field((), description="languages to translate into, by ISO 639-1 code")
    source: str = Field("en", description="the language of the texts, by ISO 639-1 code")
    tellings: Literal["first", "all"] = Field("first", description="rewrite each paper's first text, or all its texts")
    retries: int = Field(2, ge=0, description="further goes at a rewrite in which a check found a fault")
    longest: int = Field(
        900, ge=50, description="words of a text that go into one request; longer ones are cut between paragraphs"
    )
    threshold: int = Field(2, ge=0, description="a fact in fewer tellings than this is listed as thin")
    params: dict[str, dict[str, Any]] = Field(default={}, description="settings of a style, by the style's name")

    @model_validator(mode="after")
    def _known(self) -> "RewriteConfig":
        """Check names here, so that a slip shows before anything is paid."""
        for style in (*self.styles, *self.params):
            style_params(style, self.params.get(style, {}))
        for code in (self.source, *self.languages):
            languages.check(code)
        if self.source in self.languages:
            raise ConfigError(
                f"the texts are in {self.source!r} already", "Take it out of the languages, or set their source."
            )
        for what, chosen in (("style", self.styles), ("language", self.languages)):
            if twice := [name for name in chosen if chosen.count(name) > 1]:
                raise ConfigError(f"{what} {twice[0]!r} is named twice", "Name it once.")
        if not self.styles and not self.languages:
            raise ConfigError("no styles and no languages", f"Styles: {', '.join(plugins.names(STYLES))}.")
        return self


def style_params(style: str, params: dict[str, Any]) -> Frozen:
    """The `Params` of `style`. Raises UnknownNameError for a style or setting that is not there, ConfigError for a bad value."""
    kind: type[Frozen] = plugins.load(STYLES, style).Params
    for name in params:
        if name not in kind.model_fields:
            raise UnknownNameError(f"setting of style {style!r}:", name, kind.model_fields)
    try:
        return kind.model_validate(params)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"style {style!r}: {first['msg'].lower()}, got {first['input']!r}", "Correct the value."
        ) from None
