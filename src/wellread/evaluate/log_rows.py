"""A published log as rows: every object that holds a prediction, under the names that people use, however deep it stands.

Read are JSON, JSON lines and CSV; JSON also as pandas writes tables, a column a name.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellread.errors import InputError
from wellread.files import decode, read_bytes

PREDICTION = (
    "prediction", "pred", "predicted", "predicted_answer", "model_answer", "model_output", "output", "response",
    "generated_text", "generation", "completion", "answer_model", "model_response", "parsed_answer", "result",
    "model_prediction", "generated", "reply", "res", "picked", "sampled", "output_parsed_answer", "output_prediction_text",
)  # fmt: skip
GOLD = (
    "gold", "target", "label", "reference", "correct_answer", "ground_truth", "answer", "correct", "expected", "solution",
    "input_correct_responses",
)  # fmt: skip
SCORE = ("score", "acc", "accuracy", "is_correct", "correct", "exact_match", "em")
QUESTION = ("question", "prompt", "query", "input", "instruction", "q", "problem", "input_question")
CHOICES = ("choices", "options", "input_choice_list")
ANSWER = ("answer", "a")
KEYWORDS = ("keywords", "keyword", "keys")
HARNESS = ("filtered_resps", "resps")
"""What samples of lm-evaluation-harness hold."""

Row = Mapping[str, Any]

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # may be half of a character, where a text was cut in the middle of one


def rows(path: Path) -> Iterator[Row]:
    """Each object of the log at `path` that holds a prediction, be it an empty one.

    Raises InputError for a file that can't be read.
    """
    if path.suffix.casefold() == ".csv":
        return _table(decode(read_bytes(path), str(path)), path)
    return _objects(values(path))


def values(path: Path) -> Any:
    """What stands in the JSON or JSON-lines file at `path`. Raises InputError for a file that can't be read."""
    text = decode(read_bytes(path), str(path))
    found = _values(text, path)
    return _mended(found) if _HALF.search(text) else found


def named(row: Row, names: tuple[str, ...]) -> str | None:
    """Which of the row's fields goes by the first of `names` that has a value there, whatever the case."""
    lower = {str(key).casefold(): key for key, value in row.items() if key is not None and value is not None}
    return next((lower[name] for name in names if name in lower), None)


def first_of(row: Row, names: tuple[str, ...]) -> Any:
    """The value of the first of `names` that `row` has, whatever the case."""
    name = named(row, names)
    return None if name is None else row[name]


def _table(text: str, path: Path) -> Iterator[Row]:
    try:
        yield from csv.DictReader(io.StringIO(text))
    except csv.Error as error:
        raise InputError(f"{path}: not a table that can be read: {error}", "Give it as JSON lines.") from error


def _values(text: str, path: Path) -> Any:
    """One JSON value, or one a line."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError(f"{path}: nested too deep to be read", "Is it a log?") from error
    except ValueError as failed:
        whole = failed
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                at, why = number, str(error)
                if not found and isinstance(whole, json.JSONDecodeError):  # so it isn't one value a line either
                    at, why = whole.lineno, str(whole)
                what = f"{path} line {at}: not JSON: {why}"
                raise InputError(what, "Is the file whole? Give JSON, JSON lines or CSV.") from None
    return found


def _mended(node: Any) -> Any:
    """The same with a question mark for each half character, which no text could hold."""
    if isinstance(node, dict):
        return {_mended(key): _mended(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_mended(part) for part in node]
    return node.encode("utf-8", "replace").decode() if isinstance(node, str) else node


def _objects(node: Any) -> Iterator[Row]:
    """Every object that holds a prediction, however deep; one that stands under its question is given it."""
    if isinstance(node, dict):
        if holds_answer(node):
            yield node
            return
        if _holds(node, ANSWER) and named(node, KEYWORDS) and named(node, SCORE):
            # Keywords and a score beside an answer: the answer is the model's, not the key's.
            yield {**node, "prediction": first_of(node, ANSWER)}
            return
        if columns := _columns(node):
            yield from columns
            return
        node = [_under(key, part) for key, part in node.items()]
    if isinstance(node, list):
        for part in node:
            yield from _objects(part)


def holds_answer(node: Row) -> bool:
    """Whether this object is one answer of a model."""
    return any(name in node for name in HARNESS) or _holds(node, PREDICTION)


def _holds(node: Row, names: tuple[str, ...]) -> bool:
    """Whether a text or number stands in one of the fields; or nothing, in an object that has what was asked for."""
    given = [value for key, value in node.items() if str(key).casefold() in names]
    if any(isinstance(bare(value), str | int | float) for value in given):
        return True
    return None in given and named(node, (*GOLD, *KEYWORDS)) is not None


def bare(value: Any) -> Any:
    """What stands alone in a list, or in lists within one."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value


def _columns(node: Row) -> list[Row]:
    """The rows of a table that is written column by column; none where `node` is no such table."""
    columns = {_singular(str(k)): list(v.values()) if isinstance(v, dict) else v for k, v in node.items()}
    lengths = {name: len(column) for name, column in columns.items() if isinstance(column, list)}
    said = next((name for name in PREDICTION if name in lengths), None)
    if said is None or not any(lengths.get(name) == lengths[said] for name in (*GOLD, *KEYWORDS)):
        return []
    if not all(isinstance(v, str | int | float | None) for v in columns[said]):
        return []
    whole = [name for name, length in lengths.items() if length == lengths[said]]
    return [{name: columns[name][i] for name in whole} for i in range(lengths[said])]


def _singular(name: str) -> str:
    """`predictions` as `prediction`, `choices` as it is."""
    folded = name.casefold()
    return folded[:-1] if folded[:-1] in (*PREDICTION, *GOLD, *SCORE, *QUESTION) else folded


def _under(key: str, part: Any) -> Any:
    """An object in a mapping from questions to objects, with its question put in."""
    if isinstance(part, dict) and " " in key.strip() and first_of(part, QUESTION) is None:
        return {"question": key, **part}
    return part
