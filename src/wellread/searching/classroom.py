"""Where one model after another is taught and examined: the model, the texts and the floors stay from trial to trial."""

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import wellread.evaluate.stage as evaluate
import wellread.pipeline as pipeline
import wellread.questions.stage as questions
from wellread.config import RunConfig
from wellread.evaluate import collapse, general, keeping
from wellread.evaluate.examinee import Local
from wellread.models.resolve import Model, resolve
from wellread.pipeline import Given, Make
from wellread.providers.provider import payer
from wellread.questions.load import load
from wellread.records import Question, Result, Score
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.jsonl import read_records, read_rows, write_records
from wellread.runs.lock import waiting_for
from wellread.runs.progress import hushed
from wellread.runs.store import Store, open_artifact
from wellread.search.outcome import Outcome
from wellread.searching.counted import dose_of, scores_of
from wellread.searching.split import parts, with_test_questions
from wellread.train.held import Held
from wellread.train.in_place import taught
from wellread.training.student import Development

GENERAL_TOKENS = 24
"""The longest answer to a general question."""
NEVER = 1e9


@dataclass(frozen=True)
class Sheets:
    """What a model of one recipe is taught and asked."""

    corpus: Given
    told: Given
    """The papers, with what a writer told of them, where there is one."""
    made: dict[str, Given]
    """What the views made of them, and the rehearsal, where there is one."""
    asked: dict[str, Given]
    """development and test -> their questions."""

    @property
    def texts(self) -> dict[str, Path]:
        """What is trained on, as the training stage takes it."""
        return {"corpus": self.told.path, **{name: given.path for name, given in self.made.items()}}


