"""S2ORC JSON: papers as Semantic Scholar gives them, one or many to a file.

Source: the S2ORC and CORD-19 schemas (paragraphs with their section, spans that cite, entries for references, figures
and tables), and the later form with one text and annotations by character. Use it for such downloads.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wellread.corpus import jsonfile
from wellread.corpus.draft import Draft
from wellread.corpus.form import form
from wellread.corpus.licence import licence
from wellread.corpus.parsed import Parsed
from wellread.errors import InputError
from wellread.records import Frozen

READS = "S2ORC JSON (.json, .jsonl)"

_SIGNS = re.compile(r'"(?:pdf_parse|latex_parse|body_text|corpusid|cite_spans|paper_id)"\s*:')
_NUMBERS = re.compile(r"[\s\d\[\](),;\u2010-\u2015-]*")


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """By the names of the first fields."""
    found = form(head)
    return found.kind == "json" and _SIGNS.search(found.head) is not None


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The one paper of a file. Raises InputError for broken JSON, several papers, and a record without text."""
    return jsonfile.only(raw, source, _paper)


def parse_many(path: Path, params: Params) -> Iterator[tuple[str, Parsed | InputError]]:
    """Each paper of the file with its place; broken ones as InputError."""
    return jsonfile.each(path, _paper)


def _paper(record: dict[str, Any], where: str) -> Parsed:
    meta = _dict(record.get("metadata"))
    draft = Draft(where)
    title = record.get("title") or meta.get("title")
    if content := _dict(record.get("content")):
        title = _annotated(draft, content) or title
    else:
        parse = _dict(record.get("pdf_parse")) or _dict(record.get("latex_parse")) or record
        _paragraphs(draft, parse.get("abstract") or record.get("abstract"), "Abstract")
        _paragraphs(draft, parse.get("body_text"), "")
        _entries(draft, parse)
    if not draft.told:
        raise InputError(f"{where} has neither an abstract nor a body", "Get the full text, or leave it out.")
    outside = _dict(record.get("externalids")) or _dict(record.get("externalIds"))
    access = _dict(_dict(_dict(record.get("content")).get("source")).get("oainfo"))
    said = licence([str(record.get("license") or meta.get("license") or access.get("license") or "")], "")
    doi = re.search(
        r"10\.\d{4,9}/\S+", str(record.get("doi") or meta.get("doi") or outside.get("DOI") or outside.get("doi") or "")
    )
    year = re.search(r"\b[12]\d{3}\b", str(record.get("year") or meta.get("year") or ""))
    journal = record.get("journal") or record.get("venue") or meta.get("venue")
    return draft.finish(
        str(title or ""), titled=bool(title), licence=said.name, licence_text=said.words, doi=doi[0] if doi else None,
        year=int(year[0]) if year else None, journal=journal if isinstance(journal, str) else None,
    )  # fmt: skip


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _paragraphs(draft: Draft, value: Any, heading: str) -> None:
    """Paragraphs with their sections; a new name opens a new section."""
    if isinstance(value, str) and value.strip():
        value = [{"text": value}]
    opened: str | None = None
    draft.close()
    for part in value if isinstance(value, list) else ():
        part = _dict(part)
        section = heading or " ".join(str(p) for p in (part.get("sec_num"), part.get("section")) if p)
        if section != opened:
            number = re.match(r"\d+((?:\.\d+)*)", section)
            draft.section(section, number[1].count(".") + 1 if number else 1)
            opened = section
        draft.paragraph(_without_citations(str(part.get("text") or ""), part.get("cite_spans")))


def _without_citations(text: str, spans: Any) -> str:
    """The text without spans that are mere numbers."""
    places = []
    for span in spans if isinstance(spans, list) else ():
        start, end = _dict(span).get("start"), _dict(span).get("end")
        if (
            isinstance(start, int)
            and isinstance(end, int)
            and 0 <= start < end <= len(text)
            and _NUMBERS.fullmatch(text[start:end])
        ):
            places.append((start, end))
    for start, end in sorted(set(places), reverse=True):
        text = text[:start].rstrip() + text[end:]
    return text


def _entries(draft: Draft, parse: dict[str, Any]) -> None:
    for name, entry in _dict(parse.get("ref_entries")).items():
        entry = _dict(entry)
        table = str(entry.get("type") or entry.get("type_str") or name).lower().startswith("tab")
        draft.aside(
            "table" if table else "figure",
            str(entry.get("num") or entry.get("fig_num") or ""),
            str(entry.get("text") or ""),
        )
    for name, entry in _dict(parse.get("bib_entries")).items():
        entry = _dict(entry)
        words = " ".join(str(entry.get(key) or "") for key in ("title", "venue", "year"))
        draft.aside("reference", str(name), str(entry.get("raw_text") or words))


def _annotated(draft: Draft, content: dict[str, Any]) -> str:
    """The later form: `text`, and annotations that say what stands from where to where. Returns the title."""
    text = content.get("text")
    text = text if isinstance(text, str) else ""
    notes = _dict(content.get("annotations"))
    spans = [
        (*span, kind)
        for kind in ("abstract", "sectionheader", "paragraph", "bibentry")
        for span in _spans(notes, kind, len(text))
    ]
    for start, end, kind in sorted(spans):
        words = text[start:end]
        if kind == "abstract":
            draft.section("", 1, "abstract")
            draft.paragraph(words)
            draft.close()
        elif kind == "sectionheader":
            draft.section(" ".join(words.split()))
        elif kind == "bibentry":
            draft.aside("reference", "", words)
        elif not any(a <= start < b for a, b, other in spans if other == "abstract"):
            draft.paragraph(words)
    return next((" ".join(text[start:end].split()) for start, end in _spans(notes, "title", len(text))), "")


def _spans(notes: dict[str, Any], kind: str, length: int) -> list[tuple[int, int]]:
    value = notes.get(kind)
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return []
    places = []
    for span in found if isinstance(found, list) else ():
        try:
            start, end = int(_dict(span)["start"]), int(_dict(span)["end"])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
        if 0 <= start < end <= length:
            places.append((start, end))
    return places
