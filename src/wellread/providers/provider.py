"""A provider, ready to write: requests in, a stream of outcomes out, in the order in which they end."""

import asyncio
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError
from wellread.providers.backend import connect
from wellread.providers.budget import Budget
from wellread.providers.cache import Cache, default_path, key
from wellread.providers.config import ProviderConfig
from wellread.providers.crew import Crew
from wellread.providers.failures import WrongProviderError
from wellread.providers.records import Outcome, Request
from wellread.runs.fingerprint import fingerprint, settings


def payer(out: Path, identity: Mapping[str, Any]) -> str:
    """The name of a run that pays: a folder that is emptied and used for something else has nothing spent yet."""
    return f"{out.resolve()} {fingerprint(identity)[:8]}"


@contextmanager
def rightly_named(*providers: "Provider | None") -> Iterator[None]:
    """A wrong key, model or address is a ConfigError as long as nothing was paid for: nothing is lost with the run's folder."""
    try:
        yield
    except WrongProviderError as error:
        if any(provider and sum(provider.cache.spent(provider.run)) for provider in providers):
            raise
        raise ConfigError(error.what, error.fix) from None


class Provider:
    """Who writes for one run. Not for several threads at once."""

    def __init__(self, config: ProviderConfig, run: str, cache: Path | None = None) -> None:
        """`run` says who pays: the budget is for all attempts under this name together.

        `cache` is the file of replies, by default one for all runs. Raises ConfigError where a setting, a key or a
        model's name is missing.
        """
        self.config = config
        self.run = run
        self.backend = connect(config)
        self.cache = Cache(cache or default_path())
        self.budget = Budget(config.budget, config.price)
        self.budget.spend(*self.cache.spent(run))
        self._succeeded = False

    def identity(self) -> dict[str, Any]:
        """All that the replies depend on, for fingerprints."""
        return {**settings(self.config), **self.backend.identity()}

    def cached(self, request: Request) -> bool:
        """Whether the reply is there already."""
        return self.cache.get(self.backend.payload(request)) is not None

    def complete(self, requests: Iterable[Request]) -> Iterator[Outcome]:
        """One outcome for each different request: first those in the cache, then the others as they end.

        What is sent is paid once, even where several requests come down to it.

        Raises ProviderError or BudgetReachedError after the outcomes of everything that was under way. Ctrl-C ends
        likewise; a second one doesn't wait.
        """
        waiting: dict[str, tuple[dict[str, Any], list[Request]]] = {}
        done = 0
        for request in dict.fromkeys(requests):
            payload = self.backend.payload(request)
            name = key(payload)
            if name in waiting:  # a model that decodes greedily is sent the same whatever the seed
                waiting[name][1].append(request)
            elif reply := self.cache.get(payload):
                done += 1
                yield Outcome(request=request, reply=reply, cached=True)
            else:
                waiting[name] = (payload, [request])
        alike = {same[0]: same[1:] for _, same in waiting.values()}
        todo = [(payload, same[0]) for payload, same in waiting.values()]
        for outcome in self._stream(todo, done) if todo else ():
            yield outcome
            for other in alike[outcome.request]:
                yield outcome.model_copy(update={"request": other, "cached": outcome.reply is not None})

    def _stream(self, requests: list[tuple[dict[str, Any], Request]], done: int) -> Iterator[Outcome]:
        """Run the crew in a thread of its own, so that whoever reads the outcomes doesn't hold it up."""
        outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        loop = asyncio.new_event_loop()
        crew = Crew(
            self.backend, self.config, self.cache, self.budget, self.run, outcomes.put, succeeded=self._succeeded
        )
        failed: list[BaseException] = []

        def work() -> None:
            try:
                loop.run_until_complete(crew.work(requests, done))
            except BaseException as error:
                failed.append(error)
            finally:
                outcomes.put(None)

        thread = threading.Thread(target=work, name="wellread-provider", daemon=True)
        thread.start()
        interrupted = False
        while True:
            try:
                outcome = outcomes.get()
            except KeyboardInterrupt:
                if interrupted:
                    raise
                interrupted = True
                asyncio.run_coroutine_threadsafe(crew.halt(), loop)
                continue
            if outcome is None:
                break
            yield outcome
        thread.join()
        self._succeeded = crew.succeeded
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        if failed:
            raise failed[0]
        if interrupted:
            raise KeyboardInterrupt
