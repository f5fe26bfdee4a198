"""What a file is, by its first bytes. Parsers claim files by it; the name decides only where the contents leave it open.

Source: the magic numbers and opening tags of each format's specification.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["pdf", "xml", "html", "json", "latex", "text", "binary", "empty"]

_XML_ROOT = re.compile(r"<\s*(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(head|body|meta|title|script|link|div|section|main|h1|table)[\s>]", re.IGNORECASE
)
_JSON = re.compile(r"\s*(?:\[\s*)*\{\s*(?:\"|\}|$)")
_LATEX = re.compile(
    r"^[^%\n]*\\(?:documentclass|documentstyle|begin\s*\{document\}|section\*?\s*\{|usepackage\b|input\s*\{|maketitle\b)",
    re.MULTILINE,
)
_MARKDOWN_FIRST = re.compile(r"\s*(?:---[ \t]*\n|#{1,6} )")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Form(NamedTuple):
    """The kind; `root` is the local name of the root element where that is known; `head` the first characters."""

    kind: Kind
    root: str
    head: str


@lru_cache(maxsize=64)
def form(head: bytes) -> Form:
    """What the file that starts with `head` is. Text that carries no signs of its own is 'text'."""
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"):
        return Form("pdf", "", "")
    text = _decoded(head)
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        return Form("empty", "", "")
    if start.startswith("<"):
        return _marked_up(start)
    if _CONTROL.search(start):
        return Form("binary", "", "")
    if _JSON.match(start):
        return Form("json", "", start)
    if _LATEX.search(start) and not _MARKDOWN_FIRST.match(start):
        return Form("latex", "", start)
    return Form("text", "", start)


def named(path: Path, *suffixes: str) -> bool:
    """Whether the file's name ends in one of `suffixes`."""
    return path.suffix.lower() in suffixes


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:4].count(b"\x00") == 2:
        little = head.startswith(b"\xff\xfe") or head[1:2] == b"\x00"
        return head.decode("utf-16-le" if little else "utf-16-be", errors="ignore")
    return head.decode("utf-8", errors="replace")


def _marked_up(start: str) -> Form:
    rest = start
    is_html = False
    while found := _PROLOGUE.match(rest):
        is_html = is_html or re.match(r"\s*<!doctype\s+html", found[0], re.IGNORECASE) is not None
        rest = rest[found.end() :]
    rest = rest.lstrip()
    root = _XML_ROOT.match(rest)
    name = root[1] if root else ""
    if is_html or name.lower() == "html" or (not start.startswith("<?xml") and _HTML.match(rest)):
        return Form("html", name, start)
    if name or start.startswith(("<?xml", "<!DOCTYPE", "<!--")):
        return Form("xml", name, start)
    return Form("text", "", start)
