"""What counsel pulls: every notice to its parties, from a position on, without a gap."""

from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import Field
from sqlalchemy import Connection, select

from workflow.store.tables.outbox import notices, sequencer
from workflow.use_cases.accounts.representation import Party
from workflow.use_cases.views.shared import View
from workflow.use_cases.webhooks.endpoint_list import of_parties


class NoticeView(View):
    """What happened, as a webhook tells it but for `data.sequence`; `id` is the event, alike wherever it is told."""

    position: int
    id: str
    type: str
    timestamp: datetime
    data: dict[str, Any]


class NoticePage(View):
    """Notices in the order of their commits. Ask again `after` this `position`, at once when `truncated`."""

    items: list[NoticeView]
    position: Annotated[int, Field(description="The position of the last one; what was asked for when there is none.")]
    truncated: bool


def read_notices(
    connection: Connection, parties: frozenset[Party], types: list[str], after: int, limit: int
) -> NoticePage:
    """The notices to these parties after a position, each once."""
    at = notices.c
    query = select(at.position, at.event, at.body).where(of_parties(notices, parties), at.position > after)
    if types:
        query = query.where(at.type.in_(types))
    rows = connection.execute(query.distinct().order_by(at.position).limit(limit + 1)).all()
    items = [NoticeView(position=row.position, id=row.event, **orjson.loads(row.body)) for row in rows[:limit]]
    return NoticePage(items=items, position=items[-1].position if items else after, truncated=len(rows) > limit)


def last_position(connection: Connection) -> int:
    """The last position given and committed."""
    position: int = connection.execute(select(sequencer.c.position).where(sequencer.c.name == "notices")).scalar_one()
    return position
