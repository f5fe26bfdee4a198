"""A paper as a parser finds it, part by part; `finish` turns it into a Parsed. All parsers share its rules:

a sub-heading has its parent's kind; what stands under 'References', 'Funding' and the like goes aside.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from wellread.corpus.parsed import Aside, AsideKind, Parsed, Section, SectionKind, first_line_title, tidy
from wellread.corpus.sections import is_apparatus, is_canonical, is_references, kind_of, without_number
from wellread.errors import InputError

_COUNTED: dict[AsideKind, str] = {
    "table": "tables",
    "figure": "figures",
    "formula": "formulae",
    "reference": "references",
    "note": "notes",
}
_WORD = re.compile(r"\w")
_DOI = re.compile(r"10\.\d+(?:\.\d+)*/\S+")


class Draft:
    """Collects title, sections and asides in reading order."""

    def __init__(self, source: str) -> None:
        """`source` names the file in messages."""
        self.source = source
        self.left_out: Counter[str] = Counter()
        self._parts: list[_Part] = []
        self._open: list[_Part] = []  # the section now open and those around it
        self._asides: list[Aside] = []

    def section(self, heading: str, level: int = 1, kind: SectionKind | None = None) -> None:
        """Open a section of `level` (1 is the outermost); `kind` where the file declares it."""
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        parent = self._open[-1] if self._open else None
        aside = parent.aside if parent else None
        if aside is None:
            aside = "reference" if is_references(heading) else "note" if is_apparatus(heading) else None
        own = kind_of(heading, parent.kind if parent else None)
        own = kind if kind and (own == "other" or kind == "abstract") else own  # an abstract may be called 'Summary'
        part = _Part(heading, level, own, aside)
        self._open.append(part)
        self._parts.append(part)

    def close(self) -> None:
        """End all sections: what follows without a heading stands for itself."""
        self._open = []

    def paragraph(self, text: str) -> None:
        """A paragraph of the section that is open."""
        if not text.strip():
            return
        if not self._open:
            self._open.append(_Part("", 99, "other", None))
            self._parts.append(self._open[-1])
        part = self._open[-1]
        if part.aside is not None:
            self.aside(part.aside, "" if part.aside == "reference" else part.heading, text)
        else:
            if part is not self._parts[-1]:  # text after a sub-section
                self._open[-1] = part = _Part(part.heading, part.level, part.kind, None, True)
                self._parts.append(part)
            part.paragraphs.append(text)

    def aside(self, kind: AsideKind, label: str, text: str) -> None:
        """Something beside the running text; counted, and kept where it has words."""
        self.left_out[_COUNTED[kind]] += 1
        text = tidy(text)
        if _WORD.search(text):
            self._asides.append(Aside(kind=kind, label=tidy(label), text=text))

    @property
    def told(self) -> bool:
        """Whether there is any running text."""
        return any(part.paragraphs for part in self._parts)

    @property
    def hollow(self) -> bool:
        """Whether the last section has a heading of a known kind and nothing under it yet."""
        last = self._parts[-1] if self._parts else None
        return last is not None and not last.paragraphs and last.kind != "other" and last.aside is None

    @property
    def texts(self) -> list[str]:
        """The paragraphs so far."""
        return [text for part in self._parts for text in part.paragraphs]

    def finish(self, title: str | None, titled: bool = True, **rest: Any) -> Parsed:
        """The paper; its text begins with the title where it is `titled`. A `doi` may be an address; what is none, is dropped.

        Raises InputError where no words are left.
        """
        doi = _DOI.search(rest.pop("doi", None) or "")
        parts = [part for part in self._parts if part.aside is None]
        sections = [part.record() for part in parts]
        told = [piece for part, section in zip(parts, sections, strict=True) for piece in part.told(section.text)]
        title = " ".join(tidy(title or "").split())
        text = "\n\n".join(piece for piece in (title if titled else "", *told) if piece)
        if not _WORD.search(text):
            raise InputError(f"{self.source} holds no words", "Get the full text, or leave it out.")
        named = [part.kind for part in parts if part.kind not in ("other", "abstract")]
        first = next((i for i, part in enumerate(parts) if part.kind != "abstract"), None)
        if named and "introduction" not in named and first is not None and not parts[first].heading:
            sections[first] = sections[first].model_copy(update={"kind": "introduction"})
        return Parsed(
            title=title or self._untitled(text),
            text=text,
            sections=tuple(sections),
            asides=tuple(self._asides),
            left_out=dict(self.left_out),
            doi=doi[0] if doi else None,
            **rest,
        )

    def _untitled(self, text: str) -> str:
        """The first line where it may be a title, else the file's name."""
        first = first_line_title(text, self.source)
        return Path(self.source).stem if is_canonical(first) else first


class _Part:
    """A section on its way."""

    def __init__(
        self, heading: str, level: int, kind: SectionKind, aside: AsideKind | None, further: bool = False
    ) -> None:
        self.heading, self.level, self.kind, self.aside, self.further = heading, level, kind, aside, further
        self.paragraphs: list[str] = []

    def told(self, text: str) -> list[str]:
        return [" ".join(tidy(self.heading).split()), text] if self.heading and not self.further else [text]

    def record(self) -> Section:
        heading = " ".join(tidy(without_number(self.heading)).split())
        return Section(heading=heading, kind=self.kind, text=tidy("\n\n".join(self.paragraphs)))
