"""What a run needs from this machine, checked one by one."""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from wellread.models.cache import cache_dir
from wellread.models.device import choose
from wellread.models.sources import bundled
from wellread.runs.provenance import PACKAGES, gather

ROOM = 5_000_000_000
"""Bytes: converted model, two checkpoints and the taught model of the bundled size."""


class Check(NamedTuple):
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    fix: str


def checks() -> list[Check]:
    """Python, packages, memory, disk, device, bundled model."""
    facts = gather()
    missing = [name for name in PACKAGES if facts["packages"][name] is None]
    memory = facts["machine"]["memory_gb"]
    free = shutil.disk_usage(Path.cwd()).free
    model = cache_dir() / "models" / bundled.FOLDER
    versions = ", ".join(f"{k} {v}" for k, v in facts["packages"].items())
    return [
        Check("python", sys.version_info >= (3, 11), facts["python"], "Install Python 3.11 or later."),
        Check("packages", not missing, versions, f"pip install {' '.join(missing)}"),
        Check(
            "memory", memory is None or memory >= 5, f"{memory} GB", "Full training of the bundled model takes 4 GB."
        ),
        Check("disk", free >= ROOM, f"{free / 1e9:.0f} GB free here", "Make room, or work on another disk."),
        Check("device", True, str(choose()), ""),
        Check(
            "model", True, f"bundled: {model if model.is_dir() else 'not fetched yet, comes with the first run'}", ""
        ),
    ]
