"""The loop of a delivery round: when to lease, when to report, when to end. It sends nothing itself.

One loop leases and reports in turn while attempts run beside it, so a receiver that hangs costs one of the places
and holds up neither the next lease nor the reports of the others.
"""

import asyncio
import logging
import time
from collections.abc import Callable

import httpx

from scheduler.attempt import attempt
from scheduler.client import ApiAway, ApiClient, CallFailed
from scheduler.wire import Attempt, Lease

LEASED_AT_ONCE = 100
LEASES = 2000
"""Lease calls in one round, at most."""

REPORTED_AT_ONCE = 50
REPORT_AFTER_S = 0.5
"""A finished attempt is reported when 50 have finished or half a second later; at once when nothing is under way."""

LEASE_AGAIN_AFTER_S = 1.0
"""While a slow receiver keeps the round open, messages that are new or due again are looked for this often."""

GRACE_S = 2.0
"""What is under way when the round is stopped has so long to end."""

REPORT_TRIES = 3
_TICK_S = 0.25

_log = logging.getLogger(__name__)


class DeliveryRound:
    """One round: at most `concurrency` messages under way through `sender`. Its counts are read after `run`."""

    def __init__(
        self,
        client: ApiClient,
        sender: httpx.AsyncClient,
        concurrency: int,
        budget_s: float,
        stopping: Callable[[], bool],
    ) -> None:
        self.leased = self.delivered = self.failed = self.stale = self.abandoned = self.leases = 0
        self._client = client
        self._sender = sender
        self._concurrency = concurrency
        self._stopping = stopping
        self._ends_at = time.monotonic() + budget_s
        self._under_way: set[asyncio.Task[None]] = set()
        self._finished: list[Attempt] = []
        self._woken = asyncio.Event()
        self._more = True  # the last lease gave all that was asked for, or a report has freed something since
        self._leased_at = self._reported_at = float("-inf")
        self._failed_reports = 0
        self._error: CallFailed | None = None

    async def run(self) -> None:
        """Work until a lease answers nothing and nothing is under way; raises the CallFailed that ended it early."""
        while True:
            if self._may_lease():
                await self._lease()
            if not self._under_way and not self._finished and not self._may_lease():
                break
            if self._under_way and not self._report_is_due():
                await self._pause()
            if self._stopping():
                await self._wind_up()
            if self._report_is_due():
                await self._report()
        if self._error is not None:
            raise self._error

    def _may_lease(self) -> bool:
        now = time.monotonic()
        if self._error or self._stopping() or now >= self._ends_at or self.leases >= LEASES:
            return False
        room = self._concurrency - len(self._under_way)
        waited = now - self._leased_at
        if not self._more:
            return bool(room and self._under_way) and waited >= LEASE_AGAIN_AFTER_S
        # A call for every freed place would be many small ones.
        return room >= self._concurrency / 4 or (room > 0 and waited >= _TICK_S)

    async def _lease(self) -> None:
        asked = min(LEASED_AT_ONCE, self._concurrency - len(self._under_way))
        self.leases += 1
        self._leased_at = time.monotonic()
        try:
            messages = await asyncio.to_thread(self._client.lease, asked)
        except CallFailed as error:
            self._error = error
            return
        self._more = len(messages) >= asked
        self.leased += len(messages)
        for message in messages:
            task = asyncio.create_task(self._send(message))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _send(self, message: Lease) -> None:
        self._finished.append(await attempt(self._sender, message))
        self._woken.set()

    async def _pause(self) -> None:
        self._woken.clear()
        try:
            async with asyncio.timeout(_TICK_S):
                await self._woken.wait()
        except TimeoutError:
            return
        await asyncio.sleep(0)  # so that tasks which ended are no longer among those under way

    async def _wind_up(self) -> None:
        if self._under_way:
            _, cut_short = await asyncio.wait(self._under_way, timeout=GRACE_S)
            for task in cut_short:
                task.cancel()
            await asyncio.gather(*cut_short, return_exceptions=True)
            self.abandoned += len(cut_short)

    def _report_is_due(self) -> bool:
        if not self._finished:
            return False
        full = len(self._finished) >= REPORTED_AT_ONCE and not self._failed_reports
        return full or not self._under_way or time.monotonic() - self._reported_at >= REPORT_AFTER_S

    async def _report(self) -> None:
        if self._failed_reports:
            await asyncio.sleep(REPORT_AFTER_S)  # the API was away a moment ago
        batch = self._finished[:LEASED_AT_ONCE]
        self._reported_at = time.monotonic()
        try:
            self.stale += await asyncio.to_thread(self._client.report, batch)
        except CallFailed as error:
            self._error = self._error or error
            self._failed_reports += 1
            if not isinstance(error, ApiAway) or (self._failed_reports >= REPORT_TRIES and not self._under_way):
                _log.warning("%d outcomes could not be reported; their messages are sent again", len(self._finished))
                self._finished.clear()
            return
        del self._finished[: len(batch)]
        self._failed_reports = 0
        self._more = True
        if isinstance(self._error, ApiAway):
            self._error = None  # it is back
        delivered = sum(one.outcome == "delivered" for one in batch)
        self.delivered += delivered
        self.failed += len(batch) - delivered
