"""Questions from files: one JSON object a line. Each mistake is told with its file and line."""

import difflib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from wellread.errors import InputError, suggest
from wellread.files import decode, existing, read_bytes
from wellread.questions.config import QuestionsConfig
from wellread.records import Kind, Question

FILE = "questions.jsonl"
_FIELDS = tuple(Question.model_fields)
_KINDS: tuple[str, ...] = get_args(Kind)
_NEEDED = ("id", "question", "keywords")


class Placed(NamedTuple):
    """A question and the place where it stands."""

    question: Question
    path: Path
    line: int


def resolve(config: QuestionsConfig, papers: Iterable[str]) -> QuestionsConfig:
    """The same settings with the files named: where none are given, questions.jsonl of each folder in `papers`.

    No file at all is no error: `questions` is then empty. Raises InputError for a named file that doesn't exist.
    """
    if config.questions is None:
        places = [Path(paper).expanduser() / FILE for paper in papers]
        return QuestionsConfig(questions=tuple(dict.fromkeys(str(place) for place in places if place.is_file())))
    for name in config.questions:
        existing(name)
    return config


def load(files: Iterable[str]) -> list[Placed]:
    """All questions of `files`, in order.

    Raises InputError for anything that isn't a good question, and for an id or a file that comes twice.
    """
    questions: list[Placed] = []
    by_id: dict[str, Placed] = {}
    seen: set[Path] = set()
    for path in (existing(name) for name in files):
        if path.resolve() in seen:
            raise InputError(f"{path} is named twice", "Name each file of questions once.")
        seen.add(path.resolve())
        for placed in _read(path):
            if first := by_id.get(placed.question.id):
                what = (
                    f"{path} line {placed.line}: id {placed.question.id!r} is already in {first.path} line {first.line}"
                )
                raise InputError(what, "Give each question an id of its own.")
            by_id[placed.question.id] = placed
            questions.append(placed)
    return questions


def _read(path: Path) -> Iterator[Placed]:
    """The questions of one file; a blank line is fine, a file without questions isn't."""
    text = decode(read_bytes(path), str(path))
    n = 0
    # Only a line feed ends a line: the other line ends of Unicode may stand within a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            n += 1
            yield Placed(_question(line, f"{path} line {number}"), path, number)
    if not n:
        raise InputError(f"{path} holds no questions", "Put one JSON object on each line.")


def _question(line: str, where: str) -> Question:
    row = _object(line, where)
    for field in row:
        if field not in _FIELDS:
            raise InputError(f"{where}: unknown field {field!r}", suggest(field, _FIELDS))
    for field in _NEEDED:
        if field not in row:
            raise InputError(f"{where}: {field!r} is missing", f"Each question needs {', '.join(_NEEDED)}.")
        if row[field] in ("", [], None) or (isinstance(row[field], str) and not row[field].strip()):
            raise InputError(f"{where}: {field!r} is empty", f"Each question needs {', '.join(_NEEDED)}.")
    kind = row.get("kind", _KINDS[0])
    if kind not in _KINDS:
        near = difflib.get_close_matches(str(kind), _KINDS, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise InputError(f"{where}: unknown kind {kind!r}", f"{hint}Kinds: {', '.join(_KINDS)}.")
    if any(not word.strip() for word in _spellings(row["keywords"])):
        raise InputError(f"{where}: a keyword is empty", "Give each keyword at least one sign.")
    try:
        return Question.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        wanted = 'a list of words, such as ["ruthenium", "96 %"]' if field == "keywords" else "a string"
        raise InputError(f"{where}: {field!r} has the wrong type", f"It must be {wanted}.") from error


def _object(line: str, where: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if twice := [name for name in names if names.count(name) > 1]:
            raise InputError(f"{where}: {twice[0]!r} stands twice in the object", "Keep one of them.")
        return dict(pairs)

    fix = "Write one JSON object on each line."
    try:
        row = json.loads(line, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}, column {error.colno}: not JSON: {error.msg}", fix) from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all measure
        raise InputError(f"{where}: not JSON that can be read", fix) from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a JSON object", fix)
    return row


def _spellings(keywords: object) -> Iterator[str]:
    """The strings among the keywords, each of which is a string or a list of accepted spellings."""
    for keyword in keywords if isinstance(keywords, list) else []:
        for spelling in keyword if isinstance(keyword, list) else [keyword]:
            if isinstance(spelling, str):
                yield spelling
