"""JSON from strangers, record by record: one object, an array of them, or a line for each (JSON Lines), as a stream."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from wellread import files
from wellread.corpus.parsed import Parsed
from wellread.errors import InputError

_CHUNK = 1 << 18
_LARGEST = 64 << 20  # characters of one record
_DECODER = json.JSONDecoder()
Make = Callable[[dict[str, Any], str], Parsed]


def only(raw: bytes, source: str, make: Make) -> Parsed:
    """The one paper in `raw`, made by `make(record, where)`. Raises InputError where there is none, or several."""
    text = files.decode(raw, source)
    found = list(itertools.islice(_values(text, source), 2))
    if len(found) > 1:
        raise InputError(f"{source} holds several papers", "`wellread ingest` reads them all.")
    if not found:
        raise InputError(f"{source} holds no record", "Give a JSON object for each paper.")
    return made(found[0], source, make)


def _values(text: str, source: str) -> Iterator[Any]:
    at = 0
    start = text.lstrip("\ufeff \t\r\n")
    array = start.startswith("[")
    text = start[1:] if array else start
    while len(text) > at and (place := _skipped(text, at)) < len(text) and text[place] != "]":
        try:
            value, at = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise _broken(source, error) from error
        yield value


def _skipped(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def each(path: Path, make: Make) -> Iterator[tuple[str, Parsed | InputError]]:
    """Each paper of a file with its place ('line 3', 'item 3'); what can't be read comes as an InputError."""
    with path.open(encoding="utf-8-sig", errors="strict", newline="\n") as file:
        try:
            first = file.read(1)
            while first.isspace():
                first = file.read(1)
        except UnicodeDecodeError as error:
            yield "the start", InputError(f"{path} is not UTF-8: {error.reason}", "Save it as UTF-8.")
            return
        places = _items(file, first == "[", first, str(path))
        while True:
            try:
                where, value = next(places)
                yield where, _made_or_told(value, f"{path}, {where}", make)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                yield "somewhere", InputError(f"{path} is not UTF-8: {error.reason}", "Save it as UTF-8.")
                return


def _made_or_told(value: Any, where: str, make: Make) -> Parsed | InputError:
    if isinstance(value, InputError):
        return value
    try:
        return made(value, where, make)
    except InputError as error:
        return error


def made(value: Any, where: str, make: Make) -> Parsed:
    """The paper of one record. Raises InputError where the record is no object."""
    if not isinstance(value, dict):
        raise InputError(f"{where} is no JSON object but {type(value).__name__}", "Give an object for each paper.")
    return make(value, where)


def _items(file: TextIO, array: bool, first: str, source: str) -> Iterator[tuple[str, Any]]:
    """The values in a file, read in pieces: memory holds one record."""
    text, number, ended = "" if array else first, 0, False
    while True:
        place = _skipped(text, 0)
        if place < len(text) and text[place] == "]" and array:
            return
        if place < len(text):
            try:
                value, at = _DECODER.raw_decode(text, place)
                if at < len(text) or ended:
                    number += 1
                    yield f"record {number}", value
                    text = text[at:]
                    continue
            except (ValueError, RecursionError) as error:
                line_end = -1 if array else text.find("\n", place)
                if isinstance(error, RecursionError) or ended or line_end >= 0 or len(text) > _LARGEST:
                    number += 1
                    yield f"record {number}", _broken(f"{source}, record {number}", error)
                    if line_end < 0:
                        return  # nothing tells where the next one begins
                    text = text[line_end + 1 :]
                    continue
        elif ended:
            return
        more = file.read(max(_CHUNK, len(text)))
        ended = not more
        text = text[place:] + more


def _broken(source: str, error: Exception) -> InputError:
    said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split(": line")[0]
    return InputError(f"{source} is broken JSON: {said}", "Mend it, or leave it out.")
