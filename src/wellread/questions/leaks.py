"""The stage `leaks`: examination questions beside everything that will be trained on, the made-up pairs included."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from wellread.questions.leakage import Finder, Text, counts, leaks
from wellread.records import Example, Passage, Question
from wellread.runs.jsonl import read_records, write_records

NAME = "leaks"
VERSION = 1


def run(inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write data/leaks and return how many of the questions of `inputs["questions"]` are repeated, overlap or are near.

    Looked through are the passages of `inputs["corpus"]` and the examples of `inputs["augment"]`.
    """
    asked = read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question)
    rows = list(leaks({q.id: q.question for q in asked}, _texts(inputs)))
    write_records(out / "data" / "leaks.jsonl.zst", rows)
    return {"questions": len(asked), **counts(rows)}


def finder(inputs: Mapping[str, Path]) -> Callable[[str], bool]:
    """Whether a text holds or nearly asks one of the questions of `inputs["questions"]`."""
    asked = read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question)
    found = Finder({q.id: q.question for q in asked})
    return lambda text: any(found.rows(Text("", "", text)))


def texts(passages: Iterable[Passage], examples: Iterable[Example]) -> Iterator[Text]:
    """What is trained on, as it is looked through."""
    for passage in passages:
        yield Text(passage.id, "text", passage.text)
    for example in examples:
        yield Text(example.id, example.maker, f"{example.prompt or ''}\n{example.text}")


def _texts(inputs: Mapping[str, Path]) -> Iterator[Text]:
    return texts(
        read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage),
        read_records(inputs["augment"] / "data" / "examples.jsonl.zst", Example),
    )
