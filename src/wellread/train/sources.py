"""Training data from files that others wrote: JSON lines of texts, of prompts with answers, or of preferences.

A row is {"text"}, {"prompt", "completion"} or {"prompt", "chosen", "rejected"}; `answer` and `response` are other words for
`completion`, and an Example's or a Preference's own fields (id, paper, passage, maker) are kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wellread.errors import InputError
from wellread.records import Example, Preference
from wellread.runs.jsonl import read_rows

ANSWERS = ("completion", "answer", "response")
SHAPES = '{"text"}, {"prompt", "completion"} or {"prompt", "chosen", "rejected"}'


def read_jsonl(path: Path, genre: str | None) -> tuple[list[Example], list[Preference]]:
    """The examples and preferences of `path`, of `genre` where one is given, else of their own.

    Without either, texts are of the genre `text` and the others of the file's name.

    Raises InputError, with the line, for what is none.
    """
    examples: list[Example] = []
    preferences: list[Preference] = []
    try:
        for number, row in enumerate(read_rows(path), 1):
            made = _record(row, path, number, genre)
            (preferences if isinstance(made, Preference) else examples).append(made)  # type: ignore[arg-type]
    except (ValueError, OSError) as e:
        raise InputError(f"{path}: not JSON lines ({' '.join(str(e).split())[:120]})", f"A row is {SHAPES}.") from None
    return examples, preferences


def _record(row: Any, path: Path, number: int, genre: str | None) -> Example | Preference:
    where = f"{path}, line {number}"
    if not isinstance(row, Mapping):
        raise InputError(f"{where}: not a JSON object", f"A row is {SHAPES}.")
    name = path.name.split(".")[0]
    asks = row.get("prompt") is not None
    maker = name if asks else "text"
    fields = {"id": f"{name}/{number}", "paper": name, "passage": f"{name}/{number}", "maker": maker, **row}
    if not asks and "paper" not in row:  # another text, not the same one told anew: readings aren't shared
        fields.setdefault("section", f"line {number}")
    if genre is not None:
        fields["maker"] = genre
    answer = next((key for key in ANSWERS if key in fields), None)
    if answer and "text" not in fields:
        fields["text"] = fields.pop(answer)
    kind = Preference if "chosen" in fields else Example
    try:
        return kind.model_validate(fields)
    except ValidationError as e:
        first = e.errors()[0]
        raise InputError(
            f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}", f"A row is {SHAPES}."
        ) from None
