"""folder: a local folder in the hub's format (config.json, safetensors, tokenizer), or a wellread run."""

from pathlib import Path

from wellread.errors import InputError, ModelError

TITLE = "a local model folder, or a run folder (its taught model)"
FORM = "path/to/folder"


def claims(name: str) -> bool:
    """Whether `name` is meant for this source."""
    return (bool(name) and Path(name).expanduser().is_dir()) or name.startswith((".", "/", "~"))


def fetch(name: str) -> Path:
    """The folder itself. Raises InputError where it is missing, ModelError where it holds no safe weights."""
    path = Path(name).expanduser()
    if (path / "run.json").is_file():
        path = path / "model"
    if not path.is_dir():
        raise InputError(f"{name}: no model folder here", "Check the path given with --model.")
    if not (path / "config.json").is_file():
        raise ModelError(f"{path}: no config.json", "Name a folder in the hub's format, a .gguf file or `bundled`.")
    if not any(path.glob("*.safetensors")):
        pickled = any(path.glob("*.bin")) or any(path.glob("*.pt"))
        fix = (
            "Weights in pickles are refused; save the model again with safetensors." if pickled else "Copy them there."
        )
        raise ModelError(f"{path}: no .safetensors weights", fix)
    return path
