"""Questions from files: one JSON object a line, or a table (.csv). Each mistake is told with its file and line."""

import difflib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from wellread.errors import InputError, suggest
from wellread.files import decode, existing, read_bytes
from wellread.questions import table
from wellread.questions.config import QuestionsConfig
from wellread.records import Kind, Question
from wellread.runs.jsonl import read_rows

FILE = "questions.jsonl"
#: Beside a twin's questions: the original of each.
ORIGINALS = "twin.jsonl"
_FIELDS = tuple(Question.model_fields)
_KINDS: tuple[str, ...] = get_args(Kind)
_NEEDED = ("id", "question", "keywords")
#: What a question can be scored by instead of keywords.
_INSTEAD = ("answer", "choices", "number")
_LETTERS = "ABCDEFGHIJ"
_WANTED = {
    "keywords": 'a list of words, such as ["ruthenium", "96 %"]',
    "choices": 'a list of options, such as ["12 °C", "96 °C"]',
    "tolerance": "a number of 0 or more, such as 0.05",
}


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


def load(files: Iterable[str], *, keyless: bool = False) -> list[Placed]:
    """All questions of `files`, in order. With `keyless`, a question may come without anything to score it by.

    Raises InputError for anything that isn't a good question, and for an id or a file that comes twice.
    """
    questions: list[Placed] = []
    by_id: dict[str, Placed] = {}
    seen: set[Path] = set()
    for path in (existing(name) for name in files):
        if path.resolve() in seen:
            raise InputError(f"{path} is named twice", "Name each file of questions once.")
        seen.add(path.resolve())
        for placed in _read(path, keyless):
            if first := by_id.get(placed.question.id):
                what = (
                    f"{path} line {placed.line}: id {placed.question.id!r} is already in {first.path} line {first.line}"
                )
                raise InputError(what, "Give each question an id of its own.")
            by_id[placed.question.id] = placed
            questions.append(placed)
    return questions


def is_examination(path: Path) -> bool:
    """Whether the file holds questions: a table, or JSON lines of which the first has one.

    False for what can't be read: whoever reads it as something else says what is wrong.
    """
    if path.suffix.casefold() in (".csv", ".tsv"):
        return True
    try:
        return "question" in next(read_rows(path), {})
    except (ValueError, OSError):
        return False


def _read(path: Path, keyless: bool) -> Iterator[Placed]:
    """The questions of one file; a blank line is fine, a file without questions isn't."""
    text = decode(read_bytes(path), str(path))
    n = 0
    for number, row in table.rows(text, path) if path.suffix.casefold() in (".csv", ".tsv") else _lines(text, path):
        n += 1
        yield Placed(_question(row, f"{path} line {number}", keyless), path, number)
    if not n:
        raise InputError(f"{path} holds no questions", "Put one JSON object on each line.")


def _lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    # Only a line feed ends a line: the other line ends of Unicode may stand within a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{path} line {number}"
            row = _object(line, where)
            table.check_options(row, where)
            yield number, row


def _question(row: dict[str, Any], where: str, keyless: bool) -> Question:
    for field in row:
        if field not in _FIELDS:
            raise InputError(f"{where}: unknown field {field!r}", suggest(field, _FIELDS))
    without = keyless or any(row.get(field) for field in _INSTEAD)
    for field in _NEEDED:
        if field not in row:
            if field == "keywords" and without:
                continue
            raise InputError(f"{where}: {field!r} is missing", f"Each question needs {', '.join(_NEEDED)}.")
        if row[field] in ("", [], None) or (isinstance(row[field], str) and not row[field].strip()):
            raise InputError(f"{where}: {field!r} is empty", f"Each question needs {', '.join(_NEEDED)}.")
    kind = row.get("kind", _KINDS[0])
    if kind not in _KINDS:
        near = difflib.get_close_matches(str(kind), _KINDS, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise InputError(f"{where}: unknown kind {kind!r}", f"{hint}Kinds: {', '.join(_KINDS)}.")
    if any(not word.strip() for word in _spellings(row.get("keywords"))):
        raise InputError(f"{where}: a keyword is empty", "Give each keyword at least one sign.")
    _check_choices(row, where)
    try:
        return Question.model_validate(row)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        wanted = _WANTED.get(field, "a string")
        raise InputError(f"{where}: {field!r} has the wrong type", f"It must be {wanted}.") from error


def _check_choices(row: dict[str, Any], where: str) -> None:
    """Two options at least, and one letter that says which is right."""
    choices, correct = row.get("choices"), row.get("correct")
    if choices is None or choices == []:
        if correct is not None:
            raise InputError(f"{where}: 'correct' without 'choices'", "Give the options, or leave it out.")
        return
    if not isinstance(choices, list | tuple) or not all(isinstance(c, str) for c in choices):
        raise InputError(f"{where}: 'choices' has the wrong type", f"It must be {_WANTED['choices']}.")
    if not 2 <= len(choices) <= len(_LETTERS):
        raise InputError(f"{where}: {len(choices)} choices", f"Give 2 to {len(_LETTERS)}.")
    letters = _LETTERS[: len(choices)]
    if not isinstance(correct, str) or len(correct) != 1 or correct not in letters:
        many = "two right answers" if isinstance(correct, list) and len(correct) > 1 else f"'correct' is {correct!r}"
        raise InputError(f"{where}: {many}", f"'correct' must be the letter of one option: {', '.join(letters)}.")


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
