"""The user's cache folder, where converted models are kept between runs."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import platformdirs

from wellread.runs.files import disk_full_is_said, need_room
from wellread.runs.lock import waiting_for


def cache_dir() -> Path:
    """WELLREAD_CACHE, or `wellread` in the system's cache folder."""
    return Path(os.environ.get("WELLREAD_CACHE") or platformdirs.user_cache_dir("wellread"))


def cached_model(name: str, nbytes: int, make: Callable[[Path], None]) -> Path:
    """The cached model folder `name`; where it is missing, `make(folder)` fills it, about `nbytes` large.

    The folder appears by rename, so a killed conversion leaves nothing that looks finished. A second process waits.
    """
    home = cache_dir() / "models"
    folder = home / name
    if folder.is_dir():
        return folder
    with waiting_for(home / ".locks" / name), disk_full_is_said(home):
        if folder.is_dir():
            return folder
        half = home / f"{name}.half"
        shutil.rmtree(half, ignore_errors=True)
        need_room(home, nbytes, "the converted model")
        half.mkdir(parents=True)
        try:
            make(half)
            half.rename(folder)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
    return folder
