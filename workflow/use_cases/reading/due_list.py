"""The steps that are due now, page by page. It claims nothing: the door checks each key again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select, update

from workflow.law.days import local_day
from workflow.law.regime import regime
from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Trigger
from workflow.store.cases import read_cases
from workflow.store.clock import machine_now
from workflow.store.cursors import instant, read_cursor, text, write_cursor
from workflow.store.tables.timers import timers
from workflow.store.unit_of_work import UnitOfWork, touches

SLEEP = timedelta(hours=1)
_LIST = "due"


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that is due: what to pull on what, with the key that says so."""

    subject: Subject
    case: str
    trigger: str
    step: str
    due_on: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DuePage:
    """Some steps that are due, and where the next page begins, None on the last."""

    items: list[DueStep]
    next: str | None


def due_list(connection: Connection, now: datetime, limit: int, cursor: str | None) -> DuePage:
    """Steps due at this instant of the register's clock, earliest first; InvalidRequest for a cursor that is none."""
    awake = or_(timers.c.sleeps_until.is_(None), timers.c.sleeps_until <= machine_now())
    query = select(timers).where(timers.c.due_at <= now, awake)
    if cursor is not None:
        at, id = read_cursor(cursor, _LIST, instant, text)
        query = query.where(or_(timers.c.due_at > at, and_(timers.c.due_at == at, timers.c.subject_id > id)))
    rows = connection.execute(query.order_by(timers.c.due_at, timers.c.subject_id).limit(limit + 1)).all()
    page = rows[:limit]
    more = write_cursor(_LIST, page[-1].due_at, page[-1].subject_id) if len(rows) > limit else None
    return DuePage(_steps(connection, page, now), more)


@touches()
def put_to_sleep(uow: UnitOfWork, subjects: list[str], _actor: Actor) -> None:
    """Set aside for an hour the timers whose step was offered and then refused by a guard: a defect to look into."""
    until = uow.machine_now + SLEEP
    uow.execute(update(timers).where(timers.c.subject_id.in_(subjects)).values(sleeps_until=until))


def _steps(connection: Connection, rows: Any, now: datetime) -> list[DueStep]:
    """The rows as steps. Which of several missed reminders is open depends on the day, so those are derived afresh."""
    cases = read_cases(connection, {row.case for row in rows if row.trigger == Trigger.REMIND})
    found = []
    for row in rows:
        subject = Subject(row.subject_kind, row.subject_id)
        if row.trigger != Trigger.REMIND:
            found.append(DueStep(subject, row.case, row.trigger, row.step, row.due_on, row.due_at))
        elif (step := _as_of(cases[row.case], subject, now)) is not None:
            found.append(step)
    return found


def _as_of(case: CaseFacts, subject: Subject, now: datetime) -> DueStep | None:
    step = step_of(case, subject, local_day(now, regime(case.regime).timezone))
    if step is None or step.due_at > now:
        return None
    return DueStep(step.subject, case.id, step.trigger, step.key, step.due_on, step.due_at)
