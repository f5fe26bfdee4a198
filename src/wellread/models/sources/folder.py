"""folder: a local folder in the hub's format (config.json, safetensors, tokenizer), or a wellread run."""

from pathlib import Path

from wellread.errors import InputError, ModelError
from wellread.runs.run import INDEX, look

TITLE = "a local model folder, or a run folder (its taught model)"
FORM = "path/to/folder"


def claims(name: str) -> bool:
    """Whether `name` is meant for this source."""
    if bool(name) and Path(name).expanduser().is_dir():
        return True
    return name.startswith((".", "/", "~")) and not name.lower().endswith(".gguf")


def fetch(name: str) -> Path:
    """The folder itself. Raises InputError where it is missing, ModelError where it holds no safe weights."""
    path = Path(name).expanduser()
    if (path / INDEX).is_file():
        path = of_run(path)
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


def of_run(run: Path) -> Path:
    """The taught model of a run's folder. Raises InputError where the run didn't come so far, or kept none."""
    if (run / "model").is_dir():
        return run / "model"
    if look(run).settings.get("grid"):
        if (run / "models").is_dir():
            raise InputError(f"{run}: a grid has no one model", f"Name one of those in {run / 'models'}.")
        raise InputError(f"{run}: a grid keeps scores, not models", "Run it again with --set keep_models=true.")
    if (run / "adapter").is_dir():
        fix = f"wellread export {run} --merge --out FOLDER makes one."
        raise InputError(f"{run}: an adapter, not a whole model", fix)
    raise InputError(f"{run}: no taught model yet", "Give the command that started the run again; it continues.")
