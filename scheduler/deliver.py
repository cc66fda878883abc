"""A delivery round: lease messages, send many at once, report what came of each, until there is none left.

Nothing here is remembered. A round killed at any moment loses no message: what was leased and not reported comes back
to the API when its lease runs out, and is sent again under the same id.
"""

import asyncio
import functools
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from scheduler.client import ApiClient
from scheduler.delivery_round import DeliveryRound
from scheduler.egress import Resolve
from scheduler.escalate import machine_now
from scheduler.pinned import PinnedTransport, trust
from scheduler.wire import JSON

try:
    import uvloop
except ImportError:  # pragma: no cover
    uvloop = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class DeliverReport:
    """What one delivery round did.

    `delivered` and `failed` count attempts that were reported, `stale` those among them whose lease had run out.
    `unsent` were leased and given back unbegun. `abandoned` were leased and cut short by a stop: their leases run out
    and they are sent again. `leases` counts the calls that asked for messages.
    """

    leased: int
    delivered: int
    failed: int
    unsent: int
    stale: int
    abandoned: int
    leases: int
    first_request_at: datetime
    last_answer_at: datetime

    def to_json(self) -> JSON:
        """Write the report as plain JSON values."""
        return {
            "leased": self.leased,
            "delivered": self.delivered,
            "failed": self.failed,
            "unsent": self.unsent,
            "stale": self.stale,
            "abandoned": self.abandoned,
            "leases": self.leases,
            "first_request_at": self.first_request_at.isoformat(),
            "last_answer_at": self.last_answer_at.isoformat(),
        }


def deliver(
    client: ApiClient,
    allow: frozenset[str],
    *,
    concurrency: int = 64,
    budget_s: float = 60.0,
    stopping: Callable[[], bool] = lambda: False,
    resolve: Resolve | None = None,
) -> DeliverReport:
    """Send what is to be sent now; returns when a lease answers nothing and nothing is under way.

    At most `concurrency` messages are under way at once. After `budget_s` seconds, or when `stopping` says so, nothing
    more is leased, so a call ends within `budget_s` and one attempt's deadline. `allow` and `resolve` are as in
    `check_url`. Raises CallFailed when the API could not be asked, after what was under way has ended.
    """
    began = machine_now()
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        work = runner.run(_round(client, allow, concurrency, budget_s, stopping, resolve))
    return DeliverReport(
        leased=work.leased,
        delivered=work.delivered,
        failed=work.failed,
        unsent=work.unsent,
        stale=work.stale,
        abandoned=work.abandoned,
        leases=work.leases,
        first_request_at=began,
        last_answer_at=machine_now(),
    )


async def _round(
    client: ApiClient,
    allow: frozenset[str],
    concurrency: int,
    budget_s: float,
    stopping: Callable[[], bool],
    resolve: Resolve | None,
) -> DeliveryRound:
    # Names resolve on threads of their own: a resolver that hangs must not hold up the calls to the API, which run on
    # the loop's threads, nor the end of the round.
    names = ThreadPoolExecutor(min(concurrency, 32), thread_name_prefix="resolve")
    try:
        async with PinnedTransport(allow, resolve=resolve, names=names, tls=_tls()) as transport:
            work = DeliveryRound(client, transport, concurrency, budget_s, stopping)
            await work.run()
            return work
    finally:
        names.shutdown(wait=False, cancel_futures=True)


def _new_loop() -> asyncio.AbstractEventLoop:
    # Half the time of the standard loop for each message; there is none for Windows.
    return asyncio.new_event_loop() if uvloop is None else uvloop.new_event_loop()


@functools.cache
def _tls() -> ssl.SSLContext:
    return trust()  # reading the authorities' certificates takes 20 ms
