"""The outbox: a message per event and endpoint, written with the event. `leasing` hands them out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, bindparam, select, text, update

from workflow.lifecycle.facts.ids import derived_id
from workflow.lifecycle.kernel.events import Recorded
from workflow.store.bulk import Row, one_of
from workflow.store.notices import Telling
from workflow.store.tables.outbox import LISTENING, MessageState, endpoints

PING = "endpoint.ping"
"""The type of a message that only asks whether somebody answers. It is no event of a case and has no sequence."""

PENDING = text("messages.state = 'pending'")
"""Inlined as a literal: neither database uses the partial index when the state is a bound parameter."""

_LISTENING = select(
    endpoints.c.id, endpoints.c.case, endpoints.c.party, endpoints.c.types, endpoints.c.last_sequence
).where(endpoints.c.state.in_(LISTENING), one_of(endpoints.c.case, "cases"))
_ADVANCE = update(endpoints).where(endpoints.c.id == bindparam("endpoint")).values(last_sequence=bindparam("sequence"))


@dataclass(frozen=True, slots=True)
class Listener:
    """An endpoint of a case that is given messages: of all types, or of those it chose."""

    id: str
    party: int
    types: frozenset[str] | None


def listeners(connection: Connection, cases: Iterable[str]) -> tuple[dict[str, list[Listener]], dict[str, int]]:
    """Who listens to these cases, and the last sequence each was given. To be read under the locks of the cases."""
    by_case: dict[str, list[Listener]] = {case: [] for case in cases}
    sequences = {}
    for row in connection.execute(_LISTENING, {"cases": list(by_case)}):
        types = None if row.types is None else frozenset(orjson.loads(row.types))
        by_case[row.case].append(Listener(row.id, row.party, types))
        sequences[row.id] = row.last_sequence
    return by_case, sequences


def messages_for(
    telling: Telling, recorded: Recorded, listening: Sequence[Listener], sequences: dict[str, int], now: datetime
) -> list[Row]:
    """The messages an event makes for those of its parties who listen; `sequences` moves on."""
    rows = []
    for listener in listening:
        chose = listener.types is None or recorded.event.type in listener.types
        if listener.party not in telling.parties or not chose:
            continue
        sequence = sequences[listener.id] = sequences[listener.id] + 1
        body = {**telling.body, "data": {**telling.body["data"], "sequence": sequence}}
        rows.append(
            message_row(
                id=message_id(recorded.id, listener.id),
                endpoint=listener.id,
                case=recorded.case,
                type=recorded.event.type,
                body=orjson.dumps(body).decode(),
                now=now,
                event=recorded.id,
                sequence=sequence,
            )
        )
    return rows


def message_id(event: str, endpoint: str) -> str:
    """The id of a message, which all its attempts carry: pure, and equal on replay."""
    return f"msg_{derived_id(event, endpoint).replace('-', '')}"


def write_sequences(connection: Connection, sequences: dict[str, int]) -> None:
    """Keep the last sequence given to each endpoint."""
    if sequences:
        connection.execute(_ADVANCE, [{"endpoint": id, "sequence": sequence} for id, sequence in sequences.items()])


def message_row(
    *,
    id: str,
    endpoint: str,
    case: str,
    type: str,
    body: str,
    now: datetime,
    event: str | None = None,
    sequence: int | None = None,
) -> Row:
    """A message to be sent at once."""
    return {
        "id": id,
        "event": event,
        "endpoint": endpoint,
        "case": case,
        "sequence": sequence,
        "type": type,
        "body": body,
        "created_at": now,
        "state": MessageState.PENDING,
        "attempts": 0,
        "tried_before": 0,
        "dead": False,
        "next_attempt_at": now,
        "lease": None,
        "lease_until": None,
    }
