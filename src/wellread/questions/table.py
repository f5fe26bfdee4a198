"""Questions from tables: CSV with a header, and the header-less files of MMLU (question, options, letter)."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wellread.errors import InputError

#: Other names for columns, as people write them.
_SAME = {
    "keys": "keywords",
    "keyword": "keywords",
    "reference": "answer",
    "options": "choices",
    "subject": "topic",
    "unit": "",
}
_LETTERS = "ABCDEFGHIJ"


def rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line and fields of each question.

    A header names the columns: question and any of id, keywords (several: `a; b`, spellings of one: `a | b`), answer, kind,
    paper, topic, choices (`x; y; z`) or a column for each letter, correct, number, tolerance. Without a header the
    columns are those of MMLU: question, options, letter of the right one. Questions without an id get the file's stem
    and the number of their row.
    """
    # Only line ends end a row: Unicode's other separators may stand within a cell.
    delimiter = "\t" if path.suffix.casefold() == ".tsv" else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    n = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = _header(row)
                if header:
                    continue
            n += 1
            where = f"{path} line {reader.line_num}"
            found = _named(row, header, where) if header else _mmlu(row, path, where)
            yield reader.line_num, {"id": f"{path.stem}-{n}", **found}
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: not CSV: {error}", "Close every quotation mark.") from None


def _header(row: list[str]) -> list[str]:
    """The columns' names; none where the row isn't a header."""
    names = [cell.strip().lstrip("\ufeff").casefold() for cell in row]
    if "question" not in names:
        return []
    return [
        cell.strip().upper() if len(cell.strip()) == 1 else _SAME.get(n, n) for cell, n in zip(row, names, strict=True)
    ]


def _named(row: list[str], header: list[str], where: str) -> dict[str, Any]:
    if len(row) > len(header):
        raise InputError(
            f"{where}: {len(row)} cells under {len(header)} columns", 'Put text that holds commas in "quotes".'
        )
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
    found: dict[str, Any] = {k: v for k, v in cells.items() if len(k) > 1}
    letters = [cells[k] for k in _LETTERS if k in cells]
    if letters:
        found["choices"] = letters
    elif "choices" in found:
        found["choices"] = [c.strip() for c in found["choices"].split(";") if c.strip()]
    if "keywords" in found:
        found["keywords"] = [[v.strip() for v in k.split("|")] for k in found["keywords"].split(";") if k.strip()]
    if "correct" in found:
        found["correct"] = found["correct"].upper()
    if "tolerance" in found:
        try:
            found["tolerance"] = float(found["tolerance"])
        except ValueError:
            raise InputError(
                f"{where}: tolerance {found['tolerance']!r} is not a number", "Write 0.05 for 5%."
            ) from None
    check_options(found, where)
    return found


def check_options(row: dict[str, Any], where: str) -> None:
    """Raise InputError for an empty option, and for two alike of which one is right.

    Published sets have such questions and are taken as they are, so that scores compare.
    """
    choices, correct = row.get("choices"), row.get("correct")
    if not isinstance(choices, list) or not all(isinstance(c, str) for c in choices):
        return
    if any(not c.strip() for c in choices):
        raise InputError(f"{where}: a choice is empty", "Give each option some text.")
    right = [c for letter, c in zip(_LETTERS, choices, strict=False) if letter == correct]
    if right and choices.count(right[0]) > 1:
        raise InputError(f"{where}: two right answers: {right[0]!r} stands twice", "Change or remove one of them.")


def _mmlu(row: list[str], path: Path, where: str) -> dict[str, Any]:
    question, *choices, correct = (cell.strip() for cell in row) if len(row) > 2 else ("", "", "")
    if len(row) < 4 or len(correct) != 1 or correct.upper() not in _LETTERS:
        raise InputError(
            f"{where}: neither a header nor question, options and the letter of the right one",
            "Begin the table with a row of names, such as: id,question,keywords,answer",
        )
    topic = re.sub(r"_(dev|val|test)$", "", path.stem)
    return {"question": question, "choices": choices, "correct": correct.upper(), "topic": topic}
