"""The loop of a delivery round: when to lease, when to report, when to end. It sends nothing itself.

Leasing, sending and reporting go on side by side: the next messages are fetched while the last are under way, and
what has ended is reported in one call for many. A receiver that hangs costs one place for a moment and then none: who
is slow no longer counts among those under way, up to as many again.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from scheduler.attempt import attempt
from scheduler.client import ApiAway, ApiClient, CallFailed
from scheduler.wire import Attempt, Lease

LEASED_AT_ONCE = 100
LEASES = 2000
"""Lease calls in one round, at most."""

REPORTED_AT_ONCE = 100
LARGEST_REPORT = 250
REPORT_AFTER_S = 0.25
"""Ended attempts are reported when there are so many, or so much later; at once when there is nothing left to begin."""

LEASE_AGAIN_AFTER_S = 1.0
"""While a slow receiver keeps the round open, messages that are new or due again are looked for this often."""

LEASE_SOON_S = 0.05
"""After a lease that gave less than was asked for, this long is left before what reports have freed is asked for."""

SLOW_AFTER_S = 0.25
"""An attempt that has taken so long no longer keeps another from beginning."""

BEGUN_WITHIN_S = 30.0
"""What could not be begun so long after its lease is given back: an attempt must end before its lease does."""

GRACE_S = 2.0
"""What is under way when the round is stopped has so long to end."""

REPORT_TRIES = 3
_TICK_S = 0.1

_log = logging.getLogger(__name__)


class DeliveryRound:
    """One round: at most `concurrency` messages under way through `transport`, and as many again that are slow.

    Its counts are read after `run`.
    """

    def __init__(
        self,
        client: ApiClient,
        transport: httpx.AsyncBaseTransport,
        concurrency: int,
        budget_s: float,
        stopping: Callable[[], bool],
    ) -> None:
        self.leased = self.delivered = self.failed = self.unsent = self.stale = self.abandoned = self.leases = 0
        self._client = client
        self._transport = transport
        self._concurrency = concurrency
        self._stopping = stopping
        self._ends_at = time.monotonic() + budget_s
        self._waiting: deque[tuple[float, Lease]] = deque()
        self._places: set[asyncio.Task[None]] = set()
        self._began: dict[int, float] = {}
        self._finished: list[Attempt] = []
        self._woken = asyncio.Event()
        self._leasing: set[asyncio.Task[None]] = set()
        self._reporting: set[asyncio.Task[None]] = set()
        self._full = False  # the last lease gave all that was asked for
        self._freed = True  # a report has freed something since the last lease; or there was none
        self._leased_at = self._reported_at = float("-inf")
        self._failed_reports = 0
        self._error: CallFailed | None = None

    async def run(self) -> None:
        """Work until a lease answers nothing and nothing is under way; raises the CallFailed that ended it early."""
        while True:
            self._begin()
            if self._may_lease():
                self._call(self._leasing, self._lease())
            if self._report_is_due():
                self._call(self._reporting, self._report())
            if not (self._waiting or self._places or self._finished or self._leasing or self._reporting):
                break
            await self._pause()
            if self._stopping():
                await self._wind_up()
        if self._error is not None:
            raise self._error

    # Sending: a place is a task that sends one message after another.

    def _begin(self) -> None:
        slow_since = time.monotonic() - SLOW_AFTER_S
        slow = sum(began < slow_since for began in self._began.values())
        room = self._concurrency + min(slow, self._concurrency) - len(self._places)
        for _ in range(min(room, len(self._waiting))):
            task = asyncio.create_task(self._place())
            self._places.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, place: asyncio.Task[None]) -> None:
        self._places.discard(place)
        self._woken.set()

    async def _place(self) -> None:
        me = id(asyncio.current_task())
        while self._waiting:
            leased_at, message = self._waiting.popleft()
            began = time.monotonic()
            if began - leased_at > BEGUN_WITHIN_S:
                self._finished.append(_unsent(message))
                continue
            self._began[me] = began
            try:
                self._finished.append(await attempt(self._transport, message))
            finally:
                del self._began[me]
            if len(self._finished) >= REPORTED_AT_ONCE or len(self._waiting) <= self._low:
                self._woken.set()
            if time.monotonic() - began > SLOW_AFTER_S:
                return  # another place was opened meanwhile

    # Calls to the API, beside the sending: while one lease is worked on there, the next is on its way.

    def _call(self, calls: set[asyncio.Task[None]], call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(call)
        calls.add(task)
        task.add_done_callback(lambda _: self._called(calls, task))

    def _called(self, calls: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
        calls.discard(task)
        self._woken.set()

    @property
    def _low(self) -> int:
        # A lease takes a while, and nobody is to wait for it: as much is at hand as is sent meanwhile.
        return 2 * self._concurrency

    def _may_lease(self) -> bool:
        now = time.monotonic()
        if self._error or self._stopping() or now >= self._ends_at or self.leases >= LEASES:
            return False
        # Two at once only while there is plenty.
        if len(self._leasing) >= (2 if self._full else 1) or len(self._waiting) > self._low:
            return False
        if not (self._places or self._finished or self._leasing or self._reporting):
            return self._full or self._freed
        # A call for each message that a report has freed would be many small ones.
        patience = 0.0 if self._full else LEASE_SOON_S if self._freed else LEASE_AGAIN_AFTER_S
        return now - self._leased_at >= patience

    async def _lease(self) -> None:
        asked = min(LEASED_AT_ONCE, 2 * self._concurrency)
        self.leases += 1
        self._freed = False
        leased_at = self._leased_at = time.monotonic()
        try:
            messages = await asyncio.to_thread(self._client.lease, asked)
        except CallFailed as error:
            self._error = error
            return
        self._full = len(messages) >= asked
        self.leased += len(messages)
        self._waiting.extend((leased_at, message) for message in messages)

    def _report_is_due(self) -> bool:
        if not self._finished or self._reporting:
            return False
        waited = time.monotonic() - self._reported_at
        if self._failed_reports:
            return waited >= REPORT_AFTER_S  # the API was away a moment ago
        return len(self._finished) >= REPORTED_AT_ONCE or not self._waiting or waited >= REPORT_AFTER_S

    async def _report(self) -> None:
        batch = self._finished[:LARGEST_REPORT]
        self._reported_at = time.monotonic()
        try:
            self.stale += await asyncio.to_thread(self._client.report, batch)
        except CallFailed as error:
            self._error = self._error or error
            self._failed_reports += 1
            if not isinstance(error, ApiAway) or (self._failed_reports >= REPORT_TRIES and not self._places):
                _log.warning("%d outcomes could not be reported; their messages are sent again", len(self._finished))
                self._finished.clear()
            return
        finally:
            self._reported_at = time.monotonic()
        del self._finished[: len(batch)]
        self._failed_reports = 0
        self._freed = True
        if isinstance(self._error, ApiAway):
            self._error = None  # it is back
        for outcome in (one.outcome for one in batch):
            self.delivered += outcome == "delivered"
            self.failed += outcome == "failed"
            self.unsent += outcome == "unsent"

    # Waiting and ending.

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(LEASE_SOON_S if self._freed else _TICK_S):
                await self._woken.wait()
        except TimeoutError:
            pass
        self._woken.clear()

    async def _wind_up(self) -> None:
        if self._leasing:
            await asyncio.wait(self._leasing)
        self._finished.extend(_unsent(message) for _, message in self._waiting)
        self._waiting.clear()
        if self._places:
            _, cut_short = await asyncio.wait(self._places, timeout=GRACE_S)
            for task in cut_short:
                task.cancel()
            await asyncio.gather(*cut_short, return_exceptions=True)
            self.abandoned += len(cut_short)


def _unsent(message: Lease) -> Attempt:
    return Attempt(id=message.id, lease=message.lease, outcome="unsent", took_ms=0)
