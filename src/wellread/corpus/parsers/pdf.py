"""PDF, by its text layer: columns in reading order, words made whole, running heads and page numbers left out.

Source: ISO 32000, read with PDFium in a process of its own, so that a broken file can neither crash nor hang the run.
Headings open sections; captions, tables, notes in small print and references go aside. Use it where no XML of the paper
is to be had. A scanned paper must be put through OCR first.
"""

import itertools
import re
from pathlib import Path
from typing import Any

from pydantic import Field

from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.licence import Licence, licence_in
from wellread.corpus.parsed import Parsed
from wellread.corpus.pdf.block import CAPTION, Block
from wellread.corpus.pdf.flow import blocks
from wellread.corpus.pdf.layout import body_size, columns
from wellread.corpus.pdf.lines import Piece
from wellread.corpus.pdf.worker import worker
from wellread.corpus.sections import is_canonical
from wellread.errors import InputError
from wellread.records import Frozen

READS = "PDF (.pdf)"

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>|{}\[\]]*[^\s\"'<>|{}\[\].,;:)]")
_CUT_DOI = re.compile(r"(\b10\.\d{4,9}/\S*[./_-])\n(?=[a-z0-9])")  # at the end of a line
_OWN = re.compile(r"open[\s-]access\W|this\s+(?:article|work|paper|is\s+an\s+open)", re.IGNORECASE)
_YEARS = [
    re.compile(rf"(?:{word})[^\n]{{0,60}}?\b((?:19|20)\d\d)\b", re.IGNORECASE)
    for word in ("published", "©|\\(c\\)|copyright", "accepted", "received")
]
_STRANGE = re.compile("[\x00-\x1f\ue000-\uf8ff\ufffd]")
_ABSTRACT = re.compile(
    r"(abstract|summary|zusammenfassung|要旨|抄録)\s*[:.—–-]?\s+(?=[A-Z\u3040-\u9fff])", re.IGNORECASE
)
_LONG = 30  # words of a paragraph before the first heading that isn't just an affiliation
_FIXES = {
    "encrypted": ("is encrypted", "Save a copy without a password."),
    "broken": ("is a broken PDF", "Get the file again, or print it to a new PDF."),
    "long": ("is too long for a paper", "Split it."),
}


class Params(Frozen):
    """What reading one file may cost."""

    seconds: float = Field(default=10, gt=0, le=600, description="a file that takes longer is refused")
    memory_mb: int = Field(default=1024, ge=256, description="memory that the reader may take")


def claims(path: Path, head: bytes) -> bool:
    """By its first bytes; by the name only where they say nothing."""
    kind = form(head).kind
    return kind == "pdf" or (kind in ("binary", "empty", "text") and named(path, ".pdf"))


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Title, sections, asides; DOI, year and licence as far as the first and the last pages tell.

    Raises InputError for encrypted, scanned and broken files, and for those that cost more than `params` allow.
    """
    if b"%PDF-" not in raw[:1024]:
        raise InputError(f"{source} is not a PDF, whatever its name", "Give it the name of what it is.")
    return told(worker(params.seconds, params.memory_mb << 20).read(raw, source), source)


def told(read: dict[str, Any], source: str) -> Parsed:
    """The paper from what the reader said of its file. Raises InputError where that is an error, or no text."""
    if "error" in read:
        what, fix = _FIXES[read["error"]]
        raise InputError(f"{source} {what} ({' '.join(str(read['said']).split())[:150]})", fix)
    pages = [[Piece(*piece) for piece in page["lines"]] for page in read["pages"]]
    _refuse_unreadable(pages, read["pages"], source)
    draft = Draft(source)
    draft.left_out.update({"rotated lines": sum(page["turned"] for page in read["pages"]), "pages": read["unread"]})
    draft.left_out += type(draft.left_out)()  # only what there is
    size = body_size(pages)
    found = blocks(columns(pages), size)
    texts = ["\n".join(piece.text for piece in page) for page in pages]
    first = texts[0]
    title = _title(pages[0], str(read["meta"].get("Title", "")), size)
    _tell(draft, found, title)
    said = _licence(texts)
    doi, year = (
        _DOI.search(_CUT_DOI.sub(r"\1", first)),
        next(filter(None, (words.search(first) for words in _YEARS)), None),
    )
    return draft.finish(
        title or Path(source).stem,
        licence=said.name, licence_text=said.words, doi=doi[0].rstrip(".") if doi else None, year=int(year[1]) if year else None,
    )  # fmt: skip


def _licence(pages: list[str]) -> Licence:
    """From the first page, then from what later pages say of the article itself, then from the last page."""
    first, last = licence_in(pages[0]), licence_in(pages[-1])
    own = (licence_in(page[found.start() :][:600]) for page in pages[:0:-1] for found in _OWN.finditer(page))
    free = (said for said in itertools.chain([first], own, [last]) if said.name not in (None, "copyright"))
    return next(free, first if first.name else last)


def _refuse_unreadable(pages: list[list[Piece]], read: list[dict[str, Any]], source: str) -> None:
    """Raises InputError for a file without text, or whose fonts don't tell which letters they draw."""
    text = "".join(piece.text for page in pages for piece in page)
    pictures = sum(page["pictures"] for page in read)
    fewest = min(100 * pictures, 20 * len(pages)) or 1
    letters = sum(1 for _ in itertools.islice(filter(str.isalpha, text), fewest))
    if letters < fewest:
        what = "has no text layer; it looks scanned" if pictures else "has no text"
        raise InputError(f"{source} {what}", "Put it through OCR first, for example with ocrmypdf.")
    if len(_STRANGE.findall(text)) > 0.3 * len(text):
        raise InputError(f"{source} has fonts that don't say which letters they draw", "Put it through OCR first.")


