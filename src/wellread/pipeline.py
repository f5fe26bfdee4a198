"""The way through the house: papers -> corpus -> questions -> views -> floor -> training -> examination -> report."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wellread.augment.own.stage as own
import wellread.augment.rewriting.stage as rewriting
import wellread.augment.rewriting.tellings as tellings
import wellread.augment.stage as augment
import wellread.corpus.stage as corpus
import wellread.evaluate.stage as evaluate
import wellread.questions.leaks as leaks
import wellread.questions.stage as questions
import wellread.questions.writing.stage as writing
import wellread.rehearse.stage as rehearse
import wellread.report.stage as report
import wellread.train.stage as train
from wellread.augment.rewriting.jobs import versions as rewrite_versions
from wellread.config import RunConfig, cells, with_paths
from wellread.evaluate import keeping
from wellread.evaluate.conditions import Condition
from wellread.evaluate.config import ExamineConfig
from wellread.models.resolve import Model, resolve
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider, payer, rightly_named
from wellread.questions.load import resolve as resolve_questions
from wellread.questions.writing.jobs import versions as question_versions
from wellread.runs import run as runs
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.progress import say
from wellread.runs.run import Run
from wellread.runs.store import Artifact

EXAMS = ("floor", "in_context", "closed_book")
TITLES = {
    "floor": "untrained, closed-book",
    "in_context": "untrained, in-context",
    "knew": "untrained, general questions",
    "closed_book": "taught, closed-book",
    "keeps": "taught, general questions",
}
"""What each examination is called while it goes on."""
KEPT = ".kept"
"""A file beside a taught model that a run led to; a grid that shares the artefact leaves it alone."""


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
    readers = {repr((cell.corpus, cell.questions)): cell for _, cell in plan}.values()
    files = {name: h for cell in readers for name, h in sources(cell).items()}
    prompts = _prompts(config)
    models = {name: resolve(name) for name in dict.fromkeys(cell.model.name for _, cell in plan)}
    identity = {**settings(config), "model": _identity(config, models), "rehearse": prompts, "files": files}
    seen = with_paths(config, lambda name: name if name.is_absolute() else Path(runs.seen_from(name, out)))
    with runs.opened(out, seen.model_dump(mode="json"), identity, artifacts) as run:
        done = []
        for number, (chosen, cell) in enumerate(plan, 1):
            if chosen:
                say(f"[{number}/{len(plan)}] " + ", ".join(f"{k} {v}" for k, v in chosen.items()))
            done.append(_teach_one(run, cell, models[cell.model.name], chosen, f"{number:03d}." if chosen else ""))
        say(f"Report: {report.write(run)}")
    return done


@dataclass(frozen=True)
class Given:
    """Something that a stage reads: where it lies, and the hash of what it is."""

    path: Path
    fingerprint: str


Make = Callable[[Mapping[str, Path], Path], Mapping[str, Any]]
What = tuple[str, int, dict[str, Any], Mapping[str, Given]]
"""A stage, its version, its settings, and what it reads."""
Stage = Callable[[str, str, int, dict[str, Any], Mapping[str, Given], Make], Given]


def recipe(name: str, version: int, part: dict[str, Any], given: Mapping[str, Given]) -> dict[str, Any]:
    """What a stage's artefact is made from."""
    return {"stage": name, "version": version, "config": part, "inputs": {n: g.fingerprint for n, g in given.items()}}


@dataclass
class Stages:
    """The stages on the way to one taught model, each made when it is called for."""

    run: Run
    label: str
    prefix: str
    made: dict[str, Artifact] = field(default_factory=dict)

    def __call__(
        self, key: str, name: str, version: int, part: dict[str, Any], given: Mapping[str, Given], make: Make
    ) -> Given:
        """The artefact of a stage, made now unless it is there."""
        inputs = {n: g.path for n, g in given.items()}
        done = self.run.build(
            self.prefix + key, recipe(name, version, part, given), self.label, lambda out: make(inputs, out)
        )
        self.made[key] = done
        return Given(done.path, done.fingerprint)


def _teach_one(run: Run, config: RunConfig, model: Model, chosen: dict[str, Any], prefix: str) -> Taught:
    """Every stage for one combination of settings; those that are done already are not done again."""
    stage = Stages(run, "+".join(Path(p).resolve().stem for p in config.corpus.papers[:2]), prefix)
    keep = not chosen if config.keep_models is None else config.keep_models
    untrained = Given(model.path, model.revision)
    pays = payer(run.folder, run.identity)
    read, told, asked, views = texts(config, fingerprint(sources(config)), stage, pays)

    def sitting(condition: Condition, who: Given, sheet: Given, how: ExamineConfig, about: Given) -> What:
        given = {"model": who, "questions": sheet, "corpus": about}
        return evaluate.NAME, evaluate.VERSION, {**settings(how), "condition": condition}, given

    def exam(key: str, condition: Condition, who: Given, sheet: Given, how: ExamineConfig, about: Given) -> Given:
        return stage(key, *sitting(condition, who, sheet, how, about),
                     lambda inputs, out: evaluate.run(how, config.model, condition, inputs, out, title=TITLES[key]))  # fmt: skip

    def examined(student: Given) -> bool:
        wanted = [recipe(*sitting("closed_book", student, *sheet)) for sheet in sheets.values()]
        return all(run.store.has(each, stage.label) for each in wanted)

    sheets = {"closed_book": (asked, config.examine, read)}
    exam("floor", "closed_book", untrained, *sheets["closed_book"])
    exam("in_context", "in_context", untrained, *sheets["closed_book"])
    if config.retention.questions:
        sheets["keeps"] = (*general_questions(config, stage), Given(read.path, "not read"))
        before = exam("knew", "closed_book", untrained, *sheets["keeps"])
    given = {"model": untrained, "corpus": told, "augment": views, **rehearsal(config, untrained, stage)}
    taught = _trained(config, stage, given, keep, examined)
    after = {key: exam(key, "closed_book", taught, *sheet) for key, sheet in sheets.items()}
    if "keeps" in after:
        stage("retention", keeping.NAME, keeping.VERSION, {},
              {"general": sheets["keeps"][0], "questions": asked, "before": before, "after": after["keeps"]},
              lambda inputs, _: keeping.run(inputs))  # fmt: skip
    if keep:
        run.link(f"models/{prefix.rstrip('.')}" if chosen else "model", taught.path)
    elif not (taught.path.parent / KEPT).exists():
        shutil.rmtree(taught.path, ignore_errors=True)
    return Taught(chosen, stage.made)


