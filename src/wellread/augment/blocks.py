"""A text cut into paragraphs under their headings; lists and tables become sentences."""

import re

_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t#]*$")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•‣–][ \t]+|\(?\d{1,2}[.)][ \t]+)(\S.*)$")
_VALUE = re.compile(r"^[^:;]{2,40}[:;–—=][ \t]*[−–-]?\d")
_MARKUP = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])|`([^`]+)`")
_KEY = re.compile(r"[A-Z][a-z]+(?: [a-z-]+){0,4} ?[:–—=][ \t]*\S+(?: \S+){0,7}$")


def plain(text: str) -> str:
    """Without Markdown's marks for headings and emphasis."""
    return _MARKUP.sub(lambda m: m[1] or m[2] or m[3], re.sub(r"^[ \t]*#+[ \t]*", "", text)).strip()


def blocks(text: str) -> list[tuple[str | None, str]]:
    """(heading, paragraph) pairs."""
    found: list[tuple[str | None, str]] = []
    heading: str | None = None
    lines: list[str] = []

    def close() -> None:
        if _are_items(lines):
            found.extend((heading, _as_sentence(line)) for line in lines)
        elif lines:
            found.append((heading, "\n".join(lines)))
        lines.clear()

    for line in text.splitlines():
        match, item = _HEADING.match(line), _item(line)
        if match:
            close()
            heading = plain(match[1]) or None
        elif item is not None:
            close()
            if item:
                found.append((heading, item))
        elif line.strip():
            lines.append(plain(line))
        else:
            close()
    close()
    return found


def _item(line: str) -> str | None:
    """An item of a list as a sentence, a row of a table as 'first cell: the others'; '' for a row without words.

    None for any other line.
    """
    row = re.match(r"^\s*\|(.+)\|\s*$", line)
    if row:
        first, *others = [plain(cell) for cell in row[1].split("|")]
        return _as_sentence(f"{first}: {', '.join(others)}") if any(c.isalnum() for c in first) and others else ""
    match = _ITEM.match(line)
    if match is None:
        return None
    return _as_sentence(plain(match[1]))


def _are_items(lines: list[str]) -> bool:
    """Whether lines are items of a list or rows of a table whose marks are gone: each begins anew, none ends.

    A single line is one where it gives a value: 'Melting point: 146 °C'.
    """
    ended = [line.endswith((".", "!", "?", ",", ";", ":", "”", "。")) for line in lines]
    begun = [not line[:1].islower() for line in lines]
    if len(lines) < 2:
        return bool(lines) and not ended[0] and bool(_VALUE.search(lines[0]))
    return all(begun) and not any(ended)


def _as_sentence(item: str) -> str:
    """An item with a full stop; the cells of a row parted by a colon."""
    cells = re.match(r"([^;:.]{2,40}); (.+)", item)
    text = f"{cells[1]}: {cells[2]}" if cells else item
    if _KEY.match(text):  # no name, though it has a capital
        text = f"The {text[:1].lower()}{text[1:]}"
    return text if text.endswith((".", "!", "?", ":", ";", "”")) else f"{text}."
