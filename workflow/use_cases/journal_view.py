"""The journal of a case as a reader sees it: each event with its place, its actor's name and its free text."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from workflow.lifecycle.events import EventType, Recorded, Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.store import journal
from workflow.store.tables.journal import journal as journal_table
from workflow.use_cases.keys import account_names
from workflow.use_cases.views.shared import SubjectRef, View


class ActorView(View):
    """Who acted: the account, and its name as far as there is one."""

    id: str
    name: str | None


class EventView(View):
    """One event. `hash` chains it to the one before; `text` is free text, kept beside the chain."""

    case: str
    seq: int
    id: str
    act: str
    subject: SubjectRef
    parent: SubjectRef | None
    type: str
    audience: str
    step: str | None
    actor: ActorView
    effective_on: date
    recorded_at: datetime
    late_by: str | None
    data: dict[str, Any]
    text: dict[str, str]
    hash: str


class ChangeView(View):
    """What somebody changed meanwhile."""

    seq: int
    type: str
    actor: ActorView
    recorded_at: datetime


class JournalView(View):
    """All events of a case in their order."""

    case: str
    reference: str
    items: list[EventView]


def journal_view(connection: Connection, case: CaseFacts) -> JournalView:
    """Show the journal of a case."""
    recorded = journal.read_case(connection, case.id)
    names = account_names(connection, [each.event.actor for each in recorded])
    return JournalView(case=case.id, reference=case.reference, items=[_event(each, names) for each in recorded])


def changes_since(connection: Connection, case: str, subject: Subject, version: int) -> list[ChangeView]:
    """What moved a thing on from a version somebody read: the events after that many of its own."""
    about = or_(journal_table.c.subject_id == subject.id, journal_table.c.parent_id == subject.id)
    ids = select(journal_table.c.id).where(journal_table.c.case == case, about).order_by(journal_table.c.seq)
    events = journal.read_events(connection, connection.scalars(ids.offset(version)).all())
    names = account_names(connection, [each.event.actor for each in events])
    return [
        ChangeView(
            seq=each.seq,
            type=each.event.type.value,
            actor=ActorView(id=each.event.actor, name=names.get(each.event.actor)),
            recorded_at=each.recorded_at,
        )
        for each in events
    ]


def statement_of(connection: Connection, case: CaseFacts, penalty: str) -> dict[str, Any] | None:
    """The receipt of the statement a penalty decision was proposed with."""
    proposed = select(journal_table.c.id).where(
        journal_table.c.case == case.id,
        journal_table.c.subject_id == penalty,
        journal_table.c.type == EventType.PENALTY_PROPOSED,
    )
    found = journal.read_events(connection, connection.scalars(proposed).all())
    return found[0].event.data["receipt"] if found else None


def _event(recorded: Recorded, names: dict[str, str]) -> EventView:
    event = recorded.event
    return EventView(
        case=recorded.case,
        seq=recorded.seq,
        id=recorded.id,
        act=recorded.act,
        subject=SubjectRef.of(event.subject),
        parent=SubjectRef.of(event.parent) if event.parent else None,
        type=event.type.value,
        audience=event.type.audience.value,
        step=event.step,
        actor=ActorView(id=event.actor, name=names.get(event.actor)),
        effective_on=event.effective_on,
        recorded_at=recorded.recorded_at,
        late_by=event.late_by,
        data=dict(event.data),
        text=dict(event.text),
        hash=recorded.hash,
    )
