"""A run's folder becomes its report: read what the stages left, write one page."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wellread.records import Answer, Paper, Passage, Question, Result, Score
from wellread.report.data import Condition, ConditionName, GridCell, LossPoint, PaperRow, QuestionRow, ReportData
from wellread.report.leaked import in_words
from wellread.report.page import render
from wellread.runs.files import write_text
from wellread.runs.jsonl import read_records, read_rows
from wellread.runs.run import Run
from wellread.runs.store import Artifact

LABELS: dict[ConditionName, str] = {
    "floor": "Floor (untrained, closed-book)",
    "closed_book": "Closed-book (taught)",
    "in_context": "In-context (untrained, text shown)",
}
KINDS = ("direct", "paraphrase", "reverse")
MOST_THIN = 10
"""Facts of few tellings that are named; all are in the rewrites' data/coverage."""


def write(run: Run) -> Path:
    """Write report.html into the run's folder and return its path."""
    page = run.folder / "report.html"
    write_text(page, render(collect(run)))
    return page


def collect(run: Run) -> ReportData:
    """Everything that the report of `run` shows. Raises InputError where a stage isn't finished."""
    if run.settings["grid"]:
        return _grid(run)
    return _single(run)


def _single(run: Run) -> ReportData:
    train = run.artifact("train")
    exams = {name: run.artifact(name) for name in LABELS}
    kinds = [k for k in KINDS if k in exams["floor"].stats["by_kind"]]
    titles = _papers(run.texts())
    return ReportData(
        title=run.settings["name"] or ", ".join(p.title for p in titles),
        model=run.settings["model"]["name"],
        papers=titles,
        conditions=[_condition(name, a) for name, a in exams.items()],
        kinds=kinds,
        questions=_questions(run.artifact("questions"), exams),
        losses=[
            LossPoint(step=int(r["step"]), loss=r["loss"], lr=r["learning_rate"])
            for r in read_rows(train.path / "data" / "losses.jsonl.zst")
        ],
        **_retention(run, "retention"),
        dose=_dose(train),
        seconds=_seconds(train, [*exams.values()], _beside(run)),
        hardware=train.stats["device"],
        provenance=_provenance(run, train),
        notes=_notes(run, [train, *exams.values()]),
        collapsed=train.stats["collapsed"] is not None,
    )


def _beside(run: Run) -> list[Artifact]:
    """What took time beside training and examination: a writer's work, the model's own questions, the rehearsal, what was kept."""
    names = ("rewrite", "written", "own", "rehearse", "knew", "keeps")
    return [run.artifact(name) for name in names if name in run.stages]


def _retention(run: Run, stage: str) -> dict[str, Score]:
    """What was kept and what spilled over, where it was examined."""
    if stage not in run.stages:
        return {}
    stats = run.artifact(stage).stats
    return {name: Score.model_validate(stats[name]) for name in ("kept", "spilled")}


def _grid(run: Run) -> ReportData:
    grid = run.settings["grid"]
    prefixes = [f"{i:03d}." for i, _ in enumerate(itertools.product(*grid.values()), 1)]
    doses = [run.artifact(f"{p}train") for p in prefixes]
    exams = [run.artifact(f"{p}closed_book") for p in prefixes]
    papers = {row.id: row for p in prefixes for row in _papers(run.artifact(f"{p}corpus"))}
    floors = {a.fingerprint: a for p in prefixes for a in [run.artifact(f"{p}floor")]}
    worst = max(Score.model_validate(a.stats["strict"]).value or 0.0 for a in floors.values())
    return ReportData(
        title=run.settings["name"],
        model=run.settings["model"]["name"],
        papers=list(papers.values()),
        kinds=list(KINDS),
        seconds=_seconds_of_grid(run),
        hardware=doses[0].stats["device"],
        provenance=_provenance(run, doses[0]),
        notes=[f"The untrained model's strict score is {worst:.2f} at most."],
        grid=[
            GridCell(
                paper=" + ".join(exam.stats["by_paper"]),
                texts=train.stats["dose"]["texts"],
                epochs=_epochs(train),
                seed=train.manifest["config"]["seed"],
                soft=exam.stats["soft"]["value"],
                strict=exam.stats["strict"]["value"],
                questions=exam.stats["strict"]["n"],
                collapsed=train.stats["collapsed"] is not None,
                **_retention(run, f"{prefix}retention"),
            )
            for prefix, train, exam in zip(prefixes, doses, exams, strict=True)
        ],
    )


def _epochs(train: Artifact) -> int:
    """How often each text was read: as set, or the paper's readings shared among its texts."""
    seen = train.stats["dose"]["genres"].get("text", {}).get("exposures", 0)
    return int(train.manifest["config"]["epochs"] or round(seen))


def _papers(corpus: Artifact) -> list[PaperRow]:
    passages = read_records(corpus.path / "data" / "passages.jsonl.zst", Passage)
    return [
        PaperRow(
            id=paper.id,
            title=paper.title,
            texts=sum(p.paper == paper.id for p in passages),
            words=sum(len(p.text.split()) for p in passages if p.paper == paper.id),
            licence=paper.licence,
        )
        for paper in read_records(corpus.path / "data" / "papers.jsonl.zst", Paper)
    ]


def _condition(name: ConditionName, exam: Artifact) -> Condition:
    stats = exam.stats
    parts = {k: stats[k] for k in ("soft", "strict", "by_kind", "by_paper")}
    return Condition.model_validate({"name": name, "label": LABELS[name], **parts})


