"""What a parser makes of a file, and the small rules about text that all parsers share.

A parser module may also offer `parse_many(path, params) -> Iterator[tuple[str, Parsed | InputError]]` for files that
hold many papers. It streams; the first of each pair says where in the file the paper stands.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from pydantic import Field

from wellread import plugins
from wellread.records import Frozen

PARSERS = "wellread.corpus.parsers"
HEAD = 4096  # bytes that a parser sees to claim a file

_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_SPACES = (
    "\x1c\x1d\x1e\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
)
_HYPHENS = "\u2010\u2011"  # the hyphen and the no-break hyphen read as the plain one
# Soft hyphen, zero-width spaces and joiners, word joiner, signs of invisible operators, stray byte-order mark; and
# control characters, which never belong in a text, though an entity such as &#8; can spell one.
_NOTHING = "[\u00ad\u200b-\u200d\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_PLAIN = dict.fromkeys(_LINE_ENDS, "\n") | dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-")
_ODD = re.compile(f"{_NOTHING}{_LINE_ENDS}{_SPACES}{_HYPHENS}]")

SectionKind = Literal["abstract", "introduction", "methods", "results", "discussion", "conclusion", "other"]
AsideKind = Literal["table", "figure", "formula", "reference", "note"]


class Section(Frozen):
    """A part of a paper under one heading. Sub-headings start sections of their own, with their parent's kind."""

    heading: str = Field(description="as the paper words it, without its number; empty where there is none")
    kind: SectionKind
    text: str = Field(description="paragraphs separated by a blank line, without the heading")


class Aside(Frozen):
    """What stands beside the running text."""

    kind: AsideKind
    label: str = Field(description="such as 'Table 1' or '[12]'; empty where there is none")
    text: str


class Parsed(Frozen):
    """A file's text, paragraphs separated by a blank line, title first; and what it says about itself."""

    title: str
    text: str
    licence: str | None = Field(None, description="short name such as CC-BY-4.0; 'copyright': all rights reserved")
    licence_text: str | None = Field(None, description="the words or the address that the licence was read from")
    doi: str | None = None
    journal: str | None = None
    year: int | None = None
    language: str | None = Field(None, description="as declared in the file: 'en', 'de'")
    sections: tuple[Section, ...] = ()
    asides: tuple[Aside, ...] = ()
    left_out: dict[str, int] = Field(default_factory=dict, description="what is no running text: tables, figures ...")


class Parser(Protocol):
    """The plug-ins in `parsers/`."""

    Params: type[Frozen]
    READS: str

    def claims(self, path: Path, head: bytes) -> bool:
        """Whether this parser reads a file of that name whose first bytes are `head`."""

    def parse(self, raw: bytes, source: str, params: Any) -> Parsed:
        """The text of the file `source`; raises InputError where it is broken."""


def parser_for(path: Path, head: bytes) -> Parser | None:
    """The parser that claims the file, or None."""
    for name in plugins.names(PARSERS):
        parser = cast(Parser, plugins.load(PARSERS, name))
        if parser.claims(path, head):
            return parser
    return None


def formats() -> str:
    """The formats that can be read, for messages."""
    return ", ".join(cast(Parser, plugins.load(PARSERS, name)).READS for name in plugins.names(PARSERS))


def tidy(text: str) -> str:
    """Plain spaces and hyphens, no invisible characters, no more than one blank line. Letters stay as they are."""
    one_line = text.isprintable()
    if one_line or text.replace("\n", "").isprintable():  # nothing odd but, perhaps, letters in two parts and hyphens
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace("\u2010", "-").replace("\u2011", "-")
        return text.strip() if one_line else _squeezed(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _squeezed(_ODD.sub(lambda odd: _PLAIN.get(odd[0], ""), text))


def _squeezed(text: str) -> str:
    if " \n" in text:
        text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    if "\n\n\n" in text:
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text.strip()


def first_line_title(text: str, source: str, longest: int = 120) -> str:
    """The first line of `text` where it looks like a title, else the stem of the file's name.

    A title is at most `longest` characters, isn't a sentence, and stands apart: a blank line or a long paragraph follows.
    """
    first, _, rest = text.partition("\n")
    following = rest.split("\n", 1)[0]
    apart = not following or len(following) > longest
    if apart and len(first) <= longest and not first.endswith((".", ",", ";", ":", "。", "-")):
        return first
    return Path(source).stem
