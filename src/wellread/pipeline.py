"""The way through the house: papers -> corpus -> questions -> views -> floor -> training -> examination -> report."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import wellread.augment.own.stage as own
import wellread.augment.stage as augment
import wellread.corpus.stage as corpus
import wellread.evaluate.stage as evaluate
import wellread.questions.leaks as leaks
import wellread.questions.stage as questions
import wellread.rehearse.stage as rehearse
import wellread.report.stage as report
import wellread.train.stage as train
from wellread.config import RunConfig, cells
from wellread.evaluate import keeping
from wellread.evaluate.conditions import Condition
from wellread.evaluate.config import ExamineConfig
from wellread.models.resolve import Model, resolve
from wellread.questions.load import resolve as resolve_questions
from wellread.runs import run as runs
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.progress import say
from wellread.runs.run import Run
from wellread.runs.store import Artifact

EXAMS = ("floor", "in_context", "closed_book")


@dataclass(frozen=True)
class Taught:
    """One model taught and examined."""

    chosen: dict[str, Any]
    """The grid's values for this one; empty outside a grid."""
    stages: dict[str, Artifact]

    @property
    def seconds(self) -> dict[str, float]:
        """Time spent on training, on the examinations, and on everything, interrupted attempts included."""
        spent = {key: a.seconds for key, a in self.stages.items()}
        examine = sum(spent[k] for k in EXAMS)
        return {"train": spent["train"], "examine": round(examine, 3), "total": round(sum(spent.values()), 3)}


def teach(config: RunConfig, out: Path, artifacts: Path | None = None) -> list[Taught]:
    """Teach the papers to the model, examine it, write out/report.html. One Taught for each cell of the grid.

    The same call continues what an interrupted one began. Raises the errors of wellread.errors.
    """
    plan = cells(config)
    files = {name: h for _, cell in plan for name, h in sources(cell).items()}
    rehearse.prompts(config.rehearse)  # a slip there shows before any work is done
    model = resolve(config.model.name)
    identity = {**settings(config), "model": {**settings(config.model), "revision": model.revision}, "files": files}
    with runs.opened(out, config.model_dump(mode="json"), identity, artifacts) as run:
        done = []
        for number, (chosen, cell) in enumerate(plan, 1):
            if chosen:
                say(f"[{number}/{len(plan)}] " + ", ".join(f"{k} {v}" for k, v in chosen.items()))
            done.append(_teach_one(run, cell, model, chosen, f"{number:03d}." if chosen else ""))
        say(f"Report: {report.write(run)}")
    return done


def _teach_one(run: Run, config: RunConfig, model: Model, chosen: dict[str, Any], prefix: str) -> Taught:
    """Every stage for one combination of settings; those that are done already are not done again."""
    made: dict[str, Artifact] = {}
    label = "+".join(Path(p).resolve().stem for p in config.corpus.papers[:2])

    def stage(key: str, name: str, version: int, part: dict[str, Any], given: Mapping[str, Given], make: Make) -> Given:
        recipe = {
            "stage": name,
            "version": version,
            "config": part,
            "inputs": {n: g.fingerprint for n, g in given.items()},
        }
        inputs = {n: g.path for n, g in given.items()}
        made[key] = run.build(prefix + key, recipe, label, lambda out: make(inputs, out))
        return Given(made[key].path, made[key].fingerprint)

    def exam(key: str, condition: Condition, student: Given, sheet: Given, how: ExamineConfig) -> Given:
        return stage(
            key,
            evaluate.NAME,
            evaluate.VERSION,
            {**settings(how), "condition": condition},
            {"model": student, "questions": sheet, "corpus": read},
            lambda inputs, out: evaluate.run(how, config.model, condition, inputs, out),
        )

    untrained = Given(model.path, model.revision)
    read, asked, views = texts(config, fingerprint(sources(config)), stage)
    exam("floor", "closed_book", untrained, asked, config.examine)
    exam("in_context", "in_context", untrained, asked, config.examine)
    taught = stage("train", train.NAME, train.VERSION, {**settings(config.train), "precision": config.model.precision},
                   {"model": untrained, "corpus": read, "augment": views, **rehearsal(config, untrained, stage)},
                   lambda inputs, out: train.run(config.train, config.model, inputs, out))  # fmt: skip
    student = Given(taught.path / "model", taught.fingerprint)
    exam("closed_book", "closed_book", student, asked, config.examine)
    if config.retention.questions and not chosen:
        wanted = {name: settings(config.retention)[name] for name in ("questions", "neighbours")}
        sheet = stage("general", keeping.SHEET, keeping.SHEET_VERSION, wanted, {},
                      lambda _, out: keeping.write_sheet(config.retention, out))  # fmt: skip
        short = config.examine.model_copy(update={"max_new_tokens": config.retention.max_new_tokens})
        before = exam("knew", "closed_book", untrained, sheet, short)
        after = exam("keeps", "closed_book", student, sheet, short)
        stage("retention", keeping.NAME, keeping.VERSION, {},
              {"general": sheet, "questions": asked, "before": before, "after": after},
              lambda inputs, _: keeping.run(inputs))  # fmt: skip
    _keep_or_drop(run, taught.path / "model", keep=not chosen if config.keep_models is None else config.keep_models)
    return Taught(chosen, made)


