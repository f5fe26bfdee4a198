import pytest

from wellread.records import Answer, Question, Result, Score
from wellread.report import Condition, GridCell, LossPoint, PaperRow, QuestionRow, ReportData

NAMES = ("floor", "closed_book", "in_context")


def a_score(value, n=20, unscored=0):
    if value is None:
        return Score(value=None, n=0, unscored=unscored)
    return Score(value=value, low=max(0.0, value - 0.1), high=min(1.0, value + 0.04), n=n, unscored=unscored)


def a_row(i=0, text="It melts at 212 °C.", found=((12, 18),), strict=1.0, **changes):
    """A question whose closed-book answer is `text`; the floor answers nothing to the point."""
    question = changes.get("question", f"At what temperature does Veltramide-{i} melt?")
    asked = Question(
        id=f"q{i}",
        question=question,
        keywords=changes.get("keywords", ("212 °C",)),
        kind=changes.get("kind", "direct"),
        paper=changes.get("paper", "p0"),
    )
    answer = Answer(question=asked.id, text=text, finish=changes.get("finish", "stop"), error=changes.get("error"))
    result = Result(
        question=asked.id,
        soft=strict,
        strict=strict,
        found=found,
        missing=changes.get("missing", ()),
        unscored=changes.get("unscored"),
    )
    dull = (
        Answer(question=asked.id, text="It is a polymer.", finish="length"),
        Result(question=asked.id, soft=0.0, strict=0.0, missing=("212 °C",)),
    )
    return QuestionRow(question=asked, answers={"floor": dull, "closed_book": (answer, result)})


def a_condition(name, value, n=20, unscored=0, **changes):
    score = a_score(value, n, unscored)
    both = {"soft": score, "strict": score}
    whole = {"name": name, "label": name.replace("_", "-").capitalize(), **both, "by_kind": {"direct": both}}
    return Condition(**{**whole, **changes})


def a_report(**changes):
    """One paper, 20 questions, 19 of them answered closed-book."""
    rows = [a_row(i) for i in range(19)]
    rows.append(a_row(19, "It melts at 100 °C.", (), 0.0, missing=("212 °C",)))
    whole = {
        "title": "Veltramide",
        "model": "tiny",
        "papers": [PaperRow(id="p0", title="Veltramide, a tale", texts=5, words=1100, licence="Apache-2.0")],
        "conditions": [a_condition(n, v) for n, v in zip(NAMES, (0.0, 0.95, 1.0), strict=True)],
        "kinds": ["direct"],
        "questions": rows,
        "losses": [LossPoint(step=i, loss=3 / (i + 1), lr=1e-4) for i in range(50)],
        "dose": [("texts", "5"), ("optimiser steps", "50")],
        "seconds": {"train": 100.0, "total": 160.0},
        "hardware": "2 CPU cores",
        "provenance": [("commit", "6b1f2a9c")],
    }
    return ReportData(**{**whole, **changes})


def a_grid():
    return [
        GridCell(paper=p, texts=t, epochs=e, seed=s, soft=0.2 + 0.1 * t, strict=0.1 * t + 0.01 * e + 0.02 * s + d)
        for p, d in (("p0", 0.0), ("p1", 0.04))
        for t in (1, 2, 5)
        for e in (5, 20)
        for s in (0, 1)
    ]


@pytest.fixture
def make():
    """The makers of fake report data, by name."""

    class Make:
        row, report, condition, score = map(staticmethod, (a_row, a_report, a_condition, a_score))
        grid = staticmethod(a_grid)

    return Make
