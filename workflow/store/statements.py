"""The statement that a penalty decision rests on, from the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.penalty_decision.adoption import PenaltyAdopted
from workflow.lifecycle.penalty_decision.correction import PenaltyReduced, PenaltySumReplaced
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed
from workflow.store import journal
from workflow.store.tables.journal import journal as journal_table

_STATING = (
    PenaltyProposed.type,
    PenaltySumReplaced.type,
    PenaltyAdopted.type,
    PenaltyReduced.type,
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
