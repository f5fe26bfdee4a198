"""A figure with its caption and the numbers that it shows; or why there is none."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """`columns` and `rows` are what is drawn, for who wants the numbers."""

    svg: Markup
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


class LackingError(Exception):
    """A figure can't be drawn: the message says what is missing, in one line."""
