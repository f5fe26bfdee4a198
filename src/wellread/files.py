"""Reading what the user named: bytes and text. Each failure is one clear line about the file and what to do."""

import codecs
import difflib
import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from wellread.errors import InputError

# Tab, line feed, vertical tab, form feed and carriage return occur in text; no other control character does.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def existing(name: str | Path) -> Path:
    """The path `name`, which must exist.

    Raises InputError with the nearest name of that folder.
    """
    try:
        path = well_named(Path(name).expanduser())
        if path.exists():
            return path
    except (OSError, RuntimeError) as error:  # a name that is too long; '~nobody'
        raise InputError(f"{str(name)[:120]} can't be read: {error}", "Check the name.") from error
    raise InputError(f"no such file or folder: {path}", _nearest(path))


def well_named(path: Path) -> Path:
    """The same path; raises InputError where its name isn't text, so that no record could hold it."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{str(path)!a} has a name that isn't UTF-8", "Rename it.") from error
    return path


def _nearest(path: Path) -> str:
    parent = path.parent
    if not parent.is_dir():
        return f"The folder {parent} doesn't exist either."
    names: list[str] = []
    with suppress(OSError):  # a folder that may not be listed
        names = [p.name for p in parent.iterdir()]
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"Did you mean {str(parent / near[0])!r}?" if near else f"Check the name; {parent} holds nothing like it."


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises InputError where it is missing, unreadable or empty.
    """
    existing(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}", "Give a file that you may read.") from error
    if not raw:
        raise InputError(f"{path} is empty (0 bytes)", "Put text into it, or leave it out.")
    return raw


def decode(raw: bytes, source: str) -> str:
    """Text from bytes: UTF-8, or UTF-16 and UTF-32 where a byte-order mark says so.

    `source` is the name for messages. Raises InputError for binary data, other encodings and white space alone.
    """
    codec = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    if codec == "utf-8" and (binary := _CONTROL.search(raw.decode("latin-1"))):
        raise _not_text(source, ord(binary.group()), _place(raw, binary.start()))
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        raise _not_unicode(raw, source, error) from error
    if strange := _CONTROL.search(text):
        raise _not_text(source, ord(strange.group()), f"character {strange.start()}")
    if not text.strip():
        raise InputError(f"{source} holds only white space", "Put text into it, or leave it out.")
    return text


def _place(raw: bytes, offset: int) -> str:
    line = raw.count(b"\n", 0, offset) + 1
    return f"offset {offset}, line {line}"


def _not_text(source: str, code: int, where: str) -> InputError:
    return InputError(f"{source} is not text: it has byte 0x{code:02x} at {where}", "Give a text file saved as UTF-8.")


def _not_unicode(raw: bytes, source: str, error: UnicodeDecodeError) -> InputError:
    what = f"{source} is not {error.encoding.upper()}: byte 0x{error.object[error.start]:02x} at {_place(raw, error.start)}"
    return InputError(what, "Save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW")


def sha256(raw: bytes) -> str:
    """The SHA-256 of `raw` in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


class _Once(yaml.SafeLoader):
    """YAML in which no name stands twice in one mapping: PyYAML itself would keep the last and drop the others."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := [name for name in names if names.count(name) > 1]:
            raise yaml.YAMLError(f"{twice[0]!r} stands twice in one group, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """What a YAML file says. Raises InputError where it can't be read, or a name stands twice in one group of it."""
    text = decode(read_bytes(path), str(path))
    try:
        return yaml.load(text, _Once)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # '2023-13-45' is no date, and no YAMLError
        raise InputError(f"{path}: not YAML: {' '.join(str(error).split())}", "Mend it there.") from None
