"""How an artefact came about: command, versions, commit, hardware. Never a secret: no environment is kept."""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PASSWORD = re.compile(r"(://[^/\s:@]*:)[^/\s@]+@")
PACKAGES = ("wellread", "torch", "transformers", "peft", "accelerate", "numpy", "tokenizers")


def gather() -> dict[str, Any]:
    """Command line, time, package versions, git commit (where there is one) and hardware of this process."""
    return {
        "command": [Path(sys.argv[0]).name, *(_PASSWORD.sub(r"\1***@", word) for word in sys.argv[1:])],
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "git": _commit(),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(have / 2**30, 1) if (have := memory_bytes()) else None,
        },
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _commit() -> str | None:
    """The commit of the wellread checkout that runs, or None for an installed package."""
    here = Path(__file__).parent
    try:
        found = subprocess.run(
            ["git", "-C", str(here), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=5, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def memory_bytes() -> int | None:
    """The machine's memory, or None where the system doesn't tell it."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None
