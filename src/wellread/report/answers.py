"""Answers as cards: each question with what was said under each condition, keywords marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from wellread.records import Answer, Question, Result
from wellread.report.data import ReportData
from wellread.report.wording import visible

LONG = 600  # characters; a longer answer is folded away
PREVIEW = 160  # characters of it that stay in sight

NOTHING = Markup()

State = Literal["right", "wrong", "unscored", "absent"]


@dataclass(frozen=True)
class Said:
    """One answer on a card."""

    label: str
    name: str
    state: State
    answer: Answer | None = None
    result: Result | None = None
    text: Markup = NOTHING  # keywords marked
    preview: Markup = NOTHING  # its beginning, where it is long


@dataclass(frozen=True)
class Card:
    """One question. `kind` and `paper` are places in the lists of the filters, -1 where there is none."""

    question: Question
    state: State
    kind: int
    paper: int
    keywords: str
    said: tuple[Said, ...]


def cards(data: ReportData) -> list[Card]:
    """One card for each question, in the order given. Its state is that of the closed-book answer."""
    kinds = {kind: i for i, kind in enumerate(data.kinds)}
    papers = {paper.id: i for i, paper in enumerate(data.papers)}
    made = []
    for row in data.questions:
        said = tuple(_said(c.label, c.name, row.answers.get(c.name)) for c in data.conditions)
        card = Card(
            question=row.question,
            state=next((s.state for s in said if s.name == "closed_book"), "absent"),
            kind=kinds.get(row.question.kind, -1),
            paper=papers.get(row.question.paper or "", -1),
            keywords=" and ".join(" or ".join(f"“{v}”" for v in keyword) for keyword in row.question.keywords),
            said=said,
        )
        made.append(card)
    return made


def _said(label: str, name: str, pair: tuple[Answer, Result] | None) -> Said:
    if pair is None:
        return Said(label, name, "absent")
    answer, result = pair
    text = answer.text or ""
    preview = marked(text[:PREVIEW], result.found) if len(text) > LONG else NOTHING
    return Said(label, name, verdict(result), answer, result, marked(text, result.found), preview)


def verdict(result: Result) -> State:
    """'right' if every keyword was found, 'unscored' where that can't be said."""
    if result.strict is None:
        return "unscored"
    return "right" if result.strict >= 1 else "wrong"


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """`text` as HTML with the characters of `spans`, each [start, end), in <mark>.

    Spans may overlap, come in any order or reach beyond the text; those that touch are one mark.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(e, len(text))) for s, e in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    html, at = Markup(), 0
    for start, end in merged:
        html += _html(text[at:start]) + Markup("<mark>") + _html(text[start:end]) + Markup("</mark>")
        at = end
    return html + _html(text[at:])


def _html(text: str) -> Markup:
    return escape(visible(text))
