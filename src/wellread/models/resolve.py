"""From a model's name to a folder on disk, with a revision that says exactly which weights they are."""

from dataclasses import dataclass
from pathlib import Path

from wellread import plugins
from wellread.errors import ConfigError
from wellread.runs.fingerprint import fingerprint, hash_file

SOURCES = "wellread.models.sources"
_DECIDE = {".safetensors", ".json", ".jinja", ".model"}
_VOCABULARIES = {"merges.txt", "vocab.txt"}


@dataclass(frozen=True)
class Model:
    """A model that is on disk."""

    name: str
    path: Path
    revision: str
    """SHA-256 over the weights, the config and the tokenizer."""


def resolve(name: str) -> Model:
    """Find the model `name`, fetching or converting it where needed.

    Raises ConfigError for a name of no known form, and what the source raises.
    """
    for source in (plugins.load(SOURCES, n) for n in plugins.names(SOURCES)):
        if source.claims(name):
            path = Path(source.fetch(name))
            return Model(name, path, revision(path))
    forms = "; ".join(f"{form} ({title})" for form, title in sorted(forms_known().items()))
    raise ConfigError(f"unknown model {name!r}", f"Known: {forms}")


def forms_known() -> dict[str, str]:
    """How a model can be named -> what that is."""
    found = [plugins.load(SOURCES, n) for n in plugins.names(SOURCES)]
    return {source.FORM: source.TITLE for source in found}


def revision(path: Path) -> str:
    """SHA-256 over the files of a model folder that decide what it says."""
    kept = sorted(p for p in path.iterdir() if p.suffix in _DECIDE or p.name in _VOCABULARIES)
    return fingerprint({p.name: hash_file(p) for p in kept})
