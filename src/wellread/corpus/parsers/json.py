"""JSON and JSON Lines: a record for each paper, its fields named by a map.

Source: RFC 8259, jsonlines.org. By default the fields are called what they are: {"title", "abstract", "introduction",
"conclusion"} loads as it is; other names are given in `Params`. Use it for dumps from a database.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field

from wellread.corpus import jsonfile
from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.licence import licence
from wellread.corpus.parsed import Parsed, SectionKind
from wellread.corpus.parsers import s2orc
from wellread.errors import InputError
from wellread.records import Frozen

READS = "JSON (.json, .jsonl)"

_QUESTIONS = re.compile(r'"(?:question|keywords)"\s*:')
_KEY = re.compile(r"\{\s*\"")


class Params(Frozen):
    """Under which names the fields stand; of several the first that a record has. A dot leads into an object."""

    title: tuple[str, ...] = ("title", "Title", "article_title", "paper_title")
    abstract: tuple[str, ...] = ("abstract", "Abstract", "summary")
    introduction: tuple[str, ...] = ("introduction", "Introduction", "intro", "background")
    methods: tuple[str, ...] = ("methods", "Methods", "method", "experimental", "materials_and_methods")
    results: tuple[str, ...] = ("results", "Results", "results_and_discussion")
    discussion: tuple[str, ...] = ("discussion", "Discussion")
    conclusion: tuple[str, ...] = ("conclusion", "Conclusion", "conclusions", "Conclusions")
    text: tuple[str, ...] = Field(
        ("text", "body", "full_text", "fulltext", "body_text", "content", "article"),
        description="running text without sections",
    )
    sections: tuple[str, ...] = Field(
        ("sections",), description="a list of {heading, text}, or an object heading -> text"
    )
    doi: tuple[str, ...] = ("doi", "DOI", "externalIds.DOI")
    journal: tuple[str, ...] = ("journal", "Journal", "venue", "journal_title", "journal-ref")
    year: tuple[str, ...] = ("year", "Year", "publication_year", "date", "published", "update_date")
    licence: tuple[str, ...] = ("licence", "license", "License", "rights", "copyright")
    language: tuple[str, ...] = ("language", "lang")


_KINDS: tuple[SectionKind, ...] = ("abstract", "introduction", "methods", "results", "discussion", "conclusion")


def claims(path: Path, head: bytes) -> bool:
    """JSON objects that are neither S2ORC nor questions."""
    found = form(head)
    if found.kind == "json":
        return (
            _KEY.search(found.head) is not None and not s2orc.claims(path, head) and not _QUESTIONS.search(found.head)
        )
    return found.kind in ("binary", "empty", "text") and named(path, ".json")


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The one paper of a file. Raises InputError for broken JSON, several papers, and a record without text."""
    return jsonfile.only(raw, source, lambda record, where: _paper(record, where, params))


def parse_many(path: Path, params: Params) -> Iterator[tuple[str, Parsed | InputError]]:
    """Each paper of the file with its place; broken ones as InputError."""
    return jsonfile.each(path, lambda record, where: _paper(record, where, params))


def _paper(record: dict[str, Any], where: str, params: Params) -> Parsed:
    draft = Draft(where)
    for kind in _KINDS:
        if text := _text(_value(record, getattr(params, kind))):
            draft.section(kind.capitalize(), 1, kind)
            _tell(draft, text)
    for heading, words in _parts(_value(record, params.sections)):
        draft.section(heading, 1)
        _tell(draft, words)
    parts = (params.sections, *(getattr(params, kind) for kind in _KINDS[1:]))
    if not draft.told or not any(_value(record, names) for names in parts):
        _whole(draft, _value(record, params.text))
    title = " ".join(_text(_value(record, params.title)).split())
    if not draft.told:
        names = ", ".join(sorted(map(str, record))[:8])
        raise InputError(
            f"{where} has no text; its fields are {names or 'none'}",
            "Map the names of the fields with the parser's settings.",
        )
    said = licence([], _text(_value(record, params.licence)))
    year = re.search(r"\b[12]\d{3}\b", _text(_value(record, params.year)))
    doi = re.search(r"10\.\d{4,9}/\S+", _text(_value(record, params.doi)))
    return draft.finish(
        title, titled=bool(title), licence=said.name, licence_text=said.words, doi=doi[0] if doi else None, year=int(year[0]) if year else None,
        journal=_text(_value(record, params.journal)) or None, language=_text(_value(record, params.language))[:2].lower() or None,
    )  # fmt: skip


def _whole(draft: Draft, value: Any) -> None:
    if text := _text(value):
        draft.section("", 1)
        _tell(draft, text)


def _tell(draft: Draft, text: str) -> None:
    for part in re.split(r"\n\s*\n", text):
        draft.paragraph(part.strip())


def _value(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        value: Any = record.get(name)
        if value is None and "." in name:
            value = record
            for part in name.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if value not in (None, "", [], {}):
            return value
    return None


def _text(value: Any) -> str:
    """A value as words: lists are paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(text for part in value if (text := _text(part)))
    if isinstance(value, dict):
        return _text(value.get("text") or value.get("name") or value.get("title"))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _parts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((str(heading), _text(words)) for heading, words in value.items())
    for part in value if isinstance(value, list) else ():
        if isinstance(part, dict):
            heading = part.get("heading") or part.get("title") or part.get("section") or part.get("name") or ""
            yield (
                _text(heading),
                _text(part.get("text") or part.get("content") or part.get("paragraphs") or part.get("body")),
            )
        else:
            yield "", _text(part)
