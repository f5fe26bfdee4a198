"""Sittings in, the examination's page out: who is compared with whom, and where each answer stands in the papers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellread.evaluate import general
from wellread.evaluate.marking import KEYWORD_METRICS
from wellread.evaluate.obeyed import obeyed
from wellread.evaluate.outcome import Sitting, against, by_topic, closed, retained, seeds_together
from wellread.evaluate.statistics import mean, power
from wellread.matching import find_tokens, tokens
from wellread.records import Passage, Question, Result, Score
from wellread.report.exam_page import ExamPage, ExamQuestion, ExamRow, RetentionRow, Said, State
from wellread.runs import provenance

_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
#: Below so many questions the note on power is shown.
FEW = 50


@dataclass(frozen=True)
class Row:
    """One sitting and what it is called."""

    label: str
    model: str
    condition: str
    sitting: Sitting


def assemble(
    rows: Sequence[Row],
    seeds: Sequence[str],
    retention: list[RetentionRow],
    passages: Sequence[Passage],
    notes: list[str],
) -> ExamPage:
    """The page. The rows labelled `untrained` and `in-context`, if there, are floor and ceiling; `seeds` are pooled."""
    named = {r.label: r for r in rows}
    floor, ceiling = named.get("untrained"), named.get("in-context")
    taught = next(r for r in rows if r.label != "untrained")
    main = taught.sitting.main()
    shown = [_row(r, main, floor, ceiling) for r in rows]
    if len(seeds) > 1:
        score = seeds_together([named[s].sitting for s in seeds], main)
        label = f"{len(seeds)} seeds together"
        shown.append(
            ExamRow(label=label, model=", ".join(seeds), condition="closed_book", scores={main: score}, main=main)
        )
    questions = list(taught.sitting.questions)
    sources = _sources(questions, passages)
    scored = taught.sitting.scores().get(main, Score(value=None, n=0)).n
    unscored = sum((r.unscored or "").startswith("it has no") for r in taught.sitting.results)
    if scored < FEW:
        notes = [*notes, power(scored)]
    if unscored:
        notes = [
            *notes,
            f"{unscored} of {len(questions)} questions have nothing to be scored by; they are asked, not scored.",
        ]
    made = provenance.gather()
    return ExamPage(
        title=f"Examination of {taught.model}",
        rows=shown,
        retention=retention,
        questions=[
            ExamQuestion(question=q, source=sources[i], said={r.label: _said(r.sitting, i, main) for r in rows})
            for i, q in enumerate(questions)
        ],
        notes=notes,
        provenance=[
            ("Command", " ".join(made["command"])),
            ("When", made["time"]),
            *((f"Model {r.label}", r.model) for r in rows if r.condition == "closed_book"),
            ("Packages", ", ".join(f"{k} {v}" for k, v in made["packages"].items() if v)),
            ("Machine", f"{made['machine']['system']}, {made['machine']['processor']}, {made['machine']['cores']} cores"),
        ],
    )  # fmt: skip


def _row(row: Row, main: str, floor: Row | None, ceiling: Row | None) -> ExamRow:
    sat = row.sitting
    gain = None if floor is None or row is floor else against(sat, floor.sitting, main)
    gap = None
    if floor and ceiling and row.condition == "closed_book" and row is not floor:
        gap = closed(sat, floor.sitting, ceiling.sitting, main)
    return ExamRow(
        label=row.label,
        model=row.model,
        condition=row.condition,
        scores=sat.scores(),
        main=main,
        gain=None if gain is None else Score(value=gain.value, low=gain.low, high=gain.high, n=gain.n),
        p=None if gain is None else gain.p,
        gap_closed=gap,
        faults=sat.faults(),
        topics=by_topic(sat, main),
    )


def _said(sitting: Sitting, i: int, main: str) -> Said:
    result = sitting.results[i]
    return Said(answer=sitting.answers[i], result=result, state=_state(result, main))


def _state(result: Result, main: str) -> State:
    """By keywords where the question has them, else by the first of the other scores that says right or wrong."""
    score = getattr(result, main) if main in KEYWORD_METRICS else result.scores.get(main)
    if score is None:
        score = next((s for m, s in result.scores.items() if m in ("choice_letter", "numeric") and s is not None), None)
    if score is None:
        return "unscored"
    return "right" if score >= 1 else "wrong"


def _sources(questions: Sequence[Question], passages: Sequence[Passage]) -> list[str]:
    """For each question the sentence of its paper that holds most of its key; '' where none does."""
    sentences: dict[str, list[str]] = {}
    for passage in passages:
        sentences.setdefault(passage.paper, []).extend(s.strip() for s in _SENTENCE.split(passage.text) if s.strip())
    read = {paper: [(s, tokens(s)) for s in found] for paper, found in sentences.items()}
    return [_source(q, read.get(q.paper or "", [])) for q in questions]


def _source(question: Question, read: Sequence[tuple[str, Sequence[object]]]) -> str:
    options = dict(zip("ABCDEFGHIJ", question.choices, strict=False))
    key = options.get(question.correct or "") or question.number
    wanted = [[tokens(v) for v in keyword] for keyword in question.keywords or (((key,),) if key else ())]
    best, most = "", 0
    for sentence, have in read:
        hits = sum(any(find_tokens(v, list(have), sentence) for v in keyword) for keyword in wanted)  # type: ignore[arg-type]
        if hits > most:
            best, most = sentence, hits
    return best


def retention_row(
    label: str, sat: Mapping[str, Sitting], before: Sitting | None, taught: Sequence[Question], bits: float | None
) -> RetentionRow:
    """What one model knows and does beside what it was taught. `before` is the untrained model's general sitting."""
    near, forms = sat["neighbours"], sat["instructions"]
    spilled = general.spilled(taught, near.questions, [a.text for a in near.answers])
    done = [
        None if a.text is None else obeyed(i, a.text)
        for i, a in zip(general.instructions(), forms.answers, strict=True)
    ]
    return RetentionRow(
        label=label,
        general=sat["general"].scores()["strict"],
        kept={} if before is None else retained(before, sat["general"]),
        bits_per_byte=bits,
        obeyed=mean(done, [""] * len(done)),
        spilled=mean(spilled, [""] * len(spilled)),
    )
