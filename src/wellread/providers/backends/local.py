"""local: a model in this process, the bundled one included. Costs time, not money.

Source: greedy decoding by wellread.models.generate. Use it where nothing may leave the machine and the model is good
enough; the bundled one writes rewrites of which the checks reject most.
"""

import asyncio
from typing import Any

from wellread.models.device import choose
from wellread.models.generate import Generated, generate
from wellread.models.load import chat_prompt, context_length, load_model, load_tokenizer
from wellread.models.resolve import resolve
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import GiveUpError
from wellread.providers.records import Reply, Request

TITLE = "a model in this process; --model as in teach"


def connect(config: ProviderConfig) -> "Local":
    """The model of `config`, found but not yet loaded. Raises what wellread.models.resolve does."""
    return Local(config.model or "bundled", config.concurrency)


class Local:
    """A model that answers whatever is waiting, in batches."""

    def __init__(self, name: str, batch: int) -> None:
        """`batch` is how many prompts are answered at once, at most."""
        found = resolve(name)
        self.model, self.batch = name, batch
        self._path, self._revision = found.path, found.revision
        self._waiting: list[tuple[Request, asyncio.Future[Reply]]] = []
        self._working: asyncio.Task[None] | None = None

    def identity(self) -> dict[str, str]:
        """The weights."""
        return {"weights": self._revision}

    def payload(self, request: Request) -> dict[str, Any]:
        """The weights and the prompt. Decoding is greedy, so temperature and seed change nothing."""
        return {"weights": self._revision, "prompt": request.prompt, "max_tokens": request.max_tokens}

    async def open(self) -> None:
        """Load the model."""
        self._tokenizer = load_tokenizer(self._path)
        self._weights = load_model(self._path).to(choose().torch)

    async def close(self) -> None:
        """Let go of the model."""
        del self._tokenizer, self._weights

    async def send(self, request: Request) -> Reply:
        """The reply, as part of the next batch. Raises GiveUpError for a prompt beyond the model's context."""
        length = len(chat_prompt(self._tokenizer, request.prompt))
        room = context_length(self._weights)
        if length + request.max_tokens > room:
            raise GiveUpError(f"longer than the model's context ({length} + {request.max_tokens} of {room} tokens)")
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, answer))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        """Answer until nobody waits. Those who ask while a batch runs make up the next."""
        await asyncio.sleep(0)
        while self._waiting:
            batch, self._waiting = self._waiting[: self.batch], self._waiting[self.batch :]
            try:
                replies = await asyncio.to_thread(self._generate, [request for request, _ in batch])
            except Exception as error:
                for _, answer in batch:
                    answer.set_exception(error)
                continue
            for (_, answer), reply in zip(batch, replies, strict=True):
                answer.set_result(reply)

    def _generate(self, requests: list[Request]) -> list[Reply]:
        prompts = [r.prompt for r in requests]
        longest = max(r.max_tokens for r in requests)
        said: list[Generated] = []
        for part in generate(self._weights, self._tokenizer, prompts, max_new_tokens=longest, batch_size=len(prompts)):
            said += part
        return [self._reply(r, g) for r, g in zip(requests, sorted(said, key=lambda g: g.index), strict=True)]

    def _reply(self, request: Request, said: Generated) -> Reply:
        """`said` as a reply, no longer than asked for: a batch runs as long as its longest request."""
        ids = self._tokenizer(said.text, add_special_tokens=False)["input_ids"]
        cut = len(ids) > request.max_tokens
        return Reply(
            text=self._tokenizer.decode(ids[: request.max_tokens]) if cut else said.text,
            finish="length" if cut or said.finish == "length" else "stop",
            tokens_in=len(chat_prompt(self._tokenizer, request.prompt)),
            tokens_out=min(len(ids), request.max_tokens),
        )
