"""XML from strangers: nothing is fetched, no entity is resolved, declared entities are refused."""

import html
import re
from html.entities import html5
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from lxml import etree

from wellread.errors import InputError

_CHARACTERS = {name[:-1]: sign for name, sign in html5.items() if name.endswith(";")}
# A letter or a few by another name: whatever is made of them is no larger than what was read.
_HARMLESS = re.compile(r"(?:[^&%<]|&#\w{1,7};){0,4}")
_NO_NAME = etree.ErrorTypes.DTD_XMLID_VALUE  # xml:id="0", as GROBID writes


class _RootReachedError(Exception):
    """The prologue is over; entities can only be declared in it."""


class _EntityError(Exception):
    """An entity is declared."""


def open_xml(raw: bytes, source: str) -> etree._Element:
    """The root element.

    A DOCTYPE that names an external DTD is fine and never fetched. Raises InputError for broken XML, with line and
    column, and for declared entities: they blow up to gigabytes or read other files.
    """
    if not raw.strip():
        raise InputError(f"{source} holds only white space", "Put text into it, or leave it out.")
    if _declares_entity(raw):
        raise _refused(source)
    reader = _reader()
    try:
        root = etree.fromstring(raw, reader)
    except etree.XMLSyntaxError as error:
        log: Any = reader.error_log  # that of the error holds those of other files too
        if {entry.type for entry in log} != {_NO_NAME}:
            raise _broken(source, error) from error
        root = etree.fromstring(raw, _reader(recover=True))
    declared: Any = root.getroottree().docinfo.internalDTD  # lxml's type stubs lack what it declares
    if declared is not None and declared.entities():
        raise _refused(source)
    return root


def open_tree(raw: bytes, source: str) -> ElementTree.Element:
    """The root as an element of the standard library, whose tree is walked in half the time. Raises what `open_xml` does.

    Entities that a DTD elsewhere declares and HTML knows, such as &nbsp;, are the characters that they stand for; so are those
    that the file declares as a letter or a few.
    """
    raw = raw.lstrip(b" \t\r\n")  # before which some servers put an empty line, which no XML may begin with
    if not raw or _declares_entity(raw, but=_HARMLESS):
        open_xml(raw, source)  # says why
    reader = ElementTree.XMLParser()
    reader.entity.update(_CHARACTERS)
    try:
        return ElementTree.fromstring(raw, reader)
    except (ElementTree.ParseError, LookupError, ValueError):  # broken, or in an encoding that only lxml reads
        root = open_xml(raw, source)
        for entity in list(root.iter(etree.Entity)):
            _put_in_words(entity)
        return ElementTree.fromstring(etree.tostring(root, encoding="utf-8"))


def _put_in_words(entity: Any) -> None:
    """Replace an entity by its character; by its name where nobody knows it."""
    words = html.unescape(entity.text) + (entity.tail or "")
    before, parent = entity.getprevious(), entity.getparent()
    parent.remove(entity)
    if before is None:
        parent.text = (parent.text or "") + words
    else:
        before.tail = (before.tail or "") + words


def _broken(source: str, error: etree.XMLSyntaxError) -> InputError:
    line, column = error.position
    said = " ".join(str(error.msg).split(", line ")[0].split())  # lxml tells the place once more
    what = f"{source} is broken XML: line {line}, column {column}: {said}"
    return InputError(what, "Get the file again, or mend that place.")


def _reader(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True,
        recover=recover,
    )  # fmt: skip


def _refused(source: str) -> InputError:
    return InputError(
        f"{source} declares XML entities", "They can hide attacks and aren't read; remove the <!ENTITY lines."
    )


def refuse_entities(head: bytes, source: str) -> None:
    """Raise InputError where the prologue in `head` declares entities."""
    if _declares_entity(head):
        raise _refused(source)


def _declares_entity(raw: bytes, but: re.Pattern[str] | None = None) -> bool:
    """Whether the prologue declares an entity, `but` for such values, seen before anything could be expanded."""

    def entity(name: str, parameter: bool, value: str | None, *declared: object) -> None:
        if but and value is not None and not parameter and but.fullmatch(value):
            return
        if declared[-1] is None:  # else it names a picture's format, and is never put into the text
            raise _EntityError

    def root(*_: object) -> None:
        raise _RootReachedError

    reader = expat.ParserCreate()
    reader.EntityDeclHandler = entity
    reader.StartElementHandler = root
    try:
        reader.Parse(raw, True)
    except _EntityError:
        return True
    except (_RootReachedError, expat.ExpatError, LookupError, ValueError):
        return False  # what is broken is told by the second reader, with its place
    return False


def local_name(node: etree._Element | ElementTree.Element | None) -> str:
    """The name of an element without its name space; empty for what is no element."""
    return "" if node is None or not isinstance(node.tag, str) else node.tag.rpartition("}")[2]
