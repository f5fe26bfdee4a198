"""Plain text, taken as it is.

Source: none; the format has no markup. Use it for texts saved as .txt, such as copies from an editor.
"""

from pathlib import Path

from pydantic import Field

from wellread import files
from wellread.corpus.parsed import Parsed, finished, first_line_title, starts_as_xml, tidy
from wellread.records import Frozen

READS = "plain text (.txt, .text)"


class Params(Frozen):
    """What counts as a title."""

    longest_title: int = Field(default=120, ge=1, description="characters; a longer first line is no title")


def claims(path: Path, head: bytes) -> bool:
    """By the name, unless the file begins as XML does."""
    return path.suffix.lower() in (".txt", ".text") and not starts_as_xml(head)


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The text; its title is the first line where that is short and stands apart, else the stem of the file's name.

    Raises InputError where the bytes aren't text.
    """
    text = tidy(files.decode(raw, source))
    return finished(first_line_title(text, source, params.longest_title), text, source)
