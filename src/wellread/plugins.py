"""Plug-ins by file stem: a file `views/cloze.py` is the view that recipes call `cloze`. Nothing is registered."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from wellread.errors import UnknownNameError


@cache
def names(package: str) -> tuple[str, ...]:
    """Names of the plug-ins in `package` (dotted), in alphabetical order. The folder is read once."""
    found = importlib.import_module(package)
    return tuple(sorted(m.name for m in pkgutil.iter_modules(found.__path__) if not m.name.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """The plug-in module `name` of `package`.

    Raises UnknownNameError, which lists the known ones. The package's last part, in the singular, is its word for
    the kind.
    """
    known = names(package)
    if name not in known:
        raise UnknownNameError(package.rsplit(".", 1)[-1].removesuffix("s"), name, known)
    return importlib.import_module(f"{package}.{name}")
