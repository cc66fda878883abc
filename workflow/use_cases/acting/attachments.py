"""Files that come with a filing: one that is kept becomes part of the record, through the one door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Connection, select

from workflow.lifecycle.door.decide import decide, permit
from workflow.lifecycle.facts import Attachment, CaseFacts, Filing
from workflow.lifecycle.facts.frozen import copied
from workflow.lifecycle.filing.contents import AttachmentContent
from workflow.lifecycle.filing.filing import FilingAttached
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.store.files import Kept
from workflow.store.tables.journal import event_text, journal
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import append, today_of
from workflow.use_cases.acting.on_behalf import acting
from workflow.use_cases.acting.outcome import Done, Outcome

_NAME = "name"


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to attach to a filing. It is kept already: a `Kept` is made by keeping it and in no other way."""

    filing: str
    file: Kept
    media_type: str
    name: str
    received_on: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """What the journal has of an attached file: event, instant, and the name it was sent under unless erased."""

    event: str
    recorded_at: datetime
    name: str | None


def may_attach(case: CaseFacts, filing: str, actor: Actor, today: date) -> None:
    """Raise RoleNotPermitted unless this actor takes files in at all."""
    permit(case, Subject(SubjectKind.FILING, filing), Trigger.ATTACH, actor, today)


@touches(cases=lambda new: [(SubjectKind.FILING, new.filing)])
def attach(uow: UnitOfWork, new: NewAttachment, actor: Actor) -> Outcome:
    """Record that the file came; one that is attached already is left alone, so that it can be sent again."""
    case = uow.case(uow.case_of(SubjectKind.FILING, new.filing))
    subject = Subject(SubjectKind.FILING, new.filing)
    today = today_of(case, uow)
    actor = acting(uow.connection, case, subject, actor)
    may_attach(case, new.filing, actor, today)
    if find_attachment(case, new.filing, new.file.sha256) is not None:
        return Outcome(Done.ALREADY_DONE, subject, case.versions[new.filing], (), case)
    content = copied(AttachmentContent, new, sha256=new.file.sha256, size=new.file.size)
    command = Command(subject=subject, trigger=Trigger.ATTACH, content=content, version=new.version)
    return append(uow, case, decide(case, command, actor, today))


def find_attachment(case: CaseFacts, filing: str, sha256: str) -> Attachment | None:
    """A file of a filing, None when it has no such file."""
    found: Filing | None = next((each for each in case.filings if each.id == filing), None)
    files = found.attachments if found is not None else ()
    return next((each for each in files if each.sha256 == sha256), None)


def attached_to(connection: Connection, case: str, filing: str) -> Mapping[str, RecordedFile]:
    """What the journal has of each file of a filing, by the file's hash."""
    events = select(journal.c.id, journal.c.recorded_at, journal.c.body, event_text.c.text)
    names = event_text.c.event == journal.c.id, event_text.c.field == _NAME
    events = events.join(event_text, names[0] & names[1], isouter=True)
    of_filing = journal.c.case == case, journal.c.subject_id == filing, journal.c.type == FilingAttached.type
    rows = connection.execute(events.where(*of_filing).order_by(journal.c.seq))
    return {orjson.loads(row.body)["data"]["sha256"]: RecordedFile(row.id, row.recorded_at, row.text) for row in rows}
