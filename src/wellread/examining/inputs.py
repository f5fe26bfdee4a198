"""What an examination needs: the models, the questions and the texts, each checked and made ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import wellread.corpus.stage as corpus
import wellread.questions.stage as questions
from wellread.corpus.config import CorpusConfig
from wellread.errors import ConfigError, InputError, suggest
from wellread.evaluate import engines, harness, question_sets
from wellread.evaluate.examinee import Examinee
from wellread.evaluate.server import Server, is_address
from wellread.examining.origins import teaching, trained_on
from wellread.examining.settings import COMPARISONS, Exam
from wellread.files import existing
from wellread.models.resolve import resolve
from wellread.models.sources.folder import of_run
from wellread.questions.config import QuestionsConfig
from wellread.questions.leakage import counts as counted
from wellread.questions.leakage import leaks
from wellread.questions.leaks import texts as trained_texts
from wellread.questions.load import FILE, load
from wellread.records import Question
from wellread.runs.fingerprint import fingerprint, hash_file, settings
from wellread.runs.jsonl import read_records, read_rows, write_records
from wellread.runs.progress import say
from wellread.runs.run import INDEX, look
from wellread.runs.store import Artifact, Store


@dataclass
class Candidate:
    """A model ready to be examined."""

    name: str
    fingerprint: str
    examinee: Examinee


def completed(exam: Exam) -> Exam:
    """The exam with what a run knows filled in: its base model, questions and papers."""
    first = Path(next(iter(exam.models.values()))).expanduser()
    changes: dict[str, Any] = {}
    if (first / INDEX).is_file():
        run = look(first)
        here = run.settings
        # A student that `wellread train` made knows its model alone.
        changes["base"] = exam.base or here.get("model", {}).get("name")
        changes["papers"] = exam.papers or _named(first, here.get("corpus", {}).get("papers"))
        if not exam.questions:
            changes["questions"] = _named(first, here.get("questions", {}).get("questions"))
    exam = replace(exam, **changes)
    given = tuple(
        question_sets.as_file(q) if question_sets.is_set(q) else str(Path(q) / FILE) if Path(q).is_dir() else q
        for q in exam.questions
    )
    if not given:
        given = tuple(str(Path(p) / FILE) for p in exam.papers if (Path(p) / FILE).is_file())
    papers = exam.papers or tuple(dict.fromkeys(q for q in exam.questions if Path(q).is_dir() and _has_texts(Path(q))))
    if not given and not exam.harness:
        raise InputError("no questions to ask", "Name them: --questions FILE, or --mmlu SUBJECT --mmlu-data FOLDER.")
    exam = replace(exam, questions=given, papers=papers)
    if exam.harness:
        harness.library()
    harness.folder_hash(exam.harness_folder)
    for name in exam.compare:
        if COMPARISONS[name][0] == "base" and not exam.base:
            raise ConfigError(f"--compare {name} asks the untrained model", "Name it: --base bundled")
        if COMPARISONS[name][1] in ("in_context", "retrieval", "embedding") and not papers:
            raise ConfigError(f"--compare {name} needs the papers' texts", "Name them: --papers FOLDER")
    if exam.others:
        _refuse_taught(exam, exam.others)
    if exam.retention and not exam.base:
        say("No --base: what was known before isn't known, so retention shows this model alone.")
    return exam


def _named(run: Path, names: Sequence[str] | None) -> tuple[str, ...]:
    """File names in a run.yaml, which are meant from the run's folder on."""
    return tuple(str(run / name) for name in names or ())


def _refuse_taught(exam: Exam, others: str) -> None:
    """Raise ConfigError where the model for `others` was taught a text that is asked about."""
    if not (Path(others).expanduser() / INDEX).is_file():
        say(f"others: {others} is no run, so that it wasn't taught these papers can't be checked.")
        return
    learned = look(Path(others).expanduser()).identity.get("files", {})
    here = [*sources(exam).items(), *((q, hash_file(Path(q))) for q in exam.questions if Path(q).is_file())]
    both = [name for name, digest in here if digest in learned.values()]
    if both:
        raise ConfigError(f"others={others} was taught what is asked about ({both[0]})", "Name a run on other papers.")


def _has_texts(folder: Path) -> bool:
    return any(p.suffix in (".md", ".txt", ".xml") for p in folder.iterdir())


def candidate(name: str, exam: Exam, out: Path) -> Candidate:
    """The model of that name; of a run, the taught one."""
    if is_address(name):
        server = Server(name, out / "server.sqlite")
        return Candidate(name, fingerprint({"server": name, "model": server.model}), server)
    folder = Path(name).expanduser()
    if (folder / INDEX).is_file():
        name = str(of_run(folder))
    model = resolve(name)
    return Candidate(name, *engines.ready(exam.engine, model, exam.device))