def _questions(asked: Artifact, exams: dict[ConditionName, Artifact]) -> list[QuestionRow]:
    answers: dict[str, dict[ConditionName, tuple[Answer, Result]]] = {}
    for name, exam in exams.items():
        said = read_records(exam.path / "data" / "answers.jsonl.zst", Answer)
        marked = read_records(exam.path / "data" / "results.jsonl.zst", Result)
        for answer, result in zip(said, marked, strict=True):
            answers.setdefault(answer.question, {})[name] = (answer, result)
    questions = read_records(asked.path / "data" / "questions.jsonl.zst", Question)
    return [QuestionRow(question=q, answers=answers.get(q.id, {})) for q in questions]


def _dose(train: Artifact) -> list[tuple[str, str]]:
    stats, dose = train.stats, train.stats["dose"]
    laid_out = dose["steps"]
    made = stats.get("steps", laid_out)  # fewer where it ended early; not counted before there was such an end
    rows = [
        ("Texts", f"{dose['texts']:,}"),
        ("Prompt/answer pairs", f"{dose['pairs']:,}"),
        ("Tokens gone through", f"{dose['tokens']:,}"),
        ("Tokens learned", f"{dose['learned_tokens']:,}"),
        ("Optimiser steps", f"{made:,}" if made == laid_out else f"{made:,} of {laid_out:,}"),
        ("Parameters trained", f"{stats['trained_parameters']:,} of {stats['parameters']:,}"),
        ("Tokens per second", f"{dose['tokens'] * made / laid_out / max(train.seconds, 0.001):.0f}"),
    ]
    pairs = dose["pair_exposures"]
    return rows + [(f"Exposures of {p}", f"{n:g} texts, {pairs.get(p, 0)} pairs") for p, n in dose["exposures"].items()]


def _seconds(train: Artifact, exams: list[Artifact], beside: list[Artifact]) -> dict[str, float]:
    examine = sum(a.seconds for a in exams)
    total = train.seconds + examine + sum(a.seconds for a in beside)
    return {"train": train.seconds, "examine": examine, "total": total}


def _seconds_of_grid(run: Run) -> dict[str, float]:
    """What each stage took; those that several runs share count once."""
    made = {stage["artifact"]: run.artifact(key) for key, stage in run.stages.items()}.values()
    train, examine = (sum(a.seconds for a in made if a.manifest["stage"] == name) for name in ("train", "examine"))
    return {"train": train, "examine": examine, "total": sum(a.seconds for a in made)}


def _provenance(run: Run, train: Artifact) -> list[tuple[str, str]]:
    import json

    made = json.loads((train.path / "provenance.json").read_text(encoding="utf-8"))
    machine: dict[str, Any] = made["machine"]
    config = train.manifest["config"]
    return [
        ("Command", " ".join(made["command"])),
        ("When", made["time"]),
        ("Model", f"{run.settings['model']['name']}, weights {run.identity['model']['revision'][:16]}"),
        ("Training", ", ".join(f"{k} {v}" for k, v in config.items() if not isinstance(v, dict))),
        ("Seed", str(config["seed"])),
        ("Packages", ", ".join(f"{k} {v}" for k, v in made["packages"].items() if v)),
        ("Commit", made["git"] or "an installed package"),
        (
            "Machine",
            f"{machine['system']}, {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB",
        ),
    ]


def _notes(run: Run, artifacts: list[Artifact]) -> list[str]:
    notes = [note for a in artifacts for note in a.stats.get("notes", [])]
    asked = run.artifact("questions").stats
    if not asked["questions"]:
        notes.append(
            "No questions were given, so nothing is known of what was learned. `wellread evaluate RUN --questions FILE` asks them, without training anew."
        )
    if asked.get("other_paper"):
        notes.append(
            f"{asked['other_paper']} questions name a paper that isn't among these: no text can be shown with them, in-context."
        )
    leaked = run.artifact("leaks").stats if "leaks" in run.stages else {**asked, "near": 0}
    notes += in_words(asked["repeated"], leaked["overlap"], leaked["near"])
    if "rewrite" in run.stages:
        notes += _written(run)
    for name in ("corpus", "rewrite", "written", "augment"):
        rejected = (name in run.stages and run.artifact(name).stats.get("rejected")) or {}
        if rejected:
            # The corpus counts files; the views count examples by reason.
            counts = rejected.items() if isinstance(rejected, dict) else [("files", rejected)]
            said = ", ".join(f"{n} ({reason})" for reason, n in counts)
            notes.append(f"{name}: left out {said}; each is listed in {run.stages[name]['artifact']}/rejected/.")
    if run.artifact("train").stats["collapsed"]:
        notes.append(f"Training collapsed: {run.artifact('train').stats['collapsed']}.")
    return notes


def _written(run: Run) -> Iterator[str]:
    """What a language model wrote to be trained on, and which facts few tellings hold."""
    told, asked = run.artifact("rewrite").stats, run.artifact("written").stats
    yield (
        f"Written by {run.settings['provider']['model'] or 'the bundled model'}: {told['kept']} of {told['wanted']} rewrites and "
        f"{asked['kept']} of {asked['wanted']} questions passed the checks, after {told['requests'] + asked['requests']} requests."
    )
    if told["thin"]:
        more = "; ..." if told["thin"] > MOST_THIN else ""
        yield (
            f"{told['thin']} of {told['facts']} facts stand in fewer than {told['threshold']} of the rewrites: "
            + "; ".join(told["thinnest"][:MOST_THIN])
            + f"{more}."
        )
