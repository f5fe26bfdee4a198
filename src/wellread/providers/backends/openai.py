"""openai: any HTTP endpoint that speaks OpenAI's chat completions: OpenAI, Gemini, vLLM, llama.cpp, Ollama and others.

Source: the API reference of OpenAI, "Create chat completion", and RFC 9110 for Retry-After. Use it where a larger model
than the one at hand is to write, on another machine or in a server on this one.
"""

import asyncio
import os
from typing import Any
from urllib.parse import urlsplit

import httpx2

from wellread.errors import ConfigError, suggest
from wellread.providers import secrets
from wellread.providers.answers import as_object, is_refusal, message, read, retry_after
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import TryAgainError, WrongProviderError
from wellread.providers.records import Reply, Request

TITLE = "an OpenAI-compatible endpoint; the key comes from the environment"
HOME = "https://api.openai.com/v1"
FORM = "Write it as http://127.0.0.1:8000/v1."


def connect(config: ProviderConfig) -> "Endpoint":
    """The endpoint of `config`. Raises ConfigError where the model's name or the key is missing."""
    url = config.name if config.name != "openai" else os.environ.get("OPENAI_BASE_URL") or HOME
    _check(url)
    if not config.model:
        raise ConfigError(f"no model named for {url}", "Add --model NAME.")
    variable = config.key_variable or secrets.variable_for(url)
    needed = config.key_variable is not None or not (secrets.is_local(url) or variable == secrets.OTHER)
    return Endpoint(url.rstrip("/"), config, secrets.find(variable, needed=needed), variable)


def _check(url: str) -> None:
    """Raise ConfigError for an address that can't be one, or that holds a key."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise ConfigError(f"provider {url!r} is no address: {error}", FORM) from None
    if parts.username or parts.password or parts.query:
        raise ConfigError("the provider's URL holds a password or a query", "Put the key into an environment variable.")
    if not host:
        raise ConfigError(f"provider {url!r} names no host", FORM)


class Endpoint:
    """One endpoint and one model behind it."""

    def __init__(self, url: str, config: ProviderConfig, key: secrets.Secret, variable: str) -> None:
        """`url` ends where /chat/completions begins; `variable` is where `key` came from, for messages."""
        self.url, self.model, self.timeout = url, config.model, config.timeout
        self._config, self._key, self._variable = config, key, variable
        self._clients: list[httpx2.AsyncClient] = []
        self._idle: list[httpx2.AsyncClient] = []
        self._models: list[str] = []

    def identity(self) -> dict[str, str]:
        """The address."""
        return {"endpoint": self.url}

    def payload(self, request: Request) -> dict[str, Any]:
        """The endpoint and the body of the request."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "user", "content": request.prompt}],
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            **({"seed": request.seed} if request.seed else {}),
            **self._config.body,
        }
        return {"endpoint": self.url, "body": {k: v for k, v in body.items() if v is not None}}

    async def open(self) -> None:
        """Connect, and ask once for the list of models: an address where nobody answers shows at once.

        A key that may write need not be allowed to list models: whether the key is right, the first request shows.
        """
        self._trusted = httpx2.create_ssl_context()  # read from disk once, not once for each connection
        try:
            _, _, raw = await self._exchange("GET", "/models", None)
        except TryAgainError as error:
            await self.close()
            raise WrongProviderError(error.reason, "Is the address right, and does the server run?") from None
        rows = (as_object(raw) or {}).get("data")
        self._models = (
            [str(m["id"]) for m in rows if isinstance(m, dict) and "id" in m] if isinstance(rows, list) else []
        )

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients:
            await client.aclose()
        self._clients, self._idle = [], []

    def _connected(self) -> httpx2.AsyncClient:
        """A client with a connection of its own. One pool for all looks through every connection at every request."""
        headers = {"Authorization": f"Bearer {self._key.reveal()}"} if self._key.reveal() else {}
        limits = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
        client = httpx2.AsyncClient(headers=headers, limits=limits, timeout=self.timeout, verify=self._trusted)
        self._clients.append(client)
        return client

    async def send(self, request: Request) -> Reply:
        """One attempt. Raises the errors of wellread.providers.failures."""
        status, headers, raw = await self._exchange("POST", "/chat/completions", self.payload(request)["body"])
        if status == 401 or (status == 403 and not is_refusal(raw)):
            raise self._wrong_key(status, self._key.hidden_in(message(raw)))
        if status == 404:
            known = suggest(self.model, self._models) if self._models else "Check the model's name and the address."
            raise WrongProviderError(f"{self.url}: no model {self.model!r} there (404)", known)
        return read(status, raw, request, after=retry_after(headers), hide=self._key.hidden_in)

    async def _exchange(self, method: str, path: str, body: Any) -> tuple[int, httpx2.Headers, bytes]:
        """Status, headers and body of one HTTP exchange. Raises TryAgainError where it breaks off."""
        client = self._idle.pop() if self._idle else self._connected()
        try:
            # The client's own limit is for each read; a body that drips would never reach it.
            async with asyncio.timeout(self.timeout):
                response = await client.request(method, self.url + path, json=body)
                return response.status_code, response.headers, response.content
        except (TimeoutError, httpx2.TimeoutException):
            raise TryAgainError(f"{self.url}: no answer within {self.timeout:g} s") from None
        except httpx2.ConnectError as error:
            raise TryAgainError(f"{self.url}: can't connect ({self._key.hidden_in(str(error))})") from None
        except httpx2.HTTPError as error:
            raise TryAgainError(f"{self.url}: the connection broke off ({type(error).__name__})") from None
        finally:
            self._idle.append(client)

    def _wrong_key(self, status: int, said: str) -> WrongProviderError:
        had = "refuses the key in" if self._key.reveal() else "wants a key; there is none in"
        what = f"{self.url} {had} {self._variable} ({status}{f': {said}' if said else ''})"
        return WrongProviderError(what, f"Set {self._variable} to a key that is valid there.")