def _trained(
    config: RunConfig, stage: Stages, given: dict[str, Given], keep: bool, examined: Callable[[Given], bool]
) -> Given:
    """The taught model. A grid keeps scores, not models: one that is needed once more is trained once more."""
    what: What = train.NAME, train.VERSION, {**settings(config.train), "precision": config.model.precision}, given
    home, store = stage.run.store.folder(recipe(*what), stage.label), stage.run.store
    student = Given(home / "model", fingerprint(recipe(*what)))
    if not student.path.is_dir() and (keep or not examined(student)):
        store.reopen(recipe(*what), stage.label)
    stage("train", *what, lambda inputs, out: train.run(config.train, config.model, inputs, out))
    if keep:
        (home / KEPT).touch()
    return student


def general_questions(config: RunConfig, stage: Stage) -> tuple[Given, ExamineConfig]:
    """The general questions that show what is kept, and how they are asked."""
    wanted = keeping.sheet(config.retention)
    content = Given(Path(), fingerprint({"records": [q.model_dump(mode="json") for q in wanted]}))
    sheet = stage("general", keeping.SHEET, keeping.SHEET_VERSION, {}, {"records": content},
                  lambda _, out: keeping.write_asked(wanted, out))  # fmt: skip
    return sheet, config.examine.model_copy(update={"max_new_tokens": config.retention.max_new_tokens})


def texts(config: RunConfig, files: str, stage: Stage, pays: str) -> tuple[Given, Given, Given, Given]:
    """The papers read, the texts to train on, the questions checked against the papers, what the views make of the texts.

    `files` is a hash over all that is read; a writer's work is charged to the run `pays`.
    """
    given = Given(Path(), files)
    read = stage("corpus", corpus.NAME, corpus.VERSION, settings(config.corpus), {"files": given},
                 lambda _, out: corpus.run(config.corpus, {}, out))  # fmt: skip
    asked = stage("questions", questions.NAME, questions.VERSION, settings(config.questions), {"files": given, "corpus": read},
                  lambda inputs, out: questions.run(resolve_questions(config.questions, config.corpus.papers), inputs, out))  # fmt: skip
    told, written = (
        (read, {}) if config.provider is None else _written(config, config.provider, read, asked, stage, pays)
    )
    views = stage("augment", augment.NAME, augment.VERSION, settings(config.augment),
                  {"corpus": told, "questions": asked, **own_questions(config, read, asked, stage), **written},
                  lambda inputs, out: augment.run(config.augment, inputs, out))  # fmt: skip
    stage("leaks", leaks.NAME, leaks.VERSION, {}, {"corpus": told, "questions": asked, "augment": views}, leaks.run)
    return read, told, asked, views


def _written(
    config: RunConfig, who: ProviderConfig, read: Given, asked: Given, stage: Stage, pays: str
) -> tuple[Given, dict[str, Given]]:
    """The papers with what the writer told of them, and its questions as an input of the views' dose; one budget is for both."""
    provider = Provider(who, run=pays)
    how = {**settings(config.rewrite), "provider": provider.identity(), "versions": rewrite_versions(config.rewrite)}
    ask = {
        "write": settings(config.write),
        "provider": provider.identity(),
        "versions": question_versions(config.write.kinds),
    }
    with rightly_named(provider):
        rewrites = stage("rewrite", rewriting.NAME, rewriting.VERSION, how, {"corpus": read},
                         lambda inputs, out: rewriting.run(config.rewrite, provider, inputs, out))  # fmt: skip
        written = stage("written", writing.NAME, writing.VERSION, ask, {"corpus": read, "questions": asked},
                        lambda inputs, out: writing.run(config.write, provider, None, (), inputs, out))  # fmt: skip
    told = stage("tellings", tellings.NAME, tellings.VERSION, {}, {"corpus": read, "rewrite": rewrites}, tellings.run)
    return told, {"written": written}


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


def _identity(config: RunConfig, models: Mapping[str, Model]) -> dict[str, Any]:
    """The models that a run begins with: the one that is set, or those of its grid."""
    revisions = {name: model.revision for name, model in models.items()}
    found = settings(config.model) | {"revision": revisions.get(config.model.name, next(iter(revisions.values())))}
    return found if revisions.keys() == {config.model.name} else found | {"revisions": revisions}


def _prompts(config: RunConfig) -> dict[str, Any]:
    """Settings of the rehearsal, with the prompts of a file in its place. Raises what `rehearse.prompts` raises."""
    asked = rehearse.prompts(config.rehearse)  # a slip there shows before any work is done
    named = {} if config.rehearse.prompts is None else {"prompts": fingerprint({"prompts": asked})}
    return settings(config.rehearse) | named
