"""Small use cases and whole cases to store: the lifecycle's own commands, run through a writer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, Table, func, select

from tests.support.register import CASE, DECIDER, OFFICER, REGISTRAR, SCHEDULER, a_draft
from workflow.lifecycle.door.decide import decide, find_trigger
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import CaseFacts, case_id, child_id
from workflow.lifecycle.kernel.authority import CaseRegistered
from workflow.lifecycle.kernel.events import Event, Recorded, Subject
from workflow.lifecycle.kernel.refusals import NotDue
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.changes import StepTaken
from workflow.store.database import reader
from workflow.store.missing import NotFound
from workflow.store.tables.outbox import EndpointState, endpoints
from workflow.store.tables.timers import timers
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.store.writer import Writer
from workflow.use_cases.acting.bodies import read_content


class Calendar:
    """A register's clock that says noon of the day it was turned to."""

    def __init__(self, day: str = "2022-06-02") -> None:
        self.turn(day)

    def turn(self, day: str) -> None:
        self.at = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    @property
    def today(self) -> date:
        return self.at.date()


class AlreadyOpen(Exception):
    """The case is open already."""


@dataclass(frozen=True)
class Pull:
    """A trigger to pull, with the version as it is."""

    subject: Subject
    trigger: str
    data: dict[str, Any] = field(default_factory=dict)
    step: str | None = None
    reason: str | None = None


@touches(cases=lambda pull: [(pull.subject.kind, pull.subject.id)])
def pull(uow: UnitOfWork, asked: Pull, actor: Actor) -> list[Recorded] | StepTaken:
    """Advance a thing; a step taken already is answered with its event."""
    case = uow.case(uow.case_of(asked.subject.kind, asked.subject.id))
    trigger = find_trigger(asked.subject.kind, asked.trigger)
    command = Command(
        subject=asked.subject,
        trigger=trigger,
        content=read_content(asked.subject.kind, trigger, asked.data),
        version=None if Role.SCHEDULER in actor.roles else case.versions.get(asked.subject.id),
        step=asked.step,
        reason=asked.reason,
    )
    try:
        events = decide(case, command, actor, uow.now.date())
    except NotDue:
        if asked.step and (taken := uow.event_with_step(asked.step)) is not None:
            return taken
        raise
    return uow.append(case.id, fold(case, events), events)


@touches(cases=lambda reference: [(SubjectKind.CASE, case_id(reference))], authority=True)
def open_case(uow: UnitOfWork, reference: str, actor: Actor) -> CaseFacts:
    """Open a case and register it."""
    content = read_content(SubjectKind.CASE, Trigger.OPEN, {**CASE, "reference": reference})
    subject = Subject(SubjectKind.CASE, case_id(reference))
    with suppress(NotFound):
        raise AlreadyOpen(uow.case(subject.id).reference)
    events = decide(None, Command(subject=subject, trigger=Trigger.OPEN, content=content), actor, uow.now.date())
    case = fold(None, events)
    uow.append(case.id, case, events)
    uow.append_authority([registered(case.id, actor.account, uow.now.date())])
    return case


def registered(case: str, actor: str, on: date) -> Event:
    """The authority's word that there is this case."""
    subject = Subject(SubjectKind.CASE, case)
    registered = CaseRegistered(case=subject.id, reference="")
    return Event(subject=subject, actor=actor, effective_on=on, payload=registered)


@touches(cases=lambda row: [(SubjectKind.CASE, row["case"])])
def register_endpoint(uow: UnitOfWork, row: dict[str, Any], _actor: Actor) -> None:
    """Let somebody listen to a case."""
    given = {"secret": "s", "old_secret": None, "old_secret_until": None, "types": None, "state": EndpointState.ACTIVE}
    begun = {"version": 1, "last_sequence": 0, "created_at": uow.now, "created_by": "officer"}
    uow.insert(endpoints, [{"url": "https://counsel.example", "party": 1, **given, **begun, **row}])


@dataclass
class Desk:
    """People at work on a database."""

    engine: Engine
    writer: Writer
    clock: Calendar

    def opened(self, reference: str = "SAN-2022-019") -> CaseFacts:
        self.clock.turn("2022-06-02")
        return self.writer.run(open_case, reference, OFFICER)

    def adopted(self, reference: str = "SAN-2022-019", listening: bool = False) -> Subject:
        """A decision with three orders and a clause, adopted on 17 October 2022."""
        case = self.opened(reference).id
        if listening:
            self.writer.run(register_endpoint, {"id": f"endpoint-{reference}", "case": case}, OFFICER)
        decision = Subject(SubjectKind.DECISION, child_id(case, "decision", 1))
        draft = {**a_draft(), "reference": reference}
        self.on("2022-10-13").pull(OFFICER, Subject(SubjectKind.CASE, case), "draft", draft)
        self.pull(OFFICER, decision, "submit", reason="ready")
        self.on("2022-10-17").pull(DECIDER, decision, "adopt")
        return decision

    def served(self, reference: str = "SAN-2022-019", listening: bool = False) -> Subject:
        """The same, served on 19 October 2022."""
        decision = self.adopted(reference, listening)
        service = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
        self.on("2022-10-19").pull(REGISTRAR, decision, "record_service", service)
        return decision

    def on(self, day: str) -> "Desk":
        self.clock.turn(day)
        return self

    def pull(
        self, actor: Actor, subject: Subject, trigger: str, data: dict[str, Any] | None = None, **more: Any
    ) -> Any:
        return self.writer.run(pull, Pull(subject, trigger, data or {}, **more), actor)

    def due(self) -> list[Pull]:
        """What the timers say is due."""
        due = select(timers).where(timers.c.due_at <= self.clock.now()).order_by(timers.c.due_at, timers.c.subject_id)
        return [Pull(Subject(row.subject_kind, row.subject_id), row.trigger, step=row.step) for row in self.rows(due)]

    def sweep(self) -> list[Any]:
        """Take every step that is due, once; what became of each."""
        asked = [(pull, each, SCHEDULER) for each in self.due()]
        return [future.exception() or future.result() for future in self.writer.submit_many(asked)]

    def rows(self, statement: Any) -> list[Any]:
        with reader(self.engine).connect() as connection:
            return list(connection.execute(statement))

    def count(self, table: Table) -> int:
        found: int = self.rows(select(func.count()).select_from(table))[0][0]
        return found


@contextmanager
def at_desk(engine: Engine, writer: type[Writer] = Writer, largest: int = 500) -> Iterator[Desk]:
    """A desk with a writer of its own, closed at the end."""
    clock = Calendar()
    made = writer(engine, clock, largest=largest)
    try:
        yield Desk(engine, made, clock)
    finally:
        made.close()