def _title(page: list[Piece], declared: str, size: float) -> str:
    """The declared title where the first page shows it, else the largest words there; `size` is that of the body."""
    shown = re.sub(r"\W+", "", " ".join(piece.text for piece in page)).casefold()
    wanted = re.sub(r"\W+", "", declared).casefold()
    if len(wanted) > 15 and wanted in shown:
        return declared
    large: dict[float, list[str]] = {}
    for piece in page:
        if piece.size > 1.15 * size:
            large.setdefault(round(piece.size), []).append(piece.text)
    large_words = [" ".join(large[height]) for height in sorted(large, reverse=True)]
    large_words = [words for words in large_words if len(words) <= 400 and not is_canonical(words)]
    longest = next((words for words in large_words if len(words) >= 12 and len(words.split()) >= 4), None)
    return longest or (declared if wanted and wanted in shown else "") or next(iter(large_words), "")


def _is_prose(text: str) -> bool:
    """Whether `text` is a paragraph rather than a list of names and addresses."""
    words = [word for word in text.split() if word[0].isalnum()]
    capital = sum(1 for word in words if not word[0].islower())
    return len(words) >= _LONG and capital < 0.42 * len(words)


def _is_title(block: Block, shown: str) -> bool:
    """Whether it is the title, or a line of it; `shown` is the title folded."""
    folded = re.sub(r"\W+", "", block.text).casefold()
    return folded == shown or (block.kind == "heading" and len(folded) > 8 and folded in shown)


def _tell(draft: Draft, found: list[Block], title: str) -> None:
    """Put the blocks into the draft. Before the first usual heading only long paragraphs are text."""
    start = next((i for i, block in enumerate(found) if block.kind == "heading" and is_canonical(block.text)), 0)
    start = start if found and found[start].page <= 1 else 0
    shown = re.sub(r"\W+", "", title).casefold()
    lead = start > 0
    for number, block in enumerate(found):
        if block.page == 0 and _is_title(block, shown):
            continue
        if block.kind == "caption" or block.kind == "table":
            named = CAPTION.match(block.text)
            of_table = block.kind == "table" or (named and named[1].lower().startswith(("tab", "表")))
            label = f"{named[1]} {named[2]}" if named else ""
            rows = "\n".join(" | ".join(p.text for p in row.pieces) for row in block.rows)
            draft.aside("table" if of_table else "figure", label, rows if block.kind == "table" else block.text)
        elif block.kind == "small" or (number < start and (block.kind == "heading" or not _is_prose(block.text))):
            draft.aside("note", "", block.text)
        elif block.kind == "heading":
            draft.section(block.text, block.level)
        else:
            text = block.text
            if (opened := _ABSTRACT.match(text)) and block.page <= 1:
                draft.section(opened[1], 1, "abstract")
                text = text[opened.end() :]
            elif lead and number < start and not draft.told:
                draft.section("", 1, "abstract")
            draft.paragraph(text)
