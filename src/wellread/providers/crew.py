"""The workers that see requests through: attempts, pauses, budget, and every reply on disk before anyone hears of it."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from wellread.providers.backend import Backend
from wellread.providers.budget import Budget
from wellread.providers.cache import Cache, Row
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import BusyError, GiveUpError, ProviderError, TryAgainError
from wellread.providers.gate import Gate, StoppingError
from wellread.providers.records import Outcome, Reply, Request

LONGEST_WAIT = 60.0
"""Seconds between two attempts, at most, where the provider names no time."""
STREAK = 10
"""This many requests given up one after the other mean that the provider is gone, not that the requests are bad."""
AGAIN = "What is done isn't paid again: the same command continues."


class Crew:
    """One go at a list of requests, within one event loop."""

    def __init__(
        self,
        backend: Backend,
        config: ProviderConfig,
        cache: Cache,
        budget: Budget,
        run: str,
        emit: Callable[[Outcome], None],
        *,
        succeeded: bool = False,
    ) -> None:
        """`emit` gets each outcome, replies only once they are in the cache; `run` is who pays.

        `succeeded`: an earlier request of this process was answered, so that the provider is known to be there.
        """
        self.backend, self.config, self.cache, self.budget, self.run, self.emit = (
            backend,
            config,
            cache,
            budget,
            run,
            emit,
        )
        self.stop = asyncio.Event()
        self.gate = Gate(config.concurrency, self.stop)
        self._freed = asyncio.Condition()
        self._rows: list[tuple[Row, asyncio.Future[None]]] = []
        self._arrived = asyncio.Event()
        self._done = self._total = self._streak = 0
        self.succeeded = succeeded
        self._last_heard = time.monotonic()

    async def work(self, requests: list[tuple[dict[str, Any], Request]], done: int) -> None:
        """See `requests` (each with its payload) through; `done` more were in the cache.

        Raises the error that stopped the work, after everything under way has ended and is kept.
        """
        self._done, self._total = done, done + len(requests)
        todo = deque(requests)
        await self.backend.open()
        writer = asyncio.create_task(self._write())
        try:
            # The gate bounds what is under way; twice as many workers, so that one sends while another writes or waits.
            workers = (self._worker(todo) for _ in range(min(2 * self.config.concurrency, len(todo))))
            ended = await asyncio.gather(*workers, return_exceptions=True)
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
            await self.backend.close()
        for error in ended:
            if isinstance(error, BaseException):
                raise error

    async def _worker(self, todo: deque[tuple[dict[str, Any], Request]]) -> None:
        try:
            while todo and not self.stop.is_set():
                await self._one(*todo.popleft())
        except StoppingError:
            pass
        except BaseException:
            await self.halt()
            raise

    async def halt(self) -> None:
        """Send nothing new; what is under way ends."""
        self.stop.set()
        for waiting in (self._freed, self.gate.left):
            async with waiting:
                waiting.notify_all()

    async def _one(self, payload: dict[str, Any], request: Request) -> None:
        reserved, paid = self.budget.worst(request, self.config.body), 0.0
        await self._reserve(reserved)
        try:
            reply = await self._attempts(request)
            paid = self.budget.amount(reply.tokens_in, reply.tokens_out)
            await self._keep(Row(payload, request, self.backend.model, reply, self.run))
            outcome = Outcome(request=request, reply=reply)
        except GiveUpError as given_up:
            paid = self.budget.amount(*given_up.paid or (0, 0))
            outcome = Outcome(request=request, reason=given_up.reason)
        finally:
            async with self._freed:
                self.budget.settle(reserved, paid)
                self._freed.notify_all()
        self._done += outcome.reply is not None
        self.emit(outcome)

    async def _reserve(self, amount: float) -> None:
        """Set `amount` of the budget aside, waiting for those under way, which may cost less than was set aside."""
        async with self._freed:
            while not self.budget.reserve(amount):
                if self.stop.is_set():
                    raise StoppingError
                if not self.budget.purse.under_way:
                    raise self.budget.reached(self._done, self._total)
                await self._freed.wait()

    async def _attempts(self, request: Request) -> Reply:
        attempt = 0
        while True:
            async with self.gate.passing() as entered:
                try:
                    reply = await self.backend.send(request)
                except BusyError as busy:
                    self._busy(busy, entered)
                    continue
                except TryAgainError as error:
                    fault = error
                else:
                    self.gate.good()
                    self.succeeded, self._streak, self._last_heard = True, 0, time.monotonic()
                    return reply
            self._last_heard = time.monotonic()
            self.budget.spend(*fault.paid or (0, 0))
            attempt += 1
            if attempt > self.config.retries:
                raise self._exhausted(fault, attempt)
            if not self.budget.fits(0):
                raise self.budget.reached(self._done, self._total)
            if (fault.after or 0) > self.config.patience:
                raise self._impatient(fault, f"it asks to wait {fault.after:.0f} s")
            await self.gate.sleep(fault.after or random.uniform(0, self._longest(attempt)))

    def _longest(self, attempt: int) -> float:
        """Exponential backoff with full jitter: the bound doubles, the wait is drawn below it."""
        return min(LONGEST_WAIT, float(self.config.backoff * 2 ** (attempt - 1)))

    def _busy(self, busy: BusyError, entered: float) -> None:
        pause = busy.after if busy.after is not None else random.uniform(0.5, 1) * self._longest(3)
        waited = time.monotonic() - self._last_heard
        if pause > self.config.patience or waited > self.config.patience:
            wait = f"it asks to wait {pause:.0f} s" if busy.after else f"for {waited:.0f} s now"
            raise self._impatient(busy, wait)
        self.gate.refused(entered, pause)

    def _impatient(self, fault: TryAgainError, wait: str) -> ProviderError:
        return ProviderError(
            f"the provider refuses more requests ({fault.reason}); {wait}", f"Come back later. {AGAIN}"
        )

    def _exhausted(self, fault: TryAgainError, attempts: int) -> Exception:
        self._streak += 1
        # Who replies is there, even where the reply is of no use.
        there = self.succeeded or fault.paid is not None
        if self._streak >= (STREAK if there else min(STREAK, self._total)):
            what = f"{self._streak} requests in a row failed, {attempts} attempts each; the last: {fault.reason}"
            return ProviderError(what, f"See to the provider, then give the command again. {AGAIN}")
        return GiveUpError(f"{fault.reason} ({attempts} attempts)")

    async def _keep(self, row: Row) -> None:
        """Wait until `row` is on disk."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rows.append((row, kept))
        self._arrived.set()
        await kept

    async def _write(self) -> None:
        """The one writer: whatever has arrived since the last commit goes into the next one."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            rows, self._rows = self._rows, []
            try:
                await asyncio.to_thread(self.cache.put, [row for row, _ in rows])
            except Exception as error:
                for _, kept in rows:
                    kept.set_exception(error)
            else:
                for _, kept in rows:
                    kept.set_result(None)
