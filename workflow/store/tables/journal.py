"""The journal, the free text beside it, and the head of each case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlmodel import Field, SQLModel

from workflow.lifecycle.vocabulary import Audience, SubjectKind
from workflow.store.columns import OPEN_WORD, str_enum, table


class JournalRow(SQLModel, table=True):
    """One event. `body` is the text that was hashed; the other columns repeat it so that the database can look."""

    __tablename__ = "journal"

    case: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    id: str = Field(unique=True)
    act: str
    subject_kind: SubjectKind = Field(sa_type=str_enum(SubjectKind, "subject_kind"))
    subject_id: str
    parent_kind: SubjectKind | None = Field(default=None, sa_type=str_enum(SubjectKind, "parent_kind"))
    parent_id: str | None = None
    type: str = Field(sa_type=OPEN_WORD)
    audience: Audience = Field(sa_type=str_enum(Audience, "audience"))
    step: str | None = Field(default=None, unique=True)
    actor: str
    effective_on: date
    recorded_at: datetime
    late_by: str | None = None
    body: str = Field(sa_type=Text)
    hash: str


class EventText(SQLModel, table=True):
    """Free text of an event, with the salt its digest in the journal was made with. It can be erased."""

    __tablename__ = "event_text"

    event: str = Field(primary_key=True, sa_column_args=(ForeignKey("journal.id"),))
    field: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_type=Text)


class CaseHead(SQLModel, table=True):
    """The lock of a case, the end of its chain and the fold of its events in one row."""

    __tablename__ = "case_head"

    case: str = Field(primary_key=True)
    seq: int
    hash: str
    facts: str = Field(sa_type=Text)


journal = table("journal")
event_text = table("event_text")
case_head = table("case_head")
