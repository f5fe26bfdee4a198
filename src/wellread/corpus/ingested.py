"""A corpus that `wellread ingest` made, to be read: its papers, its passages, its counts."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellread.corpus.ingest.settle import PAPERS, REJECTED, TEXTS
from wellread.corpus.ingest.stage import ABOUT
from wellread.errors import InputError, suggest
from wellread.files import existing
from wellread.records import Paper, Passage
from wellread.runs.jsonl import read_rows
from wellread.runs.store import Artifact, open_artifact


def is_corpus(folder: Path) -> bool:
    """Whether `folder` was made by `wellread ingest`, finished or not."""
    return (folder / ABOUT).is_file()


def look(folder: str | Path) -> "Corpus":
    """The corpus in `folder`. Raises InputError where there is none, or none that is finished."""
    path = existing(folder)
    if not is_corpus(path):
        raise InputError(f"{path} is not a corpus", "Make one with: wellread ingest PAPERS --out FOLDER")
    return Corpus(path, open_artifact(path))


@dataclass(frozen=True)
class Corpus:
    """A finished corpus."""

    path: Path
    made: Artifact

    @property
    def stats(self) -> dict[str, Any]:
        """What was counted when it was made."""
        return self.made.stats

    def papers(self) -> Iterator[Paper]:
        """Every paper, in the corpus's order."""
        return (Paper.model_validate(row) for row in read_rows(self.path / PAPERS))

    def passages(self) -> Iterator[Passage]:
        """Every passage, those of a paper together, in the order of the papers."""
        return (Passage.model_validate(row) for row in read_rows(self.path / TEXTS[0]))

    def paper(self, name: str) -> list[Passage]:
        """The passages of one paper, named by its id. Raises InputError where it isn't there."""
        found = [passage for passage in self.passages() if passage.paper == name]
        if not found:
            raise InputError(f"{self.path} has no paper {name!r}", f"See: wellread corpus show {self.path}")
        return found

    def rejected(self) -> Iterator[dict[str, Any]]:
        """What was left out: what, reason, detail."""
        return read_rows(self.path / REJECTED)

    def chosen(
        self, sections: tuple[str, ...] | None, parts: tuple[str, ...] | None
    ) -> Iterator[tuple[Paper, list[Passage]]]:
        """Papers of `parts` with their passages of `sections` (all where None); papers that have none are passed over.

        Raises InputError for a section or a part that no paper has.
        """
        self._known("section", sections, self.stats["sections"])
        self._known("part", parts, self.stats["parts"])
        papers = self.papers()
        for paper_id, group in itertools.groupby(self.passages(), key=lambda passage: passage.paper):
            paper = next(paper for paper in papers if paper.id == paper_id)
            if parts is None or paper.part in parts:
                passages = [passage for passage in group if sections is None or passage.section in sections]
                if passages:
                    yield paper, passages

    def _known(self, kind: str, names: tuple[str, ...] | None, known: dict[str, int]) -> None:
        for name in names or ():
            if name not in known:
                raise InputError(f"{self.path} has no {kind} {name!r}", suggest(name, known))
