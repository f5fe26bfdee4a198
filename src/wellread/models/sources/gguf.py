"""gguf: a GGUF file on disk, converted once into the cache under its content's hash."""

from pathlib import Path

from wellread.errors import InputError
from wellread.models.cache import cached_model
from wellread.models.gguf import convert, nbytes
from wellread.runs.fingerprint import hash_file
from wellread.runs.progress import say

TITLE = "a GGUF file on disk, converted once"
FORM = "path/to/model.gguf"


def claims(name: str) -> bool:
    """Whether `name` is meant for this source."""
    return name.lower().endswith(".gguf") and not Path(name).expanduser().is_dir()


def fetch(name: str) -> Path:
    """The converted model's folder in the cache. Raises InputError or ModelError for a missing or damaged file."""
    path = Path(name).expanduser()
    if not path.is_file():
        raise InputError(f"{name}: no such file", "Check the path given with --model.")

    def make(out: Path) -> None:
        convert(path, out)
        say(f"Converted {path.name} to safetensors in {out.parent} (once)")

    return cached_model(f"{path.stem.lower()}-{hash_file(path)[:8]}", nbytes(path), make)
