"""The stage `written-questions`: passages in, checked questions out, some papers' to examine with and others' to train on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wellread.errors import InputError
from wellread.providers.provider import Provider
from wellread.questions.instructions import round_trip
from wellread.questions.leakage import Text, counts, leaks
from wellread.questions.writing.choices import multiple_choice
from wellread.questions.writing.config import WriteConfig
from wellread.questions.writing.jobs import chosen, jobs
from wellread.questions.writing.rounds import Done, Written, write
from wellread.questions.writing.split import examined
from wellread.records import Example, Paper, Passage, Question
from wellread.runs.jsonl import read_records, write_records

NAME = "written-questions"
VERSION = 2


def run(
    config: WriteConfig,
    provider: Provider,
    check: Provider | None,
    against: Iterable[Text],
    inputs: Mapping[str, Path],
    out: Path,
) -> dict[str, Any]:
    """Write data/{papers,questions,examples,leaks}, examination.jsonl, training.jsonl and rejected/questions.

    Reads the passages of `inputs["corpus"]` and, where it is given, an examination in `inputs["questions"]` that the
    training questions must not resemble. `against` is what examination questions must not stand in. Raises InputError
    where there are no passages, and the provider's errors where it stops; the same call then continues.
    """
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    if not passages:
        raise InputError(f"{inputs['corpus']} holds no passages", "Give it papers.")
    todo = jobs(passages, config)
    done = write(todo, config, provider, check)
    examining = examined((p.paper for p in passages), config.examination, config.seed)
    ids = _ids(done.kept)
    asked = [(w, name) for w, name in zip(done.kept, ids, strict=True) if w.job.passage.paper in examining]
    choices, short = multiple_choice(asked, config.seed) if config.multiple_choice else ([], [])
    done.rejected += short
    exam = [*(_question(w, name) for w, name in asked), *choices]
    training = [e for w, name in zip(done.kept, ids, strict=True) if w.job.passage.paper not in examining
                for e in _examples(w, name, config.context)]  # fmt: skip
    elsewhere = (
        read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question) if "questions" in inputs else []
    )
    exam, training, rows = _without_leaks(exam, training, against, elsewhere, done)
    _write(out, inputs["corpus"], exam, training, rows, done)
    n = Counter(w.job.maker for w in done.kept)
    return {
        "passages": len(chosen(passages, config)),
        "wanted": sum(job.count for job in todo),
        "kept": len(done.kept),
        "by_kind": {
            kind: {"kept": n[kind], "wanted": sum(j.count for j in todo if j.maker == kind)} for kind in config.kinds
        },
        "with_title": sum(w.question != w.draft.question for w in done.kept),
        "multiple_choice": sum(bool(q.choices) for q in exam),
        "examination": {"papers": len(examining), "questions": len(exam)},
        "training": {"papers": len({p.paper for p in passages}) - len(examining), "examples": len(training)},
        "leaks": counts(rows),
        "rejected": dict(Counter(row["reason"] for row in done.rejected).most_common()),
        **done.tally.counts(),
        "check": done.checked.counts() if check else None,
    }


def _ids(written: Sequence[Written]) -> list[str]:
    """paper-kind letter and number, as in polyether-d1."""
    taken: Counter[tuple[str, str]] = Counter()
    names = []
    for one in written:
        paper, letter = one.job.passage.paper, one.job.maker[0]
        taken[paper, letter] += 1
        names.append(f"{paper}-{letter}{taken[paper, letter]}")
    return names


def _question(one: Written, name: str) -> Question:
    passage = one.job.passage
    return Question(id=name, question=one.question, keywords=one.keys, kind=one.job.kind, answer=one.draft.answer,
                    paper=passage.paper, passage=passage.id, licence=passage.licence)  # fmt: skip


def _examples(one: Written, name: str, context: str) -> list[Example]:
    """The question as something to train on: from memory, with the passage before it, or both."""
    passage = one.job.passage
    answer = f"{one.draft.steps} {one.draft.answer}".strip()
    prompts = {"without": one.question, "with": round_trip(one.question, passage.text)}
    return [
        Example(
            id=f"{name}-{which}-context",
            paper=passage.paper,
            passage=passage.id,
            maker=f"questions-{one.job.maker}",
            prompt=prompt,
            text=answer,
            fact=one.draft.keys[0],
            licence=passage.licence,
        )
        for which, prompt in prompts.items()
        if context in (which, "both")
    ]


def _without_leaks(
    exam: list[Question], training: list[Example], against: Iterable[Text], elsewhere: Iterable[Question], done: Done
) -> tuple[list[Question], list[Example], list[dict[str, Any]]]:
    """The examination without questions that stand in what is trained on elsewhere, the training without examination questions.

    Those that are examined `elsewhere` are examination questions, too.
    """
    wordings = {q.id: q.question for q in exam}
    rows = list(leaks(wordings, against))
    leaked = {row["question"] for row in rows}
    done.rejected += [
        {"what": q.id, "reason": "stands in the texts to be trained on", "question": q.question}
        for q in exam
        if q.id in leaked
    ]
    asked = wordings | {f"elsewhere/{q.id}": q.question for q in elsewhere}
    mine = list(leaks(asked, (Text(e.id, e.maker, e.prompt or "") for e in training)))
    bad = {row["in"] for row in mine}
    done.rejected += [
        {"what": e.id, "reason": "like an examination question", "question": e.prompt} for e in training if e.id in bad
    ]
    return [q for q in exam if q.id not in leaked], [e for e in training if e.id not in bad], rows


def _write(
    out: Path, corpus: Path, exam: list[Question], training: list[Example], rows: list[dict[str, Any]], done: Done
) -> None:
    write_records(out / "data" / "papers.jsonl.zst", read_records(corpus / "data" / "papers.jsonl.zst", Paper))
    write_records(out / "data" / "questions.jsonl.zst", exam)
    write_records(out / "data" / "examples.jsonl.zst", training)
    write_records(out / "data" / "leaks.jsonl.zst", rows)
    write_records(out / "examination.jsonl", (q.model_dump(mode="json", exclude_defaults=True) for q in exam))
    write_records(out / "training.jsonl", (e.model_dump(mode="json", exclude_defaults=True) for e in training))
    write_records(out / "rejected" / "questions.jsonl", done.rejected)
