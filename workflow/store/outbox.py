"""The outbox: a message per event and endpoint, written with the event, and leased to whoever sends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import orjson
from sqlalchemy import Connection, bindparam, or_, select, text, update

from workflow.lifecycle import notices
from workflow.lifecycle.events import Recorded
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.ids import derived_id
from workflow.lifecycle.vocabulary import Audience
from workflow.store.bulk import Row
from workflow.store.tables.outbox import MessageState, endpoints, messages

PENDING = text("messages.state = 'pending'")
"""Written out, since neither database uses the index on what is pending for a bound parameter."""

_LISTENING = select(endpoints.c.id, endpoints.c.case, endpoints.c.party, endpoints.c.last_sequence).where(
    endpoints.c.active, endpoints.c.case.in_(bindparam("cases", expanding=True))
)
_ADVANCE = update(endpoints).where(endpoints.c.id == bindparam("endpoint")).values(last_sequence=bindparam("sequence"))


@dataclass(frozen=True, slots=True)
class Listener:
    """An active endpoint of a case."""

    id: str
    party: int


class Leased(NamedTuple):
    """A message handed out for one attempt, with what it takes to send it."""

    id: str
    event: str
    endpoint: str
    url: str
    secret: str
    body: str
    attempt: int
    lease: str
    lease_until: datetime


def listeners(connection: Connection, cases: Iterable[str]) -> tuple[dict[str, list[Listener]], dict[str, int]]:
    """Who listens to these cases, and the last sequence each was given. To be read under the locks of the cases."""
    by_case: dict[str, list[Listener]] = {case: [] for case in cases}
    sequences = {}
    for row in connection.execute(_LISTENING, {"cases": list(by_case)}):
        by_case[row.case].append(Listener(row.id, row.party))
        sequences[row.id] = row.last_sequence
    return by_case, sequences


def messages_for(
    facts: CaseFacts, recorded: Recorded, listening: Sequence[Listener], sequences: dict[str, int], now: datetime
) -> list[Row]:
    """The messages an event makes; `sequences` moves on. Nobody is told of an internal event."""
    event = recorded.event
    if not listening or event.type.audience is not Audience.SERVED:
        return []
    told = notices.told(facts, event)
    notice: dict[str, Any] | None = None
    rows = []
    for listener in listening:
        if listener.party not in told:
            continue
        notice = notice or notices.notice(facts, event, recorded.recorded_at)
        sequence = sequences[listener.id] = sequences[listener.id] + 1
        body = {**notice, "data": {**notice["data"], "sequence": sequence}}
        rows.append(_row(recorded, listener.id, sequence, orjson.dumps(body).decode(), now))
    return rows


def message_id(event: str, endpoint: str) -> str:
    """The id of a message, which all its attempts carry: pure, and equal on replay."""
    return f"msg_{derived_id(event, endpoint).replace('-', '')}"


def write_sequences(connection: Connection, sequences: dict[str, int]) -> None:
    """Keep the last sequence given to each endpoint."""
    if sequences:
        connection.execute(_ADVANCE, [{"endpoint": id, "sequence": sequence} for id, sequence in sequences.items()])


def lease(connection: Connection, now: datetime, limit: int, lease_seconds: float) -> list[Leased]:
    """Hand out messages that may be tried now, oldest first, and count the attempt.

    Nobody else gets them until the lease is over: PostgreSQL skips rows that another is handing out at this moment,
    on SQLite only one writes at a time. Messages of an endpoint that is not active wait.
    """
    token = str(uuid4())
    until = now + timedelta(seconds=lease_seconds)
    free = or_(messages.c.lease_until.is_(None), messages.c.lease_until <= now)
    active = select(endpoints.c.id).where(endpoints.c.active)
    due = (
        select(messages.c.id)
        .where(PENDING, messages.c.next_attempt_at <= now, free)
        .where(messages.c.endpoint.in_(active))
        .order_by(messages.c.next_attempt_at, messages.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=messages)
    )
    ids = connection.scalars(due).all()
    if not ids:
        return []
    taken = {"lease": token, "lease_until": until, "attempts": messages.c.attempts + 1}
    connection.execute(update(messages).where(messages.c.id.in_(ids)).values(taken))
    rows = connection.execute(
        select(messages, endpoints.c.url, endpoints.c.secret)
        .join(endpoints, endpoints.c.id == messages.c.endpoint)
        .where(messages.c.id.in_(ids))
        .order_by(messages.c.next_attempt_at, messages.c.id)
    )
    return [
        Leased(row.id, row.event, row.endpoint, row.url, row.secret, row.body, row.attempts, token, until)
        for row in rows
    ]


def _row(recorded: Recorded, endpoint: str, sequence: int, body: str, now: datetime) -> Row:
    return {
        "id": message_id(recorded.id, endpoint),
        "event": recorded.id,
        "endpoint": endpoint,
        "case": recorded.case,
        "sequence": sequence,
        "type": recorded.event.type.value,
        "body": body,
        "created_at": now,
        "state": MessageState.PENDING,
        "attempts": 0,
        "next_attempt_at": now,
        "lease": None,
        "lease_until": None,
    }
