"""An examination of any model: the same questions under every condition, retention beside them, one table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import wellread.evaluate.stage as evaluate
from wellread.errors import InputError, RunConflictError
from wellread.evaluate import general, harness
from wellread.evaluate.config import Manner
from wellread.evaluate.examinee import Local
from wellread.evaluate.outcome import Sitting
from wellread.examining import twin
from wellread.examining.inputs import Candidate, asked, candidate, completed, own, sources, texts
from wellread.examining.judging import Bench
from wellread.examining.origins import taught_by
from wellread.examining.settings import COMPARISONS, Exam
from wellread.examining.table import Row, assemble, retention_row
from wellread.models.config import ModelConfig
from wellread.questions.load import load
from wellread.records import Answer, Passage, Question, Result
from wellread.report.exam_page import ExamPage, RetentionRow
from wellread.report.leaked import in_words
from wellread.runs.files import disk_full_is_said, write_json
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.jsonl import read_records, write_records
from wellread.runs.lock import locked
from wellread.runs.progress import say
from wellread.runs.store import Artifact, Store

INDEX = "exam.json"
#: The longest answers to the general questions and to the instructions, in tokens.
GENERAL_TOKENS = 24
INSTRUCTION_TOKENS = 96


@dataclass
class Room:
    """Where an examination takes place: its artefacts, and the questions and texts that all candidates share."""

    exam: Exam
    store: Store
    asked: Artifact
    texts: Artifact
    bench: Bench | None
    candidates: dict[str, Candidate] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What a reader should know of the sittings so far."""

    def sit(
        self, label: str, condition: str, sheet: Artifact | None = None, tokens: int | None = None, about: str = ""
    ) -> Sitting:
        """One candidate under one condition, on the exam's questions or others; done before, it is read from disk.

        `about` says in the progress what is asked, where it isn't the exam's questions.
        """
        who, sheet = self.candidates[label], sheet or self.asked
        config, manner = self.exam.settings.examine, self.exam.settings.manner
        if tokens is not None:
            config, manner = config.model_copy(update={"max_new_tokens": tokens}), Manner()
        recipe = {
            "stage": evaluate.NAME,
            "version": evaluate.VERSION,
            "config": {**settings(config), "manner": settings(manner), "condition": condition},
            "inputs": {"model": who.fingerprint, "questions": sheet.fingerprint, "corpus": self.texts.fingerprint},
        }
        inputs = {"questions": sheet.path, "corpus": self.texts.path}
        name = re.sub(r"\W+", "-", f"{label}-{condition}")
        title = f"{label}, {about or condition.replace('_', '-')}"
        made, new = self.store.build(recipe, name, lambda out: evaluate.run(
            config, ModelConfig(device=self.exam.device), condition, inputs, out,
            manner=manner, examinee=who.examinee, title=title,
        ))  # fmt: skip
        if not new:
            say(f"{title}: done before")
        self.notes += made.stats["notes"]
        data = made.path / "data"
        return Sitting(
            read_records(sheet.path / "data" / "questions.jsonl.zst", Question),
            read_records(data / "answers.jsonl.zst", Answer),
            read_records(data / "results.jsonl.zst", Result),
        )


def examine(exam: Exam, out: Path) -> tuple[ExamPage, dict[str, Any]]:
    """Examine, and return what the page shows and what else there is to tell (`judge`, `lm_eval`).

    Everything answered is kept under `out`; the same call continues.

    Raises the errors of wellread.errors, those of bad input before anything is written.
    """
    if out.is_file():
        raise InputError(f"--out {out} is a file", "Name a folder.")
    if out.exists() and any(p.name != ".lock" for p in out.iterdir()) and not (out / INDEX).exists():
        raise RunConflictError(f"{out} exists and is not an examination", "Choose another --out.")
    exam = completed(exam)
    load(exam.questions, keyless=True)
    files = sources(exam)
    named = {**exam.models, **{k: v for k, v in (("untrained", exam.base), ("others", exam.others)) if v}}
    candidates = {label: candidate(name, exam, out) for label, name in named.items()}
    bench = Bench(exam.settings.judge, out) if exam.settings.judge else None
    with disk_full_is_said(out), locked(out):
        write_json(out / INDEX, {"models": dict(exam.models), "base": exam.base, "questions": list(exam.questions)})
        store = Store(out / "artifacts")
        read = texts(exam, files, store)
        room = Room(exam, store, asked(exam, store, read), read, bench, candidates)
        return _page(room, out)