class Classroom:
    """One process's model and texts."""

    def __init__(self, home: Path) -> None:
        """`home` takes artefacts and answers; several processes may share it."""
        self.home = home
        self.store = Store(home / "artifacts")
        self._models: dict[str, Model] = {}
        self._sources: dict[str, str] = {}
        self._held: Held | None = None

    def teach(
        self, config: RunConfig, name: str, part: Sequence[str] = ("development",),
        enough: Callable[[int, float], bool] | None = None,
    ) -> dict[str, Outcome] | None:  # fmt: skip
        """Teach by `config`, examine on each `part` of the questions; None where `enough` ended the training.

        `enough` is told hundredths of the training and the score on a few development questions. Answers go to
        answers/<name>.jsonl.zst. Raises what the stages raise.
        """
        start = time.monotonic()
        with hushed(), tempfile.TemporaryDirectory(prefix="wellread-") as scratch:
            sheets, model = self.sheets(config), self._model(config)
            untaught = {p: self._untaught(config, sheets.asked[p], sheets.corpus, "floor") for p in part}
            known = self._known(config, sheets.corpus) if "kept" in config.search.objectives else None
            train, halted = self._quick(config, enough), False

            def halt(hundredths: int, score: float) -> bool:
                nonlocal halted
                halted = bool(enough and enough(hundredths, score))
                return halted

            begun = time.monotonic()
            inputs = {"model": model.path, **sheets.texts}
            score = self._probe(config, sheets.asked["development"]) if enough else None
            with taught(train, config.model, inputs, self._hold(model), Path(scratch), score=score, enough=halt) as (
                student,
                stats,
            ):
                if halted:
                    return None
                learned = time.monotonic()
                local = Local(model.path, config.model.device)
                local.model, local.tokenizer = student, self._hold(model).tokenizer
                said = {
                    p: self._examined(config, sheets.asked[p], sheets.corpus, local, Path(scratch) / p, f"{name}-{p}")
                    for p in part
                }
                gone = {p: collapse.begun(_faults(Path(scratch) / p), _faults(untaught[p].path)) for p in part}
                kept = self._kept(config, known, sheets.corpus, local, Path(scratch) / "general") if known else None
            seconds = {
                "train": learned - begun,
                "examine": time.monotonic() - learned,
                "total": time.monotonic() - start,
            }
            dose = dose_of(stats["dose"])
            return {
                p: Outcome(
                    closed_book=scores, floor=scores_of(open_artifact(untaught[p].path).stats), kept=kept,
                    collapsed=stats["collapsed"] or gone[p], answers=answers,
                    seconds={k: round(v, 2) for k, v in seconds.items()}, **dose,
                )
                for p, (scores, answers) in said.items()
            }  # fmt: skip

    def sheets(self, config: RunConfig) -> Sheets:
        """The texts and questions of a recipe, from disk where they were made before."""
        config = with_test_questions(config)
        key = fingerprint(
            {"corpus": config.corpus.model_dump(mode="json"), "asked": config.questions.model_dump(mode="json")}
        )
        if key not in self._sources:
            self._sources[key] = fingerprint(pipeline.sources(config))
        pays = payer(self.home, {"provider": config.provider and settings(config.provider)})
        read, told, asked, views = pipeline.texts(config, self._sources[key], self._stage, pays)
        model = self._model(config)
        made = {"augment": views, **pipeline.rehearsal(config, Given(model.path, model.revision), self._stage)}
        return Sheets(read, told, made, {p: self._part(config, asked, p) for p in ("development", "test")})

    def floor(self, config: RunConfig, asked: Given, read: Given) -> dict[str, Score]:
        """What the untrained model scores on the questions `asked`, whatever the texts."""
        return scores_of(open_artifact(self._untaught(config, asked, read, "floor").path).stats)

    def _untaught(self, config: RunConfig, asked: Given, read: Given, key: str) -> Given:
        """The untrained model's examination."""
        from wellread.models.device import choose

        model = self._model(config)

        def make(inputs: Mapping[str, Path], out: Path) -> Mapping[str, Any]:
            local, held = Local(model.path, config.model.device), self._hold(model)
            local.model, local.tokenizer = held.model.to(choose(config.model.device).torch), held.tokenizer
            given = {**inputs, "corpus": read.path}
            return evaluate.run(config.examine, config.model, "closed_book", given, out, examinee=local)

        same = read_records(asked.path / "data" / "questions.jsonl.zst", Question)
        sheet = Given(asked.path, fingerprint({"questions": [q.model_dump(mode="json") for q in same]}))
        how = {**settings(config.examine), "condition": "closed_book"}
        return self._stage(
            key, evaluate.NAME, evaluate.VERSION, how,
            {"model": Given(model.path, model.revision), "questions": sheet}, make,
        )  # fmt: skip

    def _stage(
        self, key: str, name: str, number: int, part: dict[str, Any], given: Mapping[str, Given], make: Make
    ) -> Given:
        """An artefact, made by whichever process needs it first; the others wait."""
        inputs = {n: g.path for n, g in given.items()}
        recipe = {
            "stage": name, "version": number, "config": part, "inputs": {n: g.fingerprint for n, g in given.items()},
        }  # fmt: skip
        with waiting_for(self.home / ".locks" / key):
            made, _ = self.store.build(recipe, key, lambda out: make(inputs, out))
        return Given(made.path, made.fingerprint)

    def _part(self, config: RunConfig, asked: Given, part: str) -> Given:
        """The questions for the search, or those for its winner."""
        search = config.search
        if search.test_papers or not search.winner_seeds:
            return asked
        tests = [placed.question.id for placed in load(search.test_questions)] if search.test_questions else None

        def make(inputs: Mapping[str, Path], out: Path) -> Mapping[str, Any]:
            data = inputs["questions"] / "data"
            every = read_records(data / "questions.jsonl.zst", Question)
            chosen = parts(every, search.test_share, tests)[part]
            ids = {q.id for q in chosen}
            write_records(out / "data" / "questions.jsonl.zst", chosen)
            leaks = (row for row in read_rows(data / "leaks.jsonl.zst") if row["question"] in ids)
            write_records(out / "data" / "leaks.jsonl.zst", leaks)
            return {"questions": len(chosen)}

        how = {"part": part, "share": None if tests else search.test_share, "tests": tests}
        return self._stage(part, questions.NAME, questions.VERSION, how, {"questions": asked}, make)

    def _model(self, config: RunConfig) -> Model:
        name = config.model.name
        if name not in self._models:
            self._models[name] = resolve(name)
        return self._models[name]

    def _hold(self, model: Model) -> Held:
        if self._held is None or self._held.path != model.path:
            self._held = Held(model.path)
        return self._held

    def _quick(self, config: RunConfig, enough: Any) -> Any:
        """The training's settings; without checkpoints, since a trial is short and is begun anew where it's lost.

        Without the last look for a collapse too, since the examination follows.
        """
        changes: dict[str, Any] = {"checkpoint_minutes": NEVER, "probes": max(0, config.train.probes - 1)}
        if enough:
            changes["scores"] = config.search.probe.times
        return config.train.model_copy(update=changes)

    def _probe(self, config: RunConfig, asked: Given) -> Development:
        every = read_records(asked.path / "data" / "questions.jsonl.zst", Question)
        step = max(1, len(every) // config.search.probe.questions)
        return Development(tuple(every[::step][: config.search.probe.questions]))

    def _examined(
        self, config: RunConfig, asked: Given, read: Given, student: Local, out: Path, name: str
    ) -> tuple[dict[str, Score], str]:
        """Scores, and the file of the answers."""
        out.mkdir()
        inputs = {"questions": asked.path, "corpus": read.path}
        stats = evaluate.run(config.examine, config.model, "closed_book", inputs, out, examinee=student)
        kept = self.home / "answers" / f"{name}.jsonl.zst"
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(out / "data" / "answers.jsonl.zst", kept)
        return scores_of(stats), str(kept)

    def _known(self, config: RunConfig, read: Given) -> Given | None:
        """Those general questions that the untrained model answers; None where it answers none."""
        every = general.questions()
        step = max(1, len(every) // config.search.kept_questions)
        asked = self._general(every[::step][: config.search.kept_questions])
        made = self._untaught(_briefly(config), asked, read, "knew")
        results = read_records(made.path / "data" / "results.jsonl.zst", Result)
        ids = {r.question for r in results if r.strict == 1}
        return self._general([q for q in every if q.id in ids]) if ids else None

    def _general(self, chosen: Sequence[Question]) -> Given:
        """A sheet of general questions."""
        how = {"set": "general", "questions": [q.id for q in chosen]}
        return self._stage(
            "general", questions.NAME, questions.VERSION, how, {}, lambda _, out: keeping.write_asked(chosen, out)
        )

    def _kept(self, config: RunConfig, known: Given, read: Given, student: Local, out: Path) -> float | None:
        inputs = {"questions": known.path, "corpus": read.path}
        out.mkdir()
        stats = evaluate.run(_briefly(config).examine, config.model, "closed_book", inputs, out, examinee=student)
        value: float | None = stats["strict"]["value"]
        return value


def _faults(examined: Path) -> list[str | None]:
    return [r.fault for r in read_records(examined / "data" / "results.jsonl.zst", Result)]


def _briefly(config: RunConfig) -> RunConfig:
    """The same with short answers, as general questions have them."""
    short = config.examine.model_copy(update={"max_new_tokens": GENERAL_TOKENS})
    return config.model_copy(update={"examine": short})
