"""Questions from data sets that weren't made for us: Parquet files, and sets of the Hugging Face hub.

A row needs a question and what it is scored by, under the names that people use: `choices` or `options` with `answer`, `label`
or `answerKey` as index, letter or text; `answer`, `target` or `reference` as text; `keywords`. What stands after `####` in an
answer is its number.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError, InputError
from wellread.evaluate.choices import LETTERS
from wellread.evaluate.log_rows import CHOICES, GOLD, first_of
from wellread.evaluate.logs import options_of, question_of
from wellread.files import existing
from wellread.models.cache import cache_dir
from wellread.records import Question
from wellread.runs.fingerprint import fingerprint, hash_file
from wellread.runs.jsonl import write_records
from wellread.runs.progress import say

_HUB = re.compile(r"hub:(?P<name>[\w.-]+/[\w.-]+)(?::(?P<config>[\w.-]+))?(?:@(?P<split>[\w.\[\]:%-]+))?")
_TOPIC = ("topic", "subject", "category")


def is_set(name: str) -> bool:
    """Whether `name` is a set that `as_file` makes a file of."""
    return name.startswith("hub:") or name.casefold().endswith(".parquet")


def as_file(name: str) -> str:
    """The set `name` as a file of questions in the cache; rows that hold none are counted, which is said.

    Raises ConfigError where a library is missing or the name is wrong, InputError where the set can't be read.
    """
    if name.startswith("hub:"):
        found = _HUB.fullmatch(name)
        if not found:
            raise ConfigError(f"{name!r} names no set", "Write it as hub:OWNER/NAME, hub:OWNER/NAME:CONFIG@SPLIT.")
        rows, stem = _from_hub(found["name"], found["config"], found["split"] or "test"), found["name"].split("/")[1]
        key = fingerprint({"rows": [str(r) for r in rows]})
    else:
        rows, stem = _from_parquet(existing(name)), Path(name).stem
        key = hash_file(Path(name))
    questions = [question(row, f"{stem}-{n}") for n, row in enumerate(rows, 1)]
    good = [q for q in questions if q]
    if not good:
        raise InputError(
            f"{name}: no row holds a question and its answer", f"Its columns: {', '.join(map(str, rows[0]))}."
        )
    if len(good) < len(rows):
        say(
            f"{name}: {len(rows) - len(good)} of {len(rows)} rows hold no question that could be scored; they are left out"
        )
    path = cache_dir() / "sets" / f"{stem}-{key[:12]}.jsonl"
    write_records(path, (q.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for q in good))
    return str(path)


def question(row: Mapping[str, Any], name: str) -> Question | None:
    """The question in one row of a set; None where there is none, or nothing that it could be scored by."""
    given = first_of(row, CHOICES)
    choices = options_of(row)[: len(LETTERS)]
    gold = first_of(row, ("answerkey", *GOLD))
    labels = [str(v) for v in given["label"]] if isinstance(given, dict) and given.get("label") else []
    if choices and str(gold) in labels[: len(choices)]:
        gold = labels.index(str(gold))
    asked = question_of(row, name, choices, gold)
    if asked is None or asked.question == "?":
        return None
    topic = first_of(row, _TOPIC)
    changes: dict[str, Any] = {"id": str(row.get("id") or name), "topic": None if topic is None else str(topic)}
    if asked.answer and "####" in asked.answer:
        changes |= {"answer": None, "number": asked.answer.rsplit("####", 1)[1].strip()}
    return asked.model_copy(update=changes)


def _from_parquet(path: Path) -> list[dict[str, Any]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ConfigError(f"{path}: Parquet needs pyarrow", "pip install 'wellread[parquet]'") from None
    try:
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a Parquet file: {str(error).splitlines()[0]}", "Write it again.") from None
    if not rows:
        raise InputError(f"{path} holds no rows", "Give a set with questions.")
    return rows


def _from_hub(name: str, config: str | None, split: str) -> list[dict[str, Any]]:
    try:
        import datasets
    except ImportError:
        raise ConfigError(f"hub:{name} needs the library datasets", "pip install 'wellread[hub]'") from None
    try:
        found: Iterable[Mapping[str, Any]] = datasets.load_dataset(name, config, split=split)
        rows = [dict(row) for row in found]
    except Exception as error:  # offline, gated, unknown, another split: the library's own message says which
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"hub:{name} ({split}) can't be had: {first}", "Check name, split and connection.") from error
    if not rows:
        raise InputError(f"hub:{name} ({split}) holds no rows", "Choose another split.")
    return rows
