"""What came of a trial, in numbers: all that objectives see, and all that is kept with the trial."""

from typing import Any

from pydantic import Field

from wellread.records import Frozen, Score


class Outcome(Frozen):
    """A model taught and examined on the development questions."""

    closed_book: dict[str, Score] = Field(description="metric -> its mean; soft and strict are always there")
    floor: dict[str, Score] = Field(description="the same of the untrained model")
    kept: float | None = Field(None, description="share of the general questions known before that are known still")
    texts: dict[str, int] = Field(description="target, unrelated, total")
    tokens: dict[str, int] = Field(description="target, total; all exposures counted")
    epochs: float = Field(description="how often each target text was read")
    exposures: float = Field(description="how often each target passage was seen, its pairs included")
    seconds: dict[str, float] = Field(description="train, examine, total")
    collapsed: str | None = Field(None, description="why training was ended, where it was going nowhere")
    answers: str | None = Field(None, description="file of the answers")

    def attributes(self) -> dict[str, Any]:
        """The outcome as a trial's attributes, in JSON."""
        return {
            "scores": {"closed_book": _brief(self.closed_book), "floor": _brief(self.floor)},
            "kept": self.kept,
            "texts": self.texts,
            "tokens": self.tokens,
            "epochs": self.epochs,
            "exposures": self.exposures,
            "seconds": self.seconds,
            "collapsed": self.collapsed is not None,
            "collapse": self.collapsed,
            "answers": self.answers,
        }


def _brief(scores: dict[str, Score]) -> dict[str, Any]:
    strict = scores["strict"]
    return {
        **{name: score.value for name, score in scores.items()},
        "n": strict.n,
        "unscored": strict.unscored,
        "interval": [strict.low, strict.high],
    }
