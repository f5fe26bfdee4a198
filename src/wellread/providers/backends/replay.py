"""replay: replies from a recording, which is the cache file of an earlier run. Nothing is sent, nothing is paid.

Source: none; it's how a published result is repeated by those who have no key. Use it with `--set provider.recording=FILE`.
"""

from pathlib import Path
from typing import Any

from wellread.errors import ConfigError
from wellread.files import existing
from wellread.providers.cache import Cache
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import GiveUpError
from wellread.providers.records import Reply, Request

TITLE = "replies recorded by an earlier run"


def connect(config: ProviderConfig) -> "Replay":
    """The recording of `config`. Raises ConfigError where the file or the model isn't clear."""
    if not config.recording:
        raise ConfigError("replay needs a recording", "Add --set provider.recording=FILE (a providers.sqlite).")
    recording = Cache(existing(Path(config.recording)), read_only=True)
    known = recording.models()
    if config.model not in known and not (config.model == "" and len(known) == 1):
        recording.close()
        raise ConfigError(
            f"{config.recording} holds no replies of {config.model!r}",
            f"Recorded: {', '.join(known) or 'nothing'}. Choose with --model.",
        )
    return Replay(recording, config.model or known[0])


class Replay:
    """A recording, opened."""

    def __init__(self, recording: Cache, model: str) -> None:
        """`model` is whose replies count."""
        self.model, self._recording = model, recording

    def identity(self) -> dict[str, str]:
        """What is recorded."""
        return {"recording": self._recording.digest(self.model)}

    def payload(self, request: Request) -> dict[str, Any]:
        """The request and whose reply is wanted."""
        return {"replay": self.model, "request": request.model_dump()}

    async def open(self) -> None:
        """Nothing to do: the file is open."""

    async def close(self) -> None:
        """Nothing to do: the file stays open for the next round."""

    async def send(self, request: Request) -> Reply:
        """The recorded reply. Raises GiveUpError where there is none."""
        reply = self._recording.recorded(request, self.model)
        if reply is None:
            raise GiveUpError("not in the recording")
        return reply
