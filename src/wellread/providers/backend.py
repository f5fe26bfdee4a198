"""What every kind of provider can do, and how to get one."""

from typing import Any, Protocol, cast

from wellread import plugins
from wellread.providers.config import BACKENDS, ProviderConfig
from wellread.providers.records import Reply, Request


class Backend(Protocol):
    """One way to have text written. Errors are those of wellread.providers.failures."""

    model: str
    """The model that writes, by name."""

    def identity(self) -> dict[str, str]:
        """What replies depend on that no setting says: the weights behind a name, the address behind 'openai'."""

    def payload(self, request: Request) -> dict[str, Any]:
        """All that the reply depends on: who is asked and what is sent. The cache's key is its hash."""

    async def open(self) -> None:
        """Get ready, within the event loop. Raises WellreadError where that fails."""

    async def send(self, request: Request) -> Reply:
        """The reply to one request, by one attempt."""

    async def close(self) -> None:
        """Let go of connections and memory."""


def connect(config: ProviderConfig) -> Backend:
    """The backend that `config` names. Raises ConfigError where a setting, a key or a model's name is missing."""
    return cast(Backend, plugins.load(BACKENDS, config.kind).connect(config))