@dataclass(frozen=True)
class Given:
    """Something that a stage reads: where it lies, and the hash of what it is."""

    path: Path
    fingerprint: str


Make = Callable[[Mapping[str, Path], Path], Mapping[str, Any]]
Stage = Callable[[str, str, int, dict[str, Any], Mapping[str, Given], Make], Given]


def texts(config: RunConfig, files: str, stage: Stage) -> tuple[Given, Given, Given]:
    """The papers read, the questions checked against them, what the views make of them; `files` is a hash over all."""
    given = Given(Path(), files)
    read = stage("corpus", corpus.NAME, corpus.VERSION, settings(config.corpus), {"files": given},
                 lambda _, out: corpus.run(config.corpus, {}, out))  # fmt: skip
    asked = stage("questions", questions.NAME, questions.VERSION, settings(config.questions), {"files": given, "corpus": read},
                  lambda inputs, out: questions.run(resolve_questions(config.questions, config.corpus.papers), inputs, out))  # fmt: skip
    views = stage("augment", augment.NAME, augment.VERSION, settings(config.augment),
                  {"corpus": read, "questions": asked, **own_questions(config, read, asked, stage)},
                  lambda inputs, out: augment.run(config.augment, inputs, out))  # fmt: skip
    stage("leaks", leaks.NAME, leaks.VERSION, {}, {"corpus": read, "questions": asked, "augment": views}, leaks.run)
    return read, asked, views


def own_questions(config: RunConfig, read: Given, asked: Given, stage: Stage) -> dict[str, Given]:
    """The untrained model's own questions, as an input of the views' dose; none where none are wanted."""
    if not config.own.most:
        return {}
    model = resolve(config.model.name)
    made = stage("own", own.NAME, own.VERSION, settings(config.own),
                 {"corpus": read, "questions": asked, "model": Given(model.path, model.revision)},
                 lambda inputs, out: own.run(config.own, config.model, leaks.finder(inputs), inputs, out))  # fmt: skip
    return {"own": made}


def rehearsal(config: RunConfig, model: Given, stage: Stage) -> dict[str, Given]:
    """General answers of the untrained model, as an input of the training; none where none are wanted."""
    if not config.rehearse.most:
        return {}
    asked = {**settings(config.rehearse), "prompts": rehearse.prompts(config.rehearse)}
    made = stage("rehearse", rehearse.NAME, rehearse.VERSION, asked, {"model": model},
                 lambda inputs, out: rehearse.run(config.rehearse, config.model, inputs, out))  # fmt: skip
    return {"rehearse": made}


def sources(config: RunConfig) -> dict[str, str]:
    """The files that will be read, by name, with their hashes."""
    return {**corpus.sources(config.corpus), **questions.sources(config.questions, config.corpus.papers)}


def _keep_or_drop(run: Run, model: Path, *, keep: bool) -> None:
    """Link the taught model into the run's folder, or delete its weights once its scores are on disk."""
    link = run.folder / "model"
    if not keep:
        shutil.rmtree(model, ignore_errors=True)
    elif not link.is_symlink():
        link.symlink_to(runs.seen_from(model, run.folder), target_is_directory=True)
