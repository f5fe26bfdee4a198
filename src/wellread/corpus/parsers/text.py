"""Plain text, taken as it is.

Source: none; the format has no markup. A line that stands alone and is a usual heading ('2. Methods') opens a section;
references at the end go aside. Use it for texts saved as .txt, such as copies from an editor.
"""

import re
from pathlib import Path

from pydantic import Field

from wellread import files
from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.parsed import Parsed, first_line_title, tidy
from wellread.corpus.sections import is_canonical
from wellread.records import Frozen

READS = "plain text (.txt, .text)"

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z][^.;:!?]{2,70}")


class Params(Frozen):
    """What counts as a title."""

    longest_title: int = Field(default=120, ge=1, description="characters; a longer first line is no title")


def claims(path: Path, head: bytes) -> bool:
    """Text, by its name."""
    return form(head).kind in ("text", "binary", "empty") and named(path, ".txt", ".text")


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The text; its title is the first line where that is short and stands apart, else the stem of the file's name.

    Raises InputError where the bytes aren't text.
    """
    text = tidy(files.decode(raw, source))
    title = first_line_title(text, source, params.longest_title)
    first = text.split("\n", 1)[0]
    draft = Draft(source)
    body = text[len(first) :].strip() if first == title else text
    for block in body.split("\n\n"):
        head, _, rest = block.partition("\n")
        if level := _level(head) if not rest or is_canonical(head) else 0:
            draft.section(head, level)
            draft.paragraph(rest)
        else:
            draft.paragraph(block)
    return draft.finish(title, titled=first == title)


def _level(line: str) -> int:
    """How deep the heading `line` stands; 0 where it is none."""
    if found := _NUMBERED.fullmatch(line):
        return found[1].count(".") + 1
    return 1 if is_canonical(line) else 0
