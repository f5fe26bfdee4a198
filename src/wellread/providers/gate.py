"""How many requests may be under way: fewer after each 'too many requests', one more after each round that went well."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class StoppingError(Exception):
    """The work is being stopped: nothing new goes out."""


class Gate:
    """Lets at most `limit` through at once, and nobody during a pause.

    Additive increase, multiplicative decrease (Chiu and Jain 1989), as TCP does it. One storm halves once: refusals of
    requests that were sent before the last cut say nothing new.
    """

    def __init__(self, most: int, stop: asyncio.Event) -> None:
        """`most` is the limit to begin with and never to exceed; once `stop` is set, nobody goes through."""
        self.most = most
        self.stop = stop
        self.limit = float(most)
        self._inside = 0
        self._open_at = 0.0
        self._cut_at = 0.0
        self.left = asyncio.Condition()

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[float]:
        """Wait for room, be inside, leave. Gives the time of entry; raises StoppingError once `stop` is set."""
        async with self.left:
            await self.left.wait_for(lambda: self.stop.is_set() or self._inside < int(self.limit))
            self._inside += 1
        try:
            while not self.stop.is_set() and (wait := self._open_at - time.monotonic()) > 0:
                await self.sleep(wait)
            if self.stop.is_set():
                raise StoppingError
            yield time.monotonic()
        finally:
            async with self.left:
                self._inside -= 1
                self.left.notify(max(0, int(self.limit) - self._inside))

    async def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until `stop` is set."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stop.wait(), seconds)

    def good(self) -> None:
        """A request went through: room for one more after as many of these as the limit is."""
        self.limit = min(float(self.most), self.limit + 1 / self.limit)

    def refused(self, entered: float, pause: float) -> None:
        """A request that went in at `entered` was refused; keep everyone out for `pause` seconds."""
        now = time.monotonic()
        self._open_at = max(self._open_at, now + pause)
        if entered >= self._cut_at:
            self.limit = max(1.0, self.limit / 2)
            self._cut_at = now
