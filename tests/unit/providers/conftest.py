"""A provider that talks to the misbehaving server of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from server import Server


@pytest.fixture
def serve():
    """Start servers; they stop with the test."""
    running = []

    def start(**kw):
        running.append(Server(**kw).__enter__())
        return running[-1]

    yield start
    for server in running:
        server.__exit__()


@pytest.fixture
def connect(tmp_path, monkeypatch):
    """A Provider for a server's URL, quick to try again, with a cache of its own."""
    from wellread.providers.config import ProviderConfig
    from wellread.providers.provider import Provider

    monkeypatch.setenv("WELLREAD_SECRETS", str(tmp_path / "no-secrets"))
    monkeypatch.delenv("WELLREAD_API_KEY", raising=False)

    def make(url, run="run", model="good-model", **kw):
        settings = {"backoff": 0.01, "timeout": 5.0, "concurrency": 16, **kw}
        return Provider(ProviderConfig(name=url, model=model, **settings), run, tmp_path / "cache.sqlite")

    return make
