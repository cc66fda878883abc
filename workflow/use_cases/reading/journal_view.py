"""The journal of a case as a reader sees it: each event with its place, its actor's name and its free text."""

from dataclasses import fields
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Connection, or_, select

from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Recorded, Subject
from workflow.lifecycle.vocabulary import Audience
from workflow.store import journal
from workflow.store.cases import Instant
from workflow.store.cursors import read_cursor, whole, write_cursor
from workflow.store.tables.journal import journal as journal_table
from workflow.use_cases.accounts.keys import account_names
from workflow.use_cases.acting.body_types import IsoDate, OneLine
from workflow.use_cases.views.shared import EventType, SubjectRef, View, shown


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
    """Events of a case in their order. `next` is the cursor of the page after it, null on the last."""

    case: str
    reference: str
    items: list[EventView]
    next: str | None


class JournalQuery(BaseModel):
    """Which events: those that match every filter, first and last of a span included. Any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[list[EventType], Field(description="One of these types; may be repeated.", max_length=100)] = []
    subject: Annotated[OneLine | None, Field(description="The id of the thing an event is about.")] = None
    actor: Annotated[OneLine | None, Field(description="The id of the account that acted.")] = None
    audience: Audience | None = None
    recorded_from: Instant | None = None
    recorded_to: Instant | None = None
    effective_from: IsoDate | None = None
    effective_to: IsoDate | None = None
    after: Annotated[int, Field(ge=0, le=2**31 - 1, description="Only events with a greater `seq`.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 1000
    cursor: Annotated[OneLine | None, Field(description="`next` of the page before, under the same filters.")] = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the rows of the journal must meet; InvalidRequest for a span that ends before it begins."""
        at = journal_table.c
        wanted: list[ColumnElement[bool]] = [at.seq > self.after]
        if self.type:
            wanted.append(at.type.in_(self.type))
        for column, value in ((at.subject_id, self.subject), (at.actor, self.actor), (at.audience, self.audience)):
            if value is not None:
                wanted.append(column == value)
        for name, column in (("recorded", at.recorded_at), ("effective", at.effective_on)):
            first, last = getattr(self, f"{name}_from"), getattr(self, f"{name}_to")
            if first is not None and last is not None and last < first:
                raise invalid(f"/query/{name}_to", f"not before {name}_from")
            wanted += [] if first is None else [column >= first]
            wanted += [] if last is None else [column <= last]
        return wanted


def journal_view(connection: Connection, case: CaseFacts, query: JournalQuery) -> JournalView:
    """Show the events of a case that match, by their place in the journal."""
    _check_named(connection, case, query)
    of = [case.id, query.model_dump(mode="json", exclude={"limit", "cursor"})]
    matching = select(journal_table.c.id).where(journal_table.c.case == case.id, *query.conditions())
    if query.cursor is not None:
        (last,) = read_cursor(query.cursor, of, whole)
        matching = matching.where(journal_table.c.seq > last)
    ids = connection.scalars(matching.order_by(journal_table.c.seq).limit(query.limit + 1)).all()
    recorded = journal.read_events(connection, ids[: query.limit])
    names = account_names(connection, [each.event.actor for each in recorded])
    return JournalView(
        case=case.id,
        reference=case.reference,
        items=[_event(each, names) for each in recorded],
        next=write_cursor(of, recorded[-1].seq) if len(ids) > query.limit else None,
    )


def _check_named(connection: Connection, case: CaseFacts, query: JournalQuery) -> None:
    """InvalidRequest for a thing that never was in the case, and for an account that is none."""
    at, here = journal_table.c, select(journal_table.c.id).where(journal_table.c.case == case.id).limit(1)
    if query.subject is not None and connection.scalar(here.where(at.subject_id == query.subject)) is None:
        raise invalid("/query/subject", "the id of a thing of this case, as `subject` of its events has it")
    if query.actor is None or account_names(connection, [query.actor]):
        return
    if connection.scalar(here.where(at.actor == query.actor)) is None:
        raise invalid("/query/actor", "the id of an account, as `actor` of an event has it")


def changes_since(connection: Connection, case: str, subject: Subject, version: int) -> list[ChangeView]:
    """What moved a thing on from a version somebody read: the events after that many of its own."""
    about = or_(journal_table.c.subject_id == subject.id, journal_table.c.parent_id == subject.id)
    ids = select(journal_table.c.id).where(journal_table.c.case == case, about).order_by(journal_table.c.seq)
    events = journal.read_events(connection, connection.scalars(ids.offset(version)).all())
    names = account_names(connection, [each.event.actor for each in events])
    return [shown(ChangeView, each, type=each.event.type, actor=_actor(each, names)) for each in events]


def _event(recorded: Recorded, names: dict[str, str]) -> EventView:
    place = {each.name: getattr(recorded, each.name) for each in fields(recorded) if each.name != "event"}
    return shown(EventView, recorded.event, **place, actor=_actor(recorded, names))


def _actor(recorded: Recorded, names: dict[str, str]) -> ActorView:
    return ActorView(id=recorded.event.actor, name=names.get(recorded.event.actor))
