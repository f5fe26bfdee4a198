"""The way of `wellread twin`: a paper's folder in, the same folder with other facts out, every altered key checked."""

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from wellread.errors import InputError, RunConflictError
from wellread.files import decode, existing, read_bytes
from wellread.matching import Token, find_tokens, tokens
from wellread.questions.load import FILE, ORIGINALS, load
from wellread.records import Frozen, Keyword, Question
from wellread.runs.files import write_text
from wellread.runs.jsonl import write_records
from wellread.twinning.replacing import Change, Twin

READ = (".md", ".txt")


Read = tuple[str, list[Token]]
"""A text and its tokens."""


class Refused(Frozen):
    """A question that the twin can't ask, and why."""

    question: str
    reason: str


class Made(Frozen):
    """What came of a twin."""

    texts: int
    questions: int
    refused: tuple[Refused, ...]
    changes: tuple[Change, ...]


def twin(folder: Path, out: Path, seed: int = 0) -> Made:
    """Write the twin of the paper in `folder` to `out`: its texts, questions.jsonl, and what was changed and refused.

    Raises InputError for a folder without texts or questions, or with texts that aren't Markdown or plain text, and
    RunConflictError where `out` holds anything.
    """
    if out.is_file() or (out.exists() and any(out.iterdir())):
        raise RunConflictError(f"{out} is a file, or a folder that isn't empty", "Choose another --out.")
    if out.resolve().is_relative_to(folder.resolve()):
        raise RunConflictError(f"--out {out} lies in the paper's folder", "Choose a place outside it.")
    texts = _texts(existing(folder))
    questions = [p.question for p in load([str(existing(folder / FILE))])]
    made = Twin(texts, seed)
    altered = {name: made.alter(text) for name, text in texts.items()}
    before, after = ({name: (text, tokens(text)) for name, text in shelf.items()} for shelf in (texts, altered))
    kept: list[tuple[Question, Question]] = []
    refused: list[Refused] = []
    for old in questions:
        new = _altered(old, made, out.resolve().name)
        if reason := _refusal(old, new, before, after):
            refused.append(Refused(question=old.id, reason=reason))
        else:
            kept.append((old, new))
    changes = made.changes(texts.values())
    if not kept:
        raise InputError(f"{folder}: no question has a key that a twin could alter", "Ask for numbers or names.")
    half = out.with_name(f"{out.name}.half")  # so that a killed one leaves no half of a paper
    shutil.rmtree(half, ignore_errors=True)
    for name, text in altered.items():
        write_text(half / name, text)
    write_records(
        half / FILE, (new.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for _, new in kept)
    )
    write_records(half / ORIGINALS, ({"question": n.id, "original": o.model_dump(mode="json")} for o, n in kept))
    write_records(half / "changes.jsonl", changes)
    write_records(half / "refused.jsonl", refused)
    half.replace(out)
    return Made(texts=len(texts), questions=len(kept), refused=tuple(refused), changes=tuple(changes))


def reasons(refused: tuple[Refused, ...]) -> dict[str, int]:
    """Reason -> how many questions were refused for it."""
    return dict(Counter(r.reason for r in refused).most_common())


def _texts(folder: Path) -> dict[str, str]:
    """File -> text, sub-folders included."""
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder", "Name a paper's folder, with questions.jsonl in it.")
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    others = [p for p in files if p.suffix.lower() not in (*READ, ".jsonl")]
    if others:
        raise InputError(f"{others[0]}: a twin is made of Markdown and plain text only", "Leave it out of the folder.")
    texts = {str(p.relative_to(folder)): decode(read_bytes(p), str(p)) for p in files if p.suffix.lower() in READ}
    if not texts:
        raise InputError(f"{folder} holds no texts", f"Read are {', '.join(READ)}.")
    return texts


def _altered(old: Question, made: Twin, paper: str) -> Question:
    """The question as the twin asks it."""
    return old.model_copy(
        update={
            "id": f"{old.id}-twin",
            "paper": paper,
            "question": made.alter(old.question),
            "keywords": tuple(tuple(made.alter(v) for v in k) for k in old.keywords),
            "answer": old.answer and made.alter(old.answer),
            "number": old.number and made.alter(old.number),
            "choices": tuple(made.alter(c) for c in old.choices),
        }
    )


def _refusal(old: Question, new: Question, texts: Mapping[str, Read], altered: Mapping[str, Read]) -> str:
    """Why the twin can't ask this question, '' where it can."""
    if old.choices:
        return "multiple choice: the wrong options would have to change as well"
    keys = [*zip(old.keywords, new.keywords, strict=True)]
    if old.number and new.number:
        keys.append(((old.number,), (new.number,)))
    changed = [(o, n) for o, n in keys if o != n]
    if not changed:
        return "its key doesn't change"
    for before, after in changed:
        for name, text in texts.items():
            if _stands(before, text) and not _stands(after, altered[name]):
                return "a text that held its key doesn't hold the altered one"
        if any(_stands(_with_commas(before), text) for text in altered.values()):
            return "a text still holds its old key"
        if not any(_stands(after, text) for text in altered.values()):
            return "no text holds its altered key"
    return ""


def _stands(keyword: Keyword, read: Read) -> bool:
    return any(find_tokens(tokens(v), read[1], read[0]) for v in keyword)


def _with_commas(keyword: Keyword) -> Keyword:
    """Numbers as other languages write them, too."""
    return (*keyword, *(v.replace(".", ",") for v in keyword if "." in v))
