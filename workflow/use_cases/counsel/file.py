"""Filing: what a party says, with its files, recorded in one act or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import ConfigDict
from sqlalchemy import Connection, select

from workflow.law.invalid import invalid
from workflow.lifecycle.door.decide import decide, permit
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.machine import rows_of
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import copied
from workflow.lifecycle.filing.contents import AttachmentContent
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import FilingKind, SubjectKind, Trigger
from workflow.store.files import Kept
from workflow.store.tables.journal import journal
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import append, today_of
from workflow.use_cases.acting.bodies import read_content
from workflow.use_cases.acting.body_types import Body, Name, Words
from workflow.use_cases.acting.on_behalf import acting
from workflow.use_cases.acting.outcome import Outcome

AT = "/filing"
"""Where the filing stands in the request."""

_TRIGGERS = {
    FilingKind.COMPLIANCE_REPORT: Trigger.RECORD_REPORT,
    FilingKind.OBSERVATIONS: Trigger.RECORD_OBSERVATIONS,
    FilingKind.REQUEST: Trigger.RECORD_REQUEST,
}


class AboutBody(Body):
    """What a filing is about: an order, or a penalty decision."""

    kind: Literal[SubjectKind.ORDER, SubjectKind.PENALTY_DECISION]
    id: Name


class FilingBody(Body):
    """What a party files about what, and what its kind needs beside: the `data` of the trigger that records it.

    `compliance_report` about an order: `claims`, `text`. `observations` about a penalty decision: `text`, and `party`
    where several were heard. `request` about an order: `asks_for`, `grounds`, `until`; about a penalty decision:
    `until`, `grounds`, `party`. Officers add `received_on`, the day it came in, if that was not today.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    about: AboutBody
    kind: FilingKind
    reason: Words | None = None

    @property
    def subject(self) -> Subject:
        """The thing it is about."""
        return Subject(self.about.kind, self.about.id)

    @property
    def trigger(self) -> Trigger:
        """The trigger that records it."""
        return _TRIGGERS[self.kind]

    @property
    def members(self) -> Mapping[str, Any]:
        """What its kind needs beside."""
        return self.model_extra or {}

    def check_about(self) -> None:
        """Raise InvalidRequest when nothing of this kind is filed about such a thing."""
        if not rows_of(self.about.kind, self.trigger):
            fitting = [kind.value for kind in SubjectKind if rows_of(kind, self.trigger)]
            raise invalid(f"{AT}/about/kind", f"{self.kind} is filed about {' or '.join(fitting)}")

    def content(self) -> Any:
        """What its trigger reads; InvalidRequest with every wrong member."""
        return read_content(self.about.kind, self.trigger, self.members, AT)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is kept already, with what it was declared as."""

    file: Kept
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class NewFiling:
    """What is filed, and the files that came with it."""

    body: FilingBody
    files: tuple[NewFile, ...] = ()


def may_file(case: CaseFacts, body: FilingBody, actor: Actor, today: date) -> None:
    """Raise RoleNotPermitted unless this actor files such a thing at all."""
    permit(case, body.subject, body.trigger, actor, today)


@touches(cases=lambda new: [(new.body.about.kind, new.body.about.id)])
def file(uow: UnitOfWork, new: NewFiling, actor: Actor) -> Outcome:
    """Record the filing and attach its files; it rests on nothing that was read, so no version is asked for."""
    subject = new.body.subject
    case = uow.case(uow.case_of(subject.kind, subject.id))
    today = today_of(case, uow)
    actor = acting(uow.connection, case, subject, actor)
    may_file(case, new.body, actor, today)
    content = new.body.content()
    command = Command(
        subject=subject,
        trigger=new.body.trigger,
        content=content,
        content_at=AT,
        reason=new.body.reason,
        version=case.versions[subject.id],
    )
    events = decide(case, command, actor, today)
    filing = events[0].subject
    after = fold(case, events)
    for each in new.files:
        attached = decide(after, _attaching(filing, each, content.received_on, after), actor, today)
        after = fold(after, attached)
        events = [*events, *attached]
    return append(uow, case, events)


def _attaching(filing: Subject, new: NewFile, received_on: date | None, case: CaseFacts) -> Command:
    file = {"sha256": new.file.sha256, "size": new.file.size, "received_on": received_on}
    content = copied(AttachmentContent, new, **file)
    return Command(subject=filing, trigger=Trigger.ATTACH, content=content, version=case.versions[filing.id])


def recorded_at(connection: Connection, event: str) -> datetime:
    """The instant at which an event was recorded."""
    found: datetime = connection.execute(select(journal.c.recorded_at).where(journal.c.id == event)).scalar_one()
    return found
