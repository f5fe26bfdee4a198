"""What a data set is made of: the records of runs, artefacts and files, as rows of a few tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from wellread.errors import InputError
from wellread.files import existing
from wellread.licences import strictest
from wellread.questions.load import is_examination, load
from wellread.records import Example, Paper, Passage, Preference, Question
from wellread.runs.jsonl import read_records
from wellread.runs.run import look
from wellread.train.sources import read_jsonl

#: Table -> its split, and its columns. What tells of this machine (where a file lay) is left out.
TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "texts": ("train", ("id", "paper", "telling", "section", "title", "text", "licence")),
    "training": ("train", ("id", "paper", "passage", "maker", "prompt", "text", "fact", "licence")),
    "preferences": ("train", ("id", "paper", "passage", "maker", "prompt", "chosen", "rejected", "licence")),
    "examination": (
        "test",
        ("id", "paper", "passage", "kind", "question", "keywords", "answer", "choices", "correct", "number", "tolerance",
         "topic", "licence"),
    ),
}  # fmt: skip
STAGES = ("corpus", "ingest", "rewrite", "augment", "questions", "written-questions", "preferences")
"""Of a run, what these made is about the papers; what the model said, and general questions, are not."""
_FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "passages": ("texts", Passage),
    "examples": ("training", Example),
    "preferences": ("preferences", Preference),
    "questions": ("examination", Question),
}


@dataclass
class Gathered:
    """Rows of each table by id, and the papers by theirs."""

    tables: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in TABLES})
    papers: dict[str, Paper] = field(default_factory=dict)
    given_twice: int = 0

    def add(self, table: str, records: Iterable[BaseModel]) -> None:
        """Add records that aren't there yet; another record of the same id gets a number."""
        for record in records:
            row = {name: value for name, value in record.model_dump(mode="json").items() if name in TABLES[table][1]}
            name, n = row["id"], 1
            while (there := self.tables[table].get(row["id"])) is not None and there != row:
                n += 1
                row["id"] = f"{name}#{n}"
            self.given_twice += row["id"] in self.tables[table]
            self.tables[table][row["id"]] = row

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every row of every table."""
        return (row for table in self.tables.values() for row in table.values())


def gather(sources: Iterable[str]) -> Gathered:
    """All that `sources` hold: runs, artefacts, corpora, JSON lines.

    Raises InputError for what is none of these, and where there is nothing at all.
    """
    found = Gathered()
    for name in sources:
        _add(found, existing(name))
    if not any(found.tables.values()):
        raise InputError("no texts, questions or preferences in " + ", ".join(sources), "Name a run or an artefact.")
    return found


def _add(found: Gathered, path: Path) -> None:
    if path.is_file():
        _add_file(found, path)
    elif (path / "run.json").is_file():
        run = look(path)
        for artifact in map(run.artifact, run.stages):
            if artifact.manifest["stage"] in STAGES:
                _add_artifact(found, artifact.path)
    elif (path / "data").is_dir():
        _add_artifact(found, path)
    else:
        raise InputError(
            f"{path} is no run, artefact or file of JSON lines",
            "Papers become a corpus first: wellread ingest PAPERS --out corpus",
        )


def _add_artifact(found: Gathered, path: Path) -> None:
    papers = path / "data" / "papers.jsonl.zst"
    if papers.is_file():
        for paper in read_records(papers, Paper):
            found.papers[paper.id] = _stricter(found.papers.get(paper.id, paper), paper)
    for name, (table, kind) in _FILES.items():
        if (file := path / "data" / f"{name}.jsonl.zst").is_file():
            found.add(table, read_records(file, kind))


def _stricter(one: Paper, other: Paper) -> Paper:
    """Of two records of one id the later, under the stricter licence; private if one of them is."""
    licences = [paper.licence for paper in (one, other) if paper.licence]
    policy = "private" if "private" in (one.policy, other.policy) else other.policy
    return other.model_copy(update={"licence": strictest(licences) if licences else None, "policy": policy})


def _add_file(found: Gathered, path: Path) -> None:
    if is_examination(path):
        found.add("examination", (placed.question for placed in load([str(path)], keyless=True)))
        return
    examples, preferences = read_jsonl(path, None)
    found.add("training", examples)
    found.add("preferences", preferences)
