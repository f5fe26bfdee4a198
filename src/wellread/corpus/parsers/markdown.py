"""Markdown: keeps the words, removes the markup, leaves chemical names alone.

Source: the CommonMark specification 0.31 (blocks), with the stricter inline rules of `corpus/inline.py`. Lines are not
joined, because a text may be told as lines ('Q: ...', 'A: ...'). Use it for texts that people wrote by hand.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wellread import files
from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.inline import is_address, plain
from wellread.corpus.licence import licence
from wellread.corpus.parsed import Parsed
from wellread.records import Frozen

READS = "Markdown (.md, .markdown)"

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z][\w -]*):(?:[ \t]+(.*))?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_QUOTE = re.compile(r"^ {0,3}(?:> ?(?![\d=.]))+")  # '>50%' is a number, not a quotation
_MORE_THAN = re.compile(r" {0,3}> ?[\d=.]")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*[\"')])?[ \t]*")
_FOOTNOTE = re.compile(r"^ {0,3}\[(\^[^\[\]]+)\]:[ \t]*")
_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


class Params(Frozen):
    """Nothing to set."""


class _Block(NamedTuple):
    kind: str  # 'heading', 'text' or 'code'
    lines: list[str]
    level: int = 0  # of a heading; 1 is the outermost


def claims(path: Path, head: bytes) -> bool:
    """Text, by its name."""
    return form(head).kind in ("text", "binary", "empty") and named(path, ".md", ".markdown")


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The title (first heading) and the sections; title, licence, DOI, journal and year also from YAML front matter.

    Raises InputError where the bytes aren't text.
    """
    text = re.sub(r"\r\n?", "\n", files.decode(raw, source)).lstrip("\n")
    fields, text = _front_matter(text)
    blocks = list(_blocks(text.split("\n")))
    names = _names(blocks)
    told = [(block, words) for block in blocks if (words := _told(block, names)).strip()]
    draft = Draft(source)
    draft.left_out.update({"front matter": 1} if fields else {})
    title = fields.get("title") or next((words for block, words in told if block.level), None)
    if told and told[0][0].level and told[0][1] == title:
        told = told[1:]
    for block, words in told:
        if block.level:
            draft.section(words, block.level)
        else:
            draft.paragraph(words)
    declared = fields.get("licence") or fields.get("license") or ""
    said = licence([], declared)
    year = re.search(r"[12]\d{3}", fields.get("year") or fields.get("date") or "")
    return draft.finish(
        title, licence=said.name or declared[:60] or None, licence_text=said.words, doi=fields.get("doi"), journal=fields.get("journal"),
        year=int(year[0]) if year else None, language=fields.get("language") or fields.get("lang"),
    )  # fmt: skip


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of YAML front matter, lower case, and the text after it."""
    found = _FRONT.match(text)
    lines = found[1].splitlines() if found else []
    if not found or not any(_FIELD.fullmatch(line) for line in lines):
        return {}, text
    if any(line.strip() and not _FIELD.fullmatch(line) and line[0] not in " \t-#" for line in lines):
        return {}, text  # prose between two rules
    pairs = [match for line in lines if (match := _FIELD.fullmatch(line))]
    fields = {pair[1].strip().lower(): (pair[2] or "").strip().strip("\"'") for pair in pairs}
    return {name: value for name, value in fields.items() if value}, text[found.end() :]


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Headings, paragraphs and fenced code, in order."""
    para: list[str] = []
    fence, code = "", list[str]()
    for line in _without_comments(lines):
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not line[opening.end() :].strip():
                yield _Block("code", code)
                fence, code = "", []
            else:
                code.append(line)
            continue
        heading = _HEADING.fullmatch(line)
        if para and _UNDERLINE.fullmatch(line) and len(para) == 1:
            yield _Block("heading", para, 1 if "=" in line else 2)
            para = []
        elif opening or heading or not line.strip() or _RULE.fullmatch(line):
            yield from _paragraph(para)
            para = []
            if opening:
                fence = opening[1]
            elif heading:
                yield _Block("heading", [heading[2] or ""], len(heading[1]))
        else:
            para.append(line)
    yield from _paragraph(para)
    if fence:
        yield _Block("code", code)


def _without_comments(lines: list[str]) -> list[str]:
    """HTML comments away; in fenced code they stay."""
    kept, parts, fence = list[str](), list[str](), ""
    for line in lines:
        opening = _FENCE.match(line)
        if fence or opening:
            if not fence and opening:
                kept += _uncommented(parts)
                parts, fence = [], opening[1]
            elif opening and opening[1].startswith(fence):
                fence = ""
            kept.append(line)
        else:
            parts.append(line)
    return kept + _uncommented(parts)


def _uncommented(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    end = text.rfind("-->")  # a comment without an end is text
    return (_COMMENT.sub("", text[: end + 3]) + text[end + 3 :]).split("\n") if end >= 0 else lines


def _paragraph(lines: list[str]) -> Iterator[_Block]:
    if len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and _TABLE.fullmatch(lines[1]):
        lines = ["; ".join(cell.strip() for cell in row.strip().strip("|").split("|")) for row in lines[:1] + lines[2:]]
    if lines:
        yield _Block("text", lines)


def _names(blocks: list[_Block]) -> frozenset[str]:
    """Names of links and footnotes that the document defines."""
    names = set()
    for line in (line for block in blocks if block.kind == "text" for line in block.lines):
        if (found := _DEFINITION.fullmatch(line)) and is_address(found[2]):
            names.add(found[1].casefold())
        elif note := _FOOTNOTE.match(line):
            names.add(note[1].casefold())
    return frozenset(names)


def _told(block: _Block, names: frozenset[str]) -> str:
    """The words of a block."""
    if block.kind == "code":
        return "\n".join(block.lines).strip("\n")
    kept, in_list = [], True
    quoted = all(line.lstrip().startswith(("> ", ">>")) or line.strip() == ">" for line in block.lines)
    for line in block.lines:
        if (found := _DEFINITION.fullmatch(line)) and found[1].casefold() in names:
            continue
        line = _FOOTNOTE.sub("", line, count=1)
        if quoted or not _MORE_THAN.match(line):
            line = _QUOTE.sub("", line, count=1)
        bullet = _BULLET.match(line)
        # In the midst of a paragraph, '- 5' at the start of a line is a number, not an item of a list.
        item = bullet is not None and (in_list or not line[bullet.end() :][:1].isdigit())
        in_list = item or (in_list and line[:1].isspace())
        kept.append(line[bullet.end() :] if bullet and item else line.strip())
    words = plain("\n".join(kept), names)
    return " ".join(words.split()) if block.kind == "heading" else words
