"""Handing out what may be sent now: which messages, of which endpoints, and how many of each.

An endpoint has at most 8 messages in flight, and one that keeps failing has one, until one succeeds. So a host that is
dead holds up nobody: the places of a sender are shared among all endpoints that have something to be sent. The work of
a lease grows with the endpoints that have something waiting, not with how much waits at one of them.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, and_, bindparam, func, literal_column, or_, select, update
from sqlalchemy import case as sql_case

from workflow.store.bulk import one_of
from workflow.store.outbox import PING
from workflow.store.tables.outbox import EndpointState, circuits, endpoints, messages

T = TypeVar("T")

IN_FLIGHT = 8
"""Messages of one endpoint that are handed out at once."""

FAILING = 3
"""An endpoint that failed so often, with no success between, has one message in flight at a time."""


class Leased(NamedTuple):
    """A message handed out for one attempt, with what it takes to send it."""

    id: str
    type: str
    endpoint: str
    url: str
    secret: str
    old_secret: str | None
    body: str
    attempt: int
    lease: str
    lease_until: datetime


class Due(NamedTuple):
    """An endpoint that has something waiting: how many of its messages are out, how often it failed, what is due."""

    endpoint: str
    state: EndpointState
    out: int
    failures: int
    due: list[str]


_NOW = bindparam("now", type_=messages.c.next_attempt_at.type)


def _pending(table: Any) -> Any:
    # Written out, since neither database uses an index on what is pending for a bound parameter.
    return table.c.state == literal_column("'pending'")


def _waiting() -> Any:
    """The endpoints that have something pending, each found by one step in the index."""
    first, other = messages.alias("first"), messages.alias("other")
    found = select(func.min(first.c.endpoint).label("endpoint")).where(_pending(first)).cte("waiting", recursive=True)
    after = select(func.min(other.c.endpoint)).where(_pending(other), other.c.endpoint > found.c.endpoint)
    return found.union_all(select(after.scalar_subquery()).where(found.c.endpoint.is_not(None)))


def _scan() -> Any:
    waiting, circuit = _waiting(), circuits.c.endpoint == endpoints.c.id
    mine, out = messages.alias("mine"), messages.alias("out")
    of_this = mine.c.endpoint == endpoints.c.id
    free = or_(mine.c.lease_until.is_(None), mine.c.lease_until <= _NOW)
    sent_in = or_(
        endpoints.c.state == EndpointState.ACTIVE,
        and_(mine.c.type == PING, endpoints.c.state.in_((EndpointState.PENDING, EndpointState.PAUSED))),
    )
    first = (
        select(mine.c.id)
        .where(of_this, _pending(mine), mine.c.next_attempt_at <= _NOW, free, sent_in)
        .order_by(mine.c.next_attempt_at, mine.c.sequence)
        .limit(IN_FLIGHT)
        .correlate(endpoints)
        .subquery("due")
    )
    held = and_(out.c.endpoint == endpoints.c.id, out.c.lease.is_not(None), out.c.lease_until > _NOW)
    return select(
        endpoints.c.id,
        endpoints.c.state,
        select(func.count()).select_from(out).where(held).correlate(endpoints).scalar_subquery().label("out"),
        func.coalesce(circuits.c.failures, 0).label("failures"),
        select(func.aggregate_strings(first.c.id, ",")).scalar_subquery().label("due"),
    ).select_from(waiting.join(endpoints, endpoints.c.id == waiting.c.endpoint).outerjoin(circuits, circuit))


_SCAN = _scan()
_FREE = or_(messages.c.lease_until.is_(None), messages.c.lease_until <= _NOW)
_TAKE = (
    update(messages)
    .where(
        messages.c.id.in_(
            select(messages.c.id)
            .where(one_of(messages.c.id, "ids"), _pending(messages), _FREE)
            .with_for_update(skip_locked=True)
        )
    )
    .values(lease=bindparam("token"), lease_until=bindparam("until"), attempts=messages.c.attempts + 1)
    .returning(
        messages.c.id, messages.c.endpoint, messages.c.sequence, messages.c.type, messages.c.body, messages.c.attempts
    )
)
_OLD_SECRET = sql_case((endpoints.c.old_secret_until > _NOW, endpoints.c.old_secret)).label("old_secret")
_ADDRESSES = select(endpoints.c.id, endpoints.c.url, endpoints.c.secret, _OLD_SECRET).where(
    one_of(endpoints.c.id, "ids")
)


def scan(connection: Connection, now: datetime) -> list[Due]:
    """Look at every endpoint that has something waiting."""
    return [
        Due(row.id, row.state, row.out, row.failures, row.due.split(",") if row.due else [])
        for row in connection.execute(_SCAN, {"now": now})
    ]


def lease(
    connection: Connection, now: datetime, limit: int, lease_seconds: float, seen: Sequence[Due] | None = None
) -> list[Leased]:
    """Hand out messages that may be tried now, and count the attempt; of one endpoint in the order of their sequence.

    Nobody else gets them until the lease is over: PostgreSQL skips rows that another is handing out at this moment,
    on SQLite only one writes at a time. Messages of an endpoint that is not active wait, but for a ping, which is to
    find out whether it answers. `seen` is what a scan has just found.
    """
    ids = _share(scan(connection, now) if seen is None else seen, limit)
    if not ids:
        return []
    token, until = str(uuid4()), now + timedelta(seconds=lease_seconds)
    taken = connection.execute(_TAKE, {"ids": ids, "now": now, "token": token, "until": until}).all()
    of_each: dict[str, list[Any]] = {}
    for row in sorted(taken, key=lambda row: row.sequence or 0):
        of_each.setdefault(row.endpoint, []).append(row)
    addresses = {row.id: row for row in connection.execute(_ADDRESSES, {"ids": list(of_each), "now": now})}
    return [
        Leased(row.id, row.type, at.id, at.url, at.secret, at.old_secret, row.body, row.attempts, token, until)
        for row in _in_turn(of_each.values())
        for at in [addresses[row.endpoint]]
    ]


def _share(seen: Sequence[Due], limit: int) -> list[str]:
    """What to hand out: of each endpoint as much as it has room for, in turn, beginning anywhere."""
    rooms = [(1 if each.failures >= FAILING else IN_FLIGHT) - each.out for each in seen]
    lists = [each.due[:room] for each, room in zip(seen, rooms, strict=True) if room > 0 and each.due]
    random.shuffle(lists)
    return _in_turn(lists)[:limit]


def _in_turn(lists: Iterable[Sequence[T]]) -> list[T]:
    """The first of each list, the second of each, and so on."""
    ranked = [(rank, each) for one in lists for rank, each in enumerate(one)]
    return [each for _, each in sorted(ranked, key=itemgetter(0))]
