"""A student as others use it: exported, and scored on development questions while it learns."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from wellread.errors import ConfigError, InputError, RunConflictError
from wellread.evaluate.marking import mark
from wellread.files import existing
from wellread.models.generate import Generated, generate, name_ends
from wellread.models.load import CausalLM, Tokenizer, load_tokenizer, save_model
from wellread.models.resolve import resolve
from wellread.questions.load import load
from wellread.records import Answer, Question
from wellread.runs.files import disk_full_is_said, write_text
from wellread.runs.fingerprint import fingerprint
from wellread.runs.progress import say
from wellread.runs.run import look
from wellread.train.card import CARD, LIBRARIES


def export(student: Path, out: Path, *, merge: bool, model: str | None) -> dict[str, str]:
    """Write the student's model to `out`, or its adapter, which `merge` folds into the full weights of `model`.

    Raises RunConflictError where `out` exists, InputError where there is nothing to export.
    """
    from wellread.train.export import ADAPTER
    from wellread.train.export import merge as merged

    if out.exists():
        raise RunConflictError(f"{out} exists", "Choose another --out.")
    student = existing(student)
    adapter = next((p for p in (student, student / "adapter") if (p / ADAPTER).is_file()), None)
    if merge and adapter is None:
        raise InputError(f"{student}: no adapter here", "Leave --merge out, or name a student trained with lora.")
    from_ = next((p for p in (student / "model", student) if (p / "config.json").is_file()), adapter)
    if from_ is None:
        raise InputError(f"{student}: no model and no adapter here", "Name a student, a run, or an adapter folder.")
    base = resolve(model or _base_of(student)).path if merge else None
    half = out.with_name(out.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    with disk_full_is_said(out):
        if base and adapter:
            taught, tokenizer = merged(base, adapter), load_tokenizer(base)
            name_ends(taught, tokenizer)
            save_model(taught, tokenizer, half)
            if (adapter / CARD).is_file():
                text = (adapter / CARD).read_text(encoding="utf-8")
                write_text(half / CARD, text.replace(f"name: {LIBRARIES['adapter']}", f"name: {LIBRARIES['model']}", 1))
        else:
            shutil.copytree(from_.resolve(), half)
        half.rename(out)
    return {"kind": "adapter" if from_ is adapter and not merge else "model", "base": str(base or "")}


def _base_of(student: Path) -> str:
    """The model that a student was trained from; the stage before the last, where it is a chain."""
    if not (student / "run.json").is_file():
        raise ConfigError(f"{student}: an adapter alone doesn't say where its model is", "Name the model with --model.")
    run = look(student)
    stages = [key for key in run.stages if key.startswith("train")]
    if len(stages) > 1:
        return str(run.artifact(stages[-2]).path / "model")
    return str(run.settings["model"]["name"])


@dataclass(frozen=True)
class Development:
    """The strict score on a file of development questions, as a function of model and tokenizer."""

    questions: tuple[Question, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the questions."""
        return fingerprint({"questions": [q.model_dump(mode="json") for q in self.questions]})

    def __call__(self, model: CausalLM, tokenizer: Tokenizer) -> float:
        """The mean over the questions that can be scored."""
        training = model.training
        model.eval()
        texts = [q.question for q in self.questions]
        batches = generate(model, tokenizer, texts, max_new_tokens=48, batch_size=8)
        marks = [self._mark(said) for batch in batches for said in batch]
        model.train(training)
        scored = [m for m in marks if m is not None]
        return sum(scored) / len(scored)

    def _mark(self, said: Generated) -> float | None:
        return _strict(self.questions[said.index], said.text)


def _strict(question: Question, said: str) -> float | None:
    """The mark of what was said; None, whatever it is, for a question that can't be scored."""
    return mark(question, Answer(question=question.id, text=said, finish="stop"), repeated=False).strict


def development(path: Path) -> Development:
    """The questions of `path`. Raises InputError for what is no good question, and where none can be scored."""
    questions = tuple(placed.question for placed in load([str(path)]))
    unscored = sum(_strict(question, "") is None for question in questions)
    if unscored == len(questions):
        what = f"{path}: no question can be scored strictly"
        raise InputError(what, "Give questions keywords that they don't hold themselves.")
    if unscored:
        say(f"{unscored} of {len(questions)} development questions can't be scored and don't count")
    return Development(questions)
