"""The examination stage: one model, one condition, every question; answers, marks and scores out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wellread.evaluate import collapse
from wellread.evaluate.answering import ask, kept, kept_likelihoods
from wellread.evaluate.conditions import Condition
from wellread.evaluate.config import ExamineConfig, Manner
from wellread.evaluate.examinee import Examinee, Local
from wellread.evaluate.marking import KEYWORD_METRICS, asked_of, mark, value
from wellread.evaluate.statistics import mean
from wellread.models.config import ModelConfig
from wellread.records import Passage, Question, Result
from wellread.runs.jsonl import read_records, read_rows, write_records

NAME = "examine"
VERSION = 5


def run(
    config: ExamineConfig,
    model_config: ModelConfig,
    condition: Condition,
    inputs: Mapping[str, Path],
    out: Path,
    *,
    manner: Manner | None = None,
    examinee: Examinee | None = None,
    title: str = "",
) -> dict[str, Any]:
    """Examine the model in inputs['model'], or `examinee`, on inputs['questions'] about inputs['corpus'].

    Answers are kept as they come (out/answers.part), so an interrupted examination continues. `title` says in the
    progress who is asked what. Returns the scores.
    """
    manner = manner or Manner()
    asked = inputs["questions"] / "data"
    questions = read_records(asked / "questions.jsonl.zst", Question)
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    repeated = {row["question"] for row in read_rows(asked / "leaks.jsonl.zst") if row["how"] == "repeated"}
    examinee = examinee or Local(inputs["model"], model_config.device)
    part = out / "answers.part"
    shots = worked_examples(asked / "shots.jsonl.zst", manner.shots)
    notes = ask(config, manner, condition, examinee, questions, passages, shots, part, title)
    likely = kept_likelihoods(part.with_suffix(".likelihoods.part"))
    answers = [
        a if a.question not in likely else a.model_copy(update={"likelihoods": likely[a.question].likelihoods})
        for a in (kept(part)[q.id] for q in questions)
    ]
    results = [mark(q, a, q.id in repeated) for q, a in zip(questions, answers, strict=True)]
    write_records(out / "data" / "answers.jsonl.zst", answers)
    write_records(out / "data" / "results.jsonl.zst", results)
    for spent in (part, part.with_suffix(".likelihoods.part")):
        spent.unlink(missing_ok=True)
    return {"condition": condition, "notes": notes, **scores(questions, results)}


def worked_examples(path: Path, most: int) -> dict[str, list[Question]]:
    """The first `most` worked examples of each topic; none where the questions came without."""
    found: dict[str, list[Question]] = {}
    if most and path.is_file():
        for question in read_records(path, Question):
            found.setdefault(question.topic or "", []).append(question)
    return {topic: questions[:most] for topic, questions in found.items()}


def scores(questions: Sequence[Question], results: Sequence[Result]) -> dict[str, Any]:
    """Means with intervals: soft and strict overall, by kind and by paper; each metric that applies, also by topic."""
    everything = list(range(len(questions)))
    applies = asked_of(questions)

    def over(metric: str, chosen: Sequence[int]) -> dict[str, Any]:
        where = [i for i in chosen if i in members[metric]]
        groups = [questions[i].paper or "" for i in where]
        return mean([value(results[i], metric) for i in where], groups).model_dump()

    members = {m: set(applies.get(m, ())) for m in {*applies, *KEYWORD_METRICS}}
    measured = [m for m in applies if m in KEYWORD_METRICS or any(m in r.scores for r in results)]

    def keywords(chosen: Sequence[int]) -> dict[str, Any]:
        return {m: over(m, chosen) for m in KEYWORD_METRICS}

    def where(field: str) -> dict[str, list[int]]:
        parts: dict[str, list[int]] = {}
        for i in everything:
            parts.setdefault(getattr(questions[i], field) or "", []).append(i)
        return dict(sorted(parts.items()))

    return {
        **keywords(everything),
        "by_kind": {k: keywords(v) for k, v in where("kind").items()},
        "by_paper": {k: keywords(v) for k, v in where("paper").items()},
        "metrics": {m: over(m, everything) for m in measured},
        "by_topic": {k: {m: over(m, v) for m in measured} for k, v in where("topic").items() if k},
        "faults": collapse.shares(r.fault for r in results if r.unscored is None or r.fault),
    }
