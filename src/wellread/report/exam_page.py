"""The page of an examination: one table with every condition, retention, and all answers side by side."""

from typing import Literal

from markupsafe import Markup
from pydantic import Field

from wellread.records import Answer, Frozen, Question, Result, Score
from wellread.report.answers import marked
from wellread.report.page import whole
from wellread.report.summary import UNEXAMINED, Fact, Summary
from wellread.report.terminal import aligned
from wellread.report.wording import MISSING, count, interval, known, number, share, signed

State = Literal["right", "wrong", "unscored", "absent"]

#: Column -> what it means, in the order of the columns.
METRICS = {
    "strict": "every keyword that the question doesn't give away",
    "soft": "share of the keywords, as published in 2023",
    "choice_letter": "multiple choice, by the letter named",
    "choice_likelihood": "multiple choice, by the likeliest letter",
    "numeric": "the right number, within tolerance, in any unit",
    "exact_match": "the reference answer and nothing else",
    "token_f1": "words shared with the reference answer",
    "rouge1": "words shared (ROUGE-1)",
    "rouge2": "pairs of words shared (ROUGE-2)",
    "rouge_l": "words shared in order (ROUGE-L)",
    "judge": "a language model's mark against the model answer, as a share of 10",
    "rubric": "a language model's marks by criteria, as a share of 10",
    "bits_per_byte": "surprise at the reference answer, in bits per byte; less is better",
}


class ExamRow(Frozen):
    """One model under one condition."""

    label: str
    model: str
    condition: str
    scores: dict[str, Score] = Field(description="metric -> mean over the questions to which it applies")
    main: str = Field(description="the metric that `gain` and `p` are about")
    gain: Score | None = Field(default=None, description="difference to the floor, with its interval")
    p: float | None = None
    gap_closed: Score | None = None
    faults: str = ""
    topics: dict[str, Score] = Field(default_factory=dict, description="topic -> score of the main metric")


class RetentionRow(Frozen):
    """What a model still knows and does."""

    label: str
    general: Score = Field(description="all general questions")
    kept: dict[str, Score] = Field(
        default_factory=dict, description="of those that the untrained model knew: 'all', topics"
    )
    bits_per_byte: float | None = None
    obeyed: Score
    spilled: Score = Field(description="answers on neighbouring matters that name something taught")


class Said(Frozen):
    """What was answered under one row's condition."""

    answer: Answer
    result: Result
    state: State
    judged: list[str] = Field(default_factory=list, description="a judge's marks, each with its reason")


class ExamQuestion(Frozen):
    """A question with all its answers, by the label of their row."""

    question: Question
    said: dict[str, Said]
    source: str = Field(default="", description="the sentence of the paper that holds the answer")
    taught_by: dict[str, int] = Field(
        default_factory=dict, description="style or view -> how many of its training examples hold the answer"
    )


class ExamPage(Frozen):
    """Everything that the page shows."""

    title: str
    rows: list[ExamRow]
    retention: list[RetentionRow] = Field(default_factory=list)
    questions: list[ExamQuestion] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    provenance: list[tuple[str, str]] = Field(default_factory=list)


def columns(page: ExamPage) -> list[str]:
    """The metrics that some row has a score for, in the usual order."""
    return [m for m in METRICS if any(m in r.scores and r.scores[m].n for r in page.rows)] or ["strict"]


def topics(page: ExamPage) -> list[str]:
    """The topics of the rows, in order."""
    return list(dict.fromkeys(t for r in page.rows for t in r.topics))


def render(page: ExamPage) -> str:
    """The page as one self-contained HTML text."""
    return whole(
        "exam_page.html.j2",
        title=page.title,
        brand="examination",
        parts=[
            ("scores", "Scores", True), ("retention", "Retention", page.retention), ("answers", "Answers", page.questions),
            ("provenance", "Provenance", True),
        ],
        summary=summarise(page),
        notes=page.notes,
        page=page, columns=columns(page), metrics=METRICS, marked=_marked, p_value=p_value,
        labels=[r.label for r in page.rows], examined=_examined(page),
        papers=list(dict.fromkeys(q.question.paper or "" for q in page.questions)),
        kinds=list(dict.fromkeys(q.question.kind for q in page.questions)), looks_for=looks_for,
        topics=topics(page), methods=list(dict.fromkeys(s.method for r in page.rows for s in r.scores.values() if s.method)),
    )  # fmt: skip


