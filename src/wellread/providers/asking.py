"""Things to be written, each with its request: who asked gets the reply back, and nothing is lost where two ask the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from wellread.providers.provider import Provider
from wellread.providers.records import Reply, Request
from wellread.runs import progress

T = TypeVar("T")


@dataclass
class Tally:
    """What was asked, and what it took."""

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def counts(self) -> dict[str, int]:
        """As stats."""
        return dict(vars(self))


def ask(
    provider: Provider,
    wanted: Iterable[tuple[Request, T]],
    tally: Tally,
    label: str,
    note: Callable[[], str] = str,
) -> Iterator[tuple[T, Reply | None, str]]:
    """Each thing with the reply to its request, or None and the reason, as they come; equal requests are asked once.

    `note` is asked for a remark on the progress. Raises the provider's errors when it stops.
    """
    waiting: dict[Request, list[T]] = {}
    for request, thing in wanted:
        waiting.setdefault(request, []).append(thing)
    with progress.bar(label, len(waiting)) as bar:
        for outcome in provider.complete(waiting) if waiting else ():
            tally.requests += 1
            tally.cached += outcome.cached
            if outcome.reply is not None:
                tally.tokens_in += outcome.reply.tokens_in
                tally.tokens_out += outcome.reply.tokens_out
            for thing in waiting[outcome.request]:
                yield thing, outcome.reply, outcome.reason or ""
            bar.step(note=note())
