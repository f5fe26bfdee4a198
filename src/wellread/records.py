"""The few frozen records that cross rooms. One line of JSON each; they carry provenance all the way.

Example -> Passage -> Paper: from any trained text one can ask which file of which paper it came from.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Frozen(BaseModel):
    """Base of all records and settings: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paper(Frozen):
    """One paper, told in one or several passages."""

    id: str
    title: str
    source: str = Field(description="the file or folder that it was read from")
    sha256: str = Field(description="hash over the contents of its files")
    licence: str | None = None
    doi: str | None = None
    journal: str | None = None
    year: int | None = None
    language: str | None = Field(default=None, description="as ISO 639-1 has it: en, de, ja")
    sections: tuple[str, ...] = Field(default=(), description="which kinds of section it has, in their order")
    words: int | None = None
    part: str | None = Field(default=None, description="of the corpus's split: target, irrelevant-1 ...")
    policy: str | None = Field(
        default=None, description="private, redistribute or commercial, under which it was ingested"
    )


UNRELATED = "unrelated"
"""The genre of texts about other things, which are read beside the papers."""
REHEARSAL = "rehearsal"
"""The genre of general pairs whose answers are the untrained model's own."""


def part_told(paper: str, passage: str, section: str | None) -> str:
    """Which part of its paper a passage tells: that whose section it is; '' for a telling of the paper as a whole.

    A passage of a section is called PAPER/PART, and what was retold of it PAPER/PART/STYLE.
    """
    return passage.removeprefix(f"{paper}/").partition("/")[0] if section else ""


class Passage(Frozen):
    """One text about a paper: a file of the paper's folder."""

    id: str
    paper: str = Field(description="id of the Paper")
    telling: str = Field(description="which telling of the paper: the file's stem, such as 'original' or 'interview'")
    title: str
    text: str
    source: str
    sha256: str
    section: str | None = Field(default=None, description="introduction, methods ...; None for a text as a whole")
    licence: str | None = Field(default=None, description="that of its paper")


class Example(Frozen):
    """One thing to train on. With a prompt, only the text is learned (an answer); without, all of it."""

    id: str
    paper: str
    passage: str = Field(description="id of the Passage that it was made from")
    maker: str = Field(description="'text' for the passage itself, else the name of the view or style")
    prompt: str | None = None
    text: str
    fact: str | None = Field(default=None, description="the piece of the passage that the prompt asks for")
    section: str | None = Field(
        default=None, description="that of its passage; None for one that tells the whole paper"
    )
    licence: str | None = Field(default=None, description="that of its passage")


class Preference(Frozen):
    """Two answers to one prompt, of which one is to be preferred. Artefacts keep them in data/preferences.jsonl.zst."""

    id: str
    paper: str
    passage: str = Field(description="id of the Passage that it was made from")
    maker: str = Field(description="the name of what made it")
    prompt: str
    chosen: str
    rejected: str
    licence: str | None = Field(default=None, description="that of its passage")


def _as_variants(value: object) -> object:
    """A keyword is written as a string, or as a list of accepted spellings."""
    return (value,) if isinstance(value, str) else value


Keyword = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_as_variants), Field(min_length=1)]
Kind = Literal["direct", "paraphrase", "reverse"]


class Question(Frozen):
    """An examination question. A right answer holds every keyword, in one of its accepted spellings.

    Instead of keywords it may have a reference answer, choices of which one is correct, or a number to be met. Without
    any of these it can be asked but not scored.
    """

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    keywords: tuple[Keyword, ...] = ()
    kind: Kind = "direct"
    answer: str | None = None
    paper: str | None = None
    passage: str | None = Field(default=None, description="id of the Passage that it was made from, where one was")
    choices: tuple[str, ...] = Field(
        default=(), description="multiple choice: the options, in the order of A, B, C, ..."
    )
    correct: str | None = Field(default=None, description="multiple choice: letter of the right option")
    number: str | None = Field(default=None, description="the right value with its unit, such as '146 °C'")
    tolerance: float | None = Field(default=None, ge=0, description="how far off the number may be, as a share of it")
    topic: str | None = Field(default=None, description="such as 'geography' or the name of an MMLU subject")
    licence: str | None = Field(default=None, description="that of its paper")


class Answer(Frozen):
    """What a model said to a question, under one condition."""

    question: str = Field(description="id of the Question")
    text: str | None = Field(description="None where generation failed: no answer, which isn't a wrong answer")
    finish: Literal["stop", "length", "failed"] = Field(description="'length': cut at the longest answer allowed")
    error: str | None = None
    likelihoods: dict[str, tuple[float, ...]] = Field(
        default_factory=dict, description="metric -> log-likelihood (nats) of each text that it asks about"
    )


class Result(Frozen):
    """One answer, marked. `soft` and `strict` are None where the question could not be scored; `unscored` says why."""

    question: str
    soft: float | None
    strict: float | None
    found: tuple[tuple[int, int], ...] = Field(
        default=(), description="where keywords stand in the answer: [start, end)"
    )
    missing: tuple[str, ...] = Field(default=(), description="keywords that the answer lacks")
    unscored: str | None = None
    scores: dict[str, float | None] = Field(
        default_factory=dict, description="every further metric that applies; None: the answer could not be read"
    )
    fault: str | None = Field(default=None, description="'empty', 'repetition' or 'gibberish': no answer at all")


class Score(Frozen):
    """A mean over questions with its 95% interval. `value` is None where nothing could be scored."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int
    unscored: int = 0
    method: str = Field(default="", description="how the interval was made")


def first_tellings(passages: Iterable[Passage]) -> list[Passage]:
    """Those of the first telling of each paper, or of each section of an ingested one."""
    first: dict[tuple[str, str], str] = {}
    return [
        p for p in passages if p.telling == first.setdefault((p.paper, part_told(p.paper, p.id, p.section)), p.telling)
    ]