def summarise(page: ExamPage) -> Summary:
    """The first screen: what the first model knows, against the untrained one, how sure, and what it lost."""
    alarm = " ".join(f"{r.label}: {r.faults}." for r in page.rows if r.faults.startswith("collapsed"))
    if not page.rows:
        return Summary("Nothing was examined.", (), alarm)
    row = _examined(page) or page.rows[0]
    score = row.scores.get(row.main, Score(value=None, n=0))
    lead = f"{row.condition.replace('_', '-').capitalize()}, {row.label} scores {number(score.value)} ({row.main}) on {count(score.n, 'question')}."
    if row.gain and known(row.gain.value):
        lead += f" That is {signed(row.gain.value)} against the untrained model"
        lead += f" ({signed(row.gain.low or 0.0)} to {signed(row.gain.high or 0.0)})." if interval(row.gain) else "."
    facts = (
        Fact("What was learned", number(score.value), f"{row.main} score: {METRICS.get(row.main, 'share right')}"),
        Fact(
            "How sure",
            interval(score) or MISSING,
            f"95% interval over {count(score.n, 'question')}"
            + (f"; p of the gain {p_value(row.p)}" if known(row.p) else ""),
        ),
        _forgotten(page, row.label),
    )
    return Summary(lead, facts, alarm)


def _examined(page: ExamPage) -> ExamRow | None:
    """The row that counts: the untrained model's comes first and is what the others are compared with."""
    return next((r for r in page.rows if r.label != "untrained" and r.condition == "closed_book"), None)


def _forgotten(page: ExamPage, label: str) -> Fact:
    kept = next((r.kept["all"] for r in page.retention if r.label == label and "all" in r.kept), None)
    if kept is None or not known(kept.value):
        return UNEXAMINED
    detail = f"of the {count(kept.n, 'general question')} that the untrained model answers are still answered"
    return Fact("What was kept", share(kept.value), detail)


def _marked(said: Said) -> Markup:
    return marked(said.answer.text or "", said.result.found)


def looks_for(question: Question) -> str:
    """What a right answer holds, in words."""
    if question.choices:
        return f"{question.correct}. {dict(zip('ABCDEFGHIJ', question.choices, strict=False)).get(question.correct or '', '')}"
    keywords = " and ".join(" or ".join(f"“{v}”" for v in keyword) for keyword in question.keywords)
    return keywords or question.number or question.answer or "nothing: it can't be scored"


def p_value(p: float | None) -> str:
    """A p-value as papers print it."""
    if p is None:
        return "-"
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def render_text(page: ExamPage) -> str:
    """The tables for a terminal."""
    shown = columns(page)
    main = page.rows[0].main if page.rows else "strict"
    table = [["condition", *shown, "n", "unscored", "95% interval", "gain", "p", "gap closed"]]
    for r in page.rows:
        score = r.scores.get(r.main, Score(value=None, n=0))
        cells = [number(r.scores[m].value) if m in r.scores else "-" for m in shown]
        gain = "-" if r.gain is None else number(r.gain.value)
        gap = "-" if r.gap_closed is None else number(r.gap_closed.value)
        table.append(
            [r.label, *cells, str(score.n), str(score.unscored), interval(score) or "-", gain, p_value(r.p), gap]
        )
    parts = [
        aligned(table),
        f"n, unscored, interval, gain over the untrained model and gap closed are those of {main}.",
    ]
    if len(topics(page)) > 1:
        parts.append(aligned([["topic", *(r.label for r in page.rows)]] + [
            [t, *(number(r.topics[t].value) if t in r.topics else "-" for r in page.rows)] for t in topics(page)
        ]))  # fmt: skip
    if page.retention:
        parts.append(_retention(page.retention))
    parts += [f"{r.label}: {r.faults}." for r in page.rows if r.faults]
    parts += [f"Note: {note}" for note in page.notes]
    return "\n\n".join(parts) + "\n"


def _retention(rows: list[RetentionRow]) -> str:
    table = [
        [
            "retention",
            "general questions",
            "of those known before",
            "95% interval",
            "bits per byte",
            "form obeyed",
            "spilled over",
        ]
    ]
    for r in rows:
        kept = r.kept.get("all")
        table.append([
            r.label, f"{number(r.general.value)} of {r.general.n}",
            "-" if kept is None else f"{number(kept.value)} of {kept.n}", "-" if kept is None else interval(kept) or "-",
            number(r.bits_per_byte) if r.bits_per_byte is not None else "-", number(r.obeyed.value), number(r.spilled.value),
        ])  # fmt: skip
    return aligned(table)
