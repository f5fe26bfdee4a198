"""A model behind an address: any server that speaks OpenAI's chat protocol, such as vLLM or llama.cpp."""

import json
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from wellread.errors import ModelError
from wellread.evaluate.examinee import Reply
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider
from wellread.providers.records import Request, tokens

#: How long a prompt may be where the server doesn't say.
CONTEXT = 8192


def is_address(name: str) -> bool:
    """Whether `name` is the address of a server."""
    return name.startswith(("http://", "https://"))


class Server:
    """The examinee at `address`, written as http://HOST/v1 or, where it serves several models, http://HOST/v1#MODEL."""

    knows_likelihoods = False
    embed = None
    context = CONTEXT

    def __init__(self, address: str, cache: Path) -> None:
        """`cache` is the file that keeps the replies. Raises ModelError where the server doesn't say what it serves."""
        self.url, _, model = address.partition("#")
        self.model = model or _only_model(self.url)
        self._cache = cache

    @property
    def notes(self) -> list[str]:
        """Says what can't be measured through an address."""
        return [f"{self.url}: a server tells no likelihoods; scores by likelihood and bits per byte are left out"]

    def count(self, text: str) -> int:
        """About how many tokens `text` has."""
        return tokens(text)

    def cut(self, text: str, most: int) -> str:
        """The beginning of `text` that has about `most` tokens at most."""
        return text.encode()[: 3 * most].decode("utf-8", "ignore")

    def answers(self, prompts: Sequence[str], most: int, batch_size: int, chat: bool) -> Iterator[list[Reply]]:
        """Greedy answers, several questions under way at once; a refused one comes back without a text.

        Raises ProviderError where the server is gone; what was answered until then is kept.
        """
        if not chat:
            raise ModelError(f"{self.url} is asked in chats only", "Leave --plain out.")
        config = ProviderConfig(name=self.url, model=self.model, temperature=0.0, concurrency=batch_size)
        provider = Provider(config, "examination", self._cache)
        where: dict[str, list[int]] = {}
        for i, prompt in enumerate(prompts):
            where.setdefault(prompt, []).append(i)
        for outcome in provider.complete([Request(prompt=p, max_tokens=most, temperature=0.0) for p in where]):
            said = outcome.reply
            yield [
                Reply(i, None, "failed", outcome.reason) if said is None else Reply(i, said.text.strip(), said.finish)
                for i in where[outcome.request.prompt]
            ]

    def likelihoods(
        self, asked: Sequence[tuple[str, Sequence[str]]], batch_size: int, chat: bool
    ) -> Iterator[tuple[int, tuple[float | None, ...]]]:
        """Never asked for."""
        raise NotImplementedError

    def parity(self, told: Sequence[tuple[str, str]], most: int, batch_size: int, chat: bool) -> list[str]:
        """There is nothing to compare with."""
        return []


def _only_model(url: str) -> str:
    fix = f"Start it, or name its model: {url}#MODEL"
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/models", timeout=10) as reply:
            served = [str(m["id"]) for m in json.load(reply)["data"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{url} doesn't say which models it serves: {error}", fix) from error
    if len(served) != 1:
        raise ModelError(f"{url} serves {len(served)} models: {', '.join(served[:8])}", f"Choose one: {url}#MODEL")
    return served[0]
