"""Sets of JATS articles in one file: answers of PubMed Central, of OAI-PMH and of publishers' services.

Source: the wrappers that these services use (<pmc-articleset>, <OAI-PMH>, <response><records>, <articles>) around articles
of ANSI/NISO Z39.96. The file is cut at its articles as it streams, so that neither its size nor one broken article matters
to the others. Use it for downloads that hold many papers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from wellread.corpus.form import form
from wellread.corpus.parsed import Parsed
from wellread.corpus.parsers import jats
from wellread.corpus.parsers.jats import Params
from wellread.corpus.safexml import refuse_entities
from wellread.errors import InputError

READS = "sets of JATS articles (.xml)"

ROOTS = ("pmc-articleset", "articleset", "article-set", "articles", "oai-pmh", "response", "records", "collection")
_CHUNK = 1 << 20
_LARGEST = 100 << 20  # bytes of one article
_OPENING = re.compile(rb"<((?:[\w.-]+:)?article)(?=[\s>])[^>]*>")
_NAMESPACE = re.compile(rb"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ENCODING = re.compile(rb"^<\?xml[^>]*\sencoding\s*=\s*[\"']([\w.-]+)[\"']")


def claims(path: Path, head: bytes) -> bool:
    """XML whose root is one of ROOTS."""
    found = form(head)
    return found.kind == "xml" and found.root.lower() in ROOTS


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """The one article of a set. Raises InputError where it holds none, or several."""
    return jats.parse(raw, source, params)


def parse_many(path: Path, params: Params) -> Iterator[tuple[str, Parsed | InputError]]:
    """Each article with its place; broken ones as InputError."""
    number = 0
    try:
        for number, raw in enumerate(_articles(path), 1):
            yield f"article {number}", _parsed(raw, f"{path}, article {number}", params)
    except InputError as error:
        yield f"article {number + 1}", error
        return
    if not number:
        yield "the start", InputError(f"{path} holds no JATS article", "Give a set that holds <article> elements.")


def _parsed(raw: bytes, source: str, params: Params) -> Parsed | InputError:
    try:
        return jats.parse(raw, source, params)
    except InputError as error:
        return error


def _articles(path: Path) -> Iterator[bytes]:
    """Each article as a document of its own, with the name spaces that were declared around it."""
    with path.open("rb") as file:
        held = _next(file)
        if held.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError(f"{path} is UTF-16", "Save it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD > NEW")
        held = held.removeprefix(b"\xef\xbb\xbf").lstrip()
        refuse_entities(held, str(path))
        named = _ENCODING.match(held)
        encoding = named[1] if named else b"utf-8"
        # A DTD that is never read lets characters go by their names (&nbsp;), as it does around the set.
        prologue = b'<?xml version="1.0" encoding="' + encoding + b'"?><!DOCTYPE article SYSTEM "set.dtd">'
        around = b""
        while True:
            opening = _OPENING.search(held)
            if not opening:
                rest = held[-_CHUNK:]
                if not (more := _next(file)):
                    return
                around, held = around + b"".join(_NAMESPACE.findall(held)), rest + more
                continue
            around += b"".join(_NAMESPACE.findall(held, 0, opening.start()))
            end, held = _end(opening, held, file)
            if not end:
                raise InputError(
                    f"{path} ends within an article", "Get the file again; the articles before it are read."
                )
            yield prologue + _with(around, opening[0]) + held[opening.end() : end]
            held = held[end:]


def _end(opening: re.Match[bytes], held: bytes, file: IO[bytes]) -> tuple[int, bytes]:
    """Where the article that `opening` begins ends, and what is held by then; 0 where the file ends before."""
    closing = re.compile(rb"</" + re.escape(opening[1]) + rb"\s*>")
    start = opening.end()
    while not (found := closing.search(held, start)):
        start = max(opening.end(), len(held) - 200)
        more = _next(file)
        if not more or len(held) > _LARGEST:
            return 0, held
        held += more
    return found.end(), held


def _next(file: IO[bytes]) -> bytes:
    return file.read(_CHUNK)


def _with(around: bytes, opening: bytes) -> bytes:
    """The opening tag with the name spaces `around` it, but for those that it declares itself."""
    own = {name.split(b"=")[0].strip() for name in _NAMESPACE.findall(opening)}
    missing = {name.split(b"=")[0].strip(): name for name in _NAMESPACE.findall(around)}
    added = b"".join(name for key, name in missing.items() if key not in own)
    return opening[:-1] + added + b">"
