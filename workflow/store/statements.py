"""The statement that a penalty decision rests on, from the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import EventType
from workflow.store import journal
from workflow.store.tables.journal import journal as journal_table

_STATING = (
    EventType.PENALTY_PROPOSED,
    EventType.PENALTY_SUM_REPLACED,
    EventType.PENALTY_ADOPTED,
    EventType.PENALTY_REDUCED,
)


def statement_of(
    connection: Connection, case: CaseFacts, penalty: str, known_at: datetime | None = None
) -> dict[str, Any] | None:
    """The receipt of the statement a penalty decision rests on: as proposed, stated anew, or adopted with less.

    As it was known at an instant, where one is given.
    """
    stating = select(journal_table.c.id).where(
        journal_table.c.case == case.id,
        journal_table.c.subject_id == penalty,
        journal_table.c.type.in_(_STATING),
        *([] if known_at is None else [journal_table.c.recorded_at <= known_at]),
    )
    found = journal.read_events(connection, connection.scalars(stating.order_by(journal_table.c.seq)).all())
    receipts = [each.event.data["receipt"] for each in found if "receipt" in each.event.data]
    return receipts[-1] if receipts else None
