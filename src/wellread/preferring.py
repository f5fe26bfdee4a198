"""The way of `wellread preferences`: questions with answers -> right and wrong answers that `train` reads for dpo and orpo."""

from pathlib import Path

import wellread.questions.preferring.stage as stage
from wellread.errors import InputError
from wellread.files import existing
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider, payer, rightly_named
from wellread.questions.load import FILE, is_examination, load
from wellread.questions.preferring.config import PreferConfig
from wellread.questions.preferring.pairs import VERSION
from wellread.records import Frozen, Question
from wellread.runs import run as runs
from wellread.runs.fingerprint import hash_file, settings
from wellread.runs.store import Artifact
from wellread.train.sources import read_jsonl

PAIRS = "preferences.jsonl"
EXAMINATION, TRAINING = "examination.jsonl", "training.jsonl"


class PreferringConfig(Frozen):
    """Questions, how wrong answers are made, and who writes them, if anybody."""

    questions: tuple[str, ...]
    prefer: PreferConfig = PreferConfig()
    provider: ProviderConfig | None = None


def write_preferences(config: PreferringConfig, out: Path, artifacts: Path | None = None) -> Artifact:
    """Write pairs for the questions; out/preferences.jsonl leads to them. The same call continues an interrupted one."""
    files = list(dict.fromkeys(_file(existing(name)).resolve() for name in config.questions))
    questions = [question for file in files for question in _read(file)]
    if not questions:
        raise InputError(f"no questions in {', '.join(map(str, files))}", "Name files of questions with their answers.")
    recipe = {
        "prefer": settings(config.prefer),
        "provider": config.provider and settings(config.provider),
        "version": VERSION,
    }
    hashes = {str(number): hash_file(file) for number, file in enumerate(files)}
    provider = None
    if config.provider:
        provider = Provider(config.provider, run=payer(out, {**recipe, "files": hashes}))
        recipe["provider"] = provider.identity()
    identity = {**recipe, "files": hashes}
    with runs.opened(out, config.model_dump(mode="json"), identity, artifacts) as run, rightly_named(provider):
        made = run.build(
            "preferences",
            {"stage": stage.NAME, "version": stage.VERSION, "config": recipe, "inputs": {"questions": hashes}},
            files[0].parent.name,
            lambda folder: stage.run(config.prefer, provider, questions, folder),
        )
        if made.stats["kept"]:
            run.link(PAIRS, made.path / PAIRS)
    return made


def _file(path: Path) -> Path:
    """The file itself; of a run of `wellread questions` that for training; of a paper's folder its questions."""
    if path.is_file():
        return path
    for name in (TRAINING, FILE):
        if (path / name).is_file():
            return path / name
    if (path / EXAMINATION).is_file():
        what = f"{path} holds an examination and no questions for training"
        raise InputError(
            what, "Write questions on more papers, or all for training: wellread questions --examination 0."
        )
    raise InputError(f"{path} holds no questions", f"Name a file of questions, or a folder with {FILE}.")


def _read(file: Path) -> list[Question]:
    """Questions of `file`; prompts with their answers are questions, too, with the fact as key."""
    if is_examination(file):
        return [placed.question for placed in load([str(file)], keyless=True)]
    return [
        Question(id=e.id, question=e.prompt, answer=e.text, keywords=((e.fact,),) if e.fact else (), paper=e.paper,
                 passage=e.passage, licence=e.licence)
        for e in read_jsonl(file, None)[0]
        if e.prompt
    ]  # fmt: skip
