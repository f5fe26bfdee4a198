"""hub: a model id such as `owner/name` or `owner/name@revision`, fetched by huggingface_hub into its own cache."""

import re
from pathlib import Path

from wellread.errors import DiskFullError, ModelError
from wellread.runs.files import disk_full_is_said

TITLE = "a model of the Hugging Face hub; safetensors only, no remote code"
FORM = "owner/name or owner/name@revision"


def claims(name: str) -> bool:
    """Whether `name` is meant for this source."""
    if name.startswith(".") or name.lower().endswith(".gguf") or Path(name).is_dir():
        return False
    return re.fullmatch(r"[\w.-]+/[\w.-]+(@[\w./-]+)?", name) is not None


def fetch(name: str) -> Path:
    """The snapshot's folder in the hub's cache. Raises ModelError where it can't be had."""
    from huggingface_hub import constants, snapshot_download

    repo, _, revision = name.partition("@")
    wanted = ["*.safetensors", "*.json", "*.model", "*.txt", "*.jinja"]
    try:
        with disk_full_is_said(Path(constants.HF_HUB_CACHE)):
            folder = Path(snapshot_download(repo, revision=revision or None, allow_patterns=wanted))
    except (DiskFullError, MemoryError):
        raise
    except Exception as e:  # offline, gated, unknown, rate-limited: the hub's own message says which
        first = str(e).strip().splitlines()[0] if str(e).strip() else type(e).__name__
        raise ModelError(
            f"model {name!r} can't be had from the hub: {first}",
            "Check the id and the connection (and HF_TOKEN for a gated model), or name a local folder.",
        ) from e
    if not any(folder.glob("*.safetensors")):
        raise ModelError(f"model {name!r} has no .safetensors weights", "Pickled weights are refused; choose another.")
    return folder
