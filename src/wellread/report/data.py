"""All that a report shows, and nothing else: whoever has this can draw the page."""

from typing import Literal

from pydantic import Field

from wellread.records import Answer, Frozen, Question, Result, Score

ConditionName = Literal["floor", "closed_book", "in_context"]
Measure = Literal["soft", "strict"]


class PaperRow(Frozen):
    """A paper that was read."""

    id: str
    title: str
    texts: int
    words: int
    licence: str | None = None


class Condition(Frozen):
    """One way of asking the questions, with its scores. `n` of each Score counts the questions that were scored."""

    name: ConditionName
    label: str = Field(description="what the reader sees, such as 'Closed-book'")
    soft: Score
    strict: Score
    by_kind: dict[str, dict[Measure, Score]] = Field(default_factory=dict)
    by_paper: dict[str, dict[Measure, Score]] = Field(default_factory=dict, description="key: id of the paper")


class QuestionRow(Frozen):
    """A question with what was answered under each condition."""

    question: Question
    answers: dict[ConditionName, tuple[Answer, Result]] = Field(default_factory=dict)


class LossPoint(Frozen):
    """One optimiser step. A loss that is not a number is kept: the page says so."""

    step: int
    loss: float
    lr: float | None = None


class GridCell(Frozen):
    """One run of a grid: a model taught one paper with so many texts, for so many epochs, from one seed."""

    paper: str
    texts: int
    epochs: int
    seed: int
    soft: float | None
    strict: float | None
    questions: int = Field(default=0, description="that the scores are of; 0 where it isn't known")
    collapsed: bool = False
    kept: Score | None = Field(default=None, description="as in ReportData")
    spilled: Score | None = Field(default=None, description="as in ReportData")


class ReportData(Frozen):
    """A whole report. Empty lists are fine: their parts of the page are left out or say that there is nothing."""

    title: str
    model: str
    papers: list[PaperRow] = Field(default_factory=list)
    conditions: list[Condition] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list, description="kinds of questions, in the order of the columns")
    questions: list[QuestionRow] = Field(default_factory=list)
    losses: list[LossPoint] = Field(default_factory=list)
    kept: Score | None = Field(default=None, description="of what the untrained model knew in general")
    spilled: Score | None = Field(default=None, description="share of neighbours answered with what was taught")
    dose: list[tuple[str, str]] = Field(default_factory=list, description="label and value, as shown")
    seconds: dict[str, float] = Field(default_factory=dict, description="'train', 'examine', 'total', ...")
    hardware: str = Field(default="", description="what it ran on, in words that follow 'on': '2 CPU cores'")
    provenance: list[tuple[str, str]] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list, description="warnings, shown near the top")
    grid: list[GridCell] = Field(default_factory=list)
    collapsed: bool = False