def sources(exam: Exam) -> dict[str, str]:
    """The papers' files with their hashes. Whatever is wrong with a file is said here, before anything is written."""
    return corpus.sources(CorpusConfig(papers=exam.papers)) if exam.papers else {}


def texts(exam: Exam, files: Mapping[str, str], store: Store) -> Artifact:
    """The papers, or none; `files` as from `sources`."""
    config = CorpusConfig(papers=exam.papers or (".",))
    recipe = {
        "stage": corpus.NAME,
        "version": corpus.VERSION,
        "config": settings(config),
        "inputs": {"files": fingerprint(files)},
    }

    def make(out: Path) -> Mapping[str, Any]:
        if exam.papers:
            return corpus.run(config, {}, out)
        write_records(out / "data" / "papers.jsonl.zst", [])
        write_records(out / "data" / "passages.jsonl.zst", [])
        return {"papers": 0}

    return store.build(recipe, "texts", make)[0]


def asked(exam: Exam, store: Store, texts: Artifact) -> Artifact:
    """The questions, each with its paper, checked for those that stand in the texts or in what a run was trained on."""
    taught = [run for run in map(teaching, exam.models.values()) if run]
    config = QuestionsConfig(questions=exam.questions)
    # A file's name and folder say what it is about.
    named = enumerate(Path(q).resolve() for q in [*exam.questions, *exam.shots_from])
    files = {f"{i} {p.parent.name}/{p.name}": hash_file(p) for i, p in named}
    given = {"files": fingerprint(files), "corpus": texts.fingerprint}
    if taught:
        trained = [[run.texts().fingerprint, run.artifact("augment").fingerprint] for run in taught]
        given["trained"] = fingerprint({"runs": trained})
    recipe = {
        "stage": questions.NAME,
        "version": questions.VERSION,
        "config": {"shots": len(exam.shots_from)},
        "inputs": given,
    }

    def make(out: Path) -> Mapping[str, Any]:
        counts = questions.run(config, {"corpus": texts.path}, out, keyless=True)
        write_records(out / "data" / "shots.jsonl.zst", [p.question for p in load(exam.shots_from)])
        data = out / "data"
        wordings = {q.id: q.question for q in read_records(data / "questions.jsonl.zst", Question)}
        rows = [
            {"question": row["question"], "how": row["how"], "in": row["passage"], "maker": "text"}
            for row in read_rows(data / "leaks.jsonl.zst")
        ]
        for run in taught:
            rows += leaks(wordings, trained_texts(*trained_on(run)))
        write_records(data / "leaks.jsonl.zst", rows)
        return {**counts, **counted(rows)}

    return store.build(recipe, "questions", make)[0]


def own(store: Store, name: str, records: Sequence[Question]) -> Artifact:
    """Questions that come with the program, as an artefact."""
    recipe = {"stage": questions.NAME, "version": questions.VERSION, "config": {"set": name},
              "inputs": {"records": fingerprint({q.id: q.model_dump(mode="json") for q in records})}}  # fmt: skip

    def make(out: Path) -> Mapping[str, Any]:
        write_records(out / "data" / "questions.jsonl.zst", records)
        write_records(out / "data" / "leaks.jsonl.zst", [])
        return {"questions": len(records)}

    return store.build(recipe, name, make)[0]


def mmlu_files(subjects: Sequence[str], folder: Path | None, shots: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The test files of MMLU `subjects` in `folder` (or its test/ and dev/), and with `shots` their files of worked examples.

    Raises ConfigError without a folder, InputError for a subject that isn't there.
    """
    names = [s.strip() for s in subjects if s.strip()]
    if not names:
        return (), ()
    if folder is None:
        raise ConfigError("--mmlu without its files", "Say where they are: --mmlu-data FOLDER (with dev/ and test/).")
    known = sorted(p.name.removesuffix("_test.csv") for at in (folder / "test", folder) for p in at.glob("*_test.csv"))
    if not known:
        raise InputError(f"{folder} holds no MMLU files", "They are called SUBJECT_test.csv, in test/ or right there.")
    for name in names if names != ["all"] else []:
        if name not in known:
            raise InputError(f"{folder} holds no subject {name!r}", suggest(name, known))
    names = known if names == ["all"] else names
    tests = [_mmlu(folder, "test", n) for n in names]
    examples = [_mmlu(folder, "dev", n) for n in names] if shots else []
    return tuple(map(str, tests)), tuple(map(str, examples))


def _mmlu(folder: Path, part: str, subject: str) -> Path:
    """The file of a subject: in the folder that MMLU has for its part, or beside the others."""
    name = f"{subject}_{part}.csv"
    return existing(folder / name if (folder / name).is_file() else folder / part / name)
