"""XML from strangers: nothing is fetched, no entity is resolved, declared entities are refused."""

from typing import Any
from xml.parsers import expat

from lxml import etree

from wellread.errors import InputError

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


def _declares_entity(raw: bytes) -> bool:
    """Whether the prologue declares an entity, seen before anything could be expanded."""

    def entity(*_: object) -> None:
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


def local_name(node: etree._Element | None) -> str:
    """The name of an element without its name space; empty for what is no element."""
    return "" if node is None or not isinstance(node.tag, str) else node.tag.rpartition("}")[2]