def _page(room: Room, out: Path) -> tuple[ExamPage, dict[str, Any]]:
    """Every sitting, one after another, and what they came to."""
    exam = room.exam
    taught = list(exam.models)
    wanted = [("untrained", "closed_book", "untrained")] if "base" in exam.compare else []
    wanted += [(label, "closed_book", label) for label in taught]
    who_is = {"base": "untrained", "taught": taught[0], "others": "others"}
    wanted += [(who_is[COMPARISONS[c][0]], COMPARISONS[c][1], c) for c in exam.compare if c != "base"]
    rows, notes = [], room.notes
    for who, condition, label in wanted:
        sitting = room.sit(who, condition)
        if label not in exam.models and sitting.answers and all(a.text is None for a in sitting.answers):
            notes.append(f"{label} is left out: {sitting.answers[0].error}")
            continue
        if room.bench:
            sitting, said = room.bench.judged(label, sitting)
            notes += said
        rows.append(Row(label, room.candidates[who].name, condition, sitting))
    leaked = room.asked.stats
    notes += in_words(leaked["repeated"], leaked["overlap"], leaked["near"])
    notes += twin.followed({r.label: r.sitting for r in rows}, exam.questions)
    retention = _retention(room) if exam.retention else []
    if room.bench:
        notes += room.bench.close(out)
    tasks = _harness(room) if exam.harness else {}
    notes += [f"lm-eval, {label}: {line}" for label, found in tasks.items() for line in _in_words(found)]
    passages = read_records(room.texts.path / "data" / "passages.jsonl.zst", Passage)
    page = assemble(rows, taught if exam.pool else [], retention, passages, list(dict.fromkeys(notes)))
    page = _explained(
        page, taught_by(next(iter(exam.models.values())), [q.question for q in page.questions]), room.bench
    )
    write_records(out / "answers.jsonl", (
        {
            "question": q.question.id, "row": label, "state": s.state, "text": s.answer.text, "source": q.source,
            "taught_by": q.taught_by, **s.result.model_dump(mode="json"),
        }
        for q in page.questions for label, s in q.said.items()
    ))  # fmt: skip
    return page, {**({"judge": room.bench.as_json()} if room.bench else {}), **({"lm_eval": tasks} if tasks else {})}


def _explained(page: ExamPage, origins: dict[str, Mapping[str, int]], bench: Bench | None) -> ExamPage:
    """The page with what taught each answer, and with the judge's reasons."""
    said = bench.reasons() if bench else {}
    questions = [
        q.model_copy(update={
            "taught_by": dict(origins.get(q.question.id, {})),
            "said": {
                label: s.model_copy(update={"judged": said.get(label, {}).get(q.question.id, [])})
                for label, s in q.said.items()
            },
        })
        for q in page.questions
    ]  # fmt: skip
    return page.model_copy(update={"questions": questions})


def _harness(room: Room) -> dict[str, dict[str, dict[str, float]]]:
    """Each model in this process under the tasks of lm-evaluation-harness; done before, it is read from disk."""
    found = {}
    exam = room.exam
    for label, who in room.candidates.items():
        if not isinstance(who.examinee, Local):
            room.notes.append(f"{label}: lm-eval asks for likelihoods, which a server doesn't tell; left out")
            continue
        recipe = {
            "stage": "lm-eval",
            "version": harness.VERSION,
            "config": {"tasks": list(exam.harness)},
            "inputs": {"model": who.fingerprint, "folder": fingerprint(harness.folder_hash(exam.harness_folder))},
        }
        ask = partial(harness.run, who.examinee, exam.harness, exam.harness_folder, exam.settings.examine.batch_size)
        made, _ = room.store.build(recipe, re.sub(r"\W+", "-", label), lambda _, ask=ask: ask())  # type: ignore[misc]
        found[label] = made.stats
    return found


def _in_words(tasks: dict[str, dict[str, float]]) -> list[str]:
    return [
        f"{task}: " + ", ".join(f"{k} {v:.4g}" for k, v in values.items() if not k.endswith("_len")) + "."
        for task, values in tasks.items()
    ]


def _retention(room: Room) -> list[RetentionRow]:
    """What each model still knows and does; the untrained one first, if there is one."""
    sets = {
        "general": (own(room.store, "general", general.questions()), GENERAL_TOKENS),
        "neighbours": (own(room.store, "neighbours", general.neighbours()), GENERAL_TOKENS),
        "instructions": (
            own(room.store, "instructions", [Question(id=i.id, question=i.prompt) for i in general.instructions()]),
            INSTRUCTION_TOKENS,
        ),
    }
    taught = read_records(room.asked.path / "data" / "questions.jsonl.zst", Question)
    rows: list[RetentionRow] = []
    before: Sitting | None = None
    for label in sorted(room.candidates, key=lambda name: name != "untrained"):
        sat = {
            name: room.sit(label, "closed_book", sheet, tokens, f"retention, {name}")
            for name, (sheet, tokens) in sets.items()
        }
        before = before or (sat["general"] if label == "untrained" else None)
        rows.append(retention_row(label, sat, before if label != "untrained" else None, taught, _bits(room, label)))
    return rows


def _bits(room: Room, label: str) -> float | None:
    """Bits per byte of the general prose; None where the model doesn't tell likelihoods."""
    who = room.candidates[label]
    if not isinstance(who.examinee, Local):
        return None
    prose, examinee = general.text(), who.examinee
    recipe = {
        "stage": "prose",
        "version": 1,
        "config": {},
        "inputs": {"model": who.fingerprint, "text": fingerprint({"text": prose})},
    }
    made, _ = room.store.build(
        recipe, re.sub(r"\W+", "-", label), lambda _: {"bits_per_byte": examinee.bits_per_byte(prose)}
    )
    return float(made.stats["bits_per_byte"])
