"""Fixtures that all tests share. One thread: two that fight another job are several times slower."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.pop("WELLREAD_ARTIFACTS", None)  # a developer's own would be shared by tests that count what they made

from pathlib import Path

import hypothesis
import pytest

# A deadline measures how busy the machine is.
hypothesis.settings.register_profile("wellread", deadline=None)
hypothesis.settings.load_profile("wellread")


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random Llama, saved in the hub's format."""
    from wellread.testing import tiny

    return tiny.folder(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture(autouse=True)
def _progress_as_at_start() -> None:
    """A verb run with --json in one test silences progress; the next test starts anew."""
    from wellread.runs import progress

    progress.set_mode("auto")
