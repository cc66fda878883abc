"""What the parties are told of an event, kept in an order that no reader can miss anything of.

An identity column is given out before the commit, so that a reader may see 7 while 6 is still on its way, and never
come back for it. Here the one row of `sequencer` is locked as the last thing of a transaction and held until the
commit: whoever sees a position sees all before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, update

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Recorded
from workflow.lifecycle.reading import messages
from workflow.lifecycle.vocabulary import Audience
from workflow.store.bulk import Row, insert_rows
from workflow.store.tables.outbox import notices, sequencer

_NEXT = (
    update(sequencer)
    .where(sequencer.c.name == "notices")
    .values(position=sequencer.c.position + bindparam("count"))
    .returning(sequencer.c.position)
)


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as it is told, and to which parties."""

    parties: frozenset[int]
    body: dict[str, Any]


def telling(facts: CaseFacts, recorded: Recorded) -> Telling | None:
    """What the parties are told of an event: None when nobody is."""
    event = recorded.event
    if event.audience is not Audience.SERVED:
        return None
    parties = messages.told(facts, event)
    if not parties:
        return None
    notice = messages.notice(facts, event, recorded.recorded_at)
    return Telling(parties, {**notice, "data": {**notice["data"], "event": recorded.id}})


def notices_of(telling: Telling, recorded: Recorded) -> list[Row]:
    """A row for each party that is told. It has no position yet."""
    body = orjson.dumps(telling.body).decode()
    return [
        {
            "party": party,
            "case": recorded.case,
            "event": recorded.id,
            "subject": recorded.event.subject.id,
            "type": recorded.event.type,
            "body": body,
            "recorded_at": recorded.recorded_at,
        }
        for party in sorted(telling.parties)
    ]


def write_notices(connection: Connection, rows: Sequence[Row]) -> None:
    """Give each event its position and write the rows. Nothing may be locked after this but by the commit."""
    if not rows:
        return
    events = list(dict.fromkeys(row["event"] for row in rows))
    last: int = connection.execute(_NEXT, {"count": len(events)}).scalar_one()
    positions = {event: last - len(events) + n for n, event in enumerate(events, start=1)}
    insert_rows(connection, notices, [{"position": positions[row["event"]], **row} for row in rows])
