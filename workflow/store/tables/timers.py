"""The earliest open step of each thing that has one."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.columns import OPEN_WORD, str_enum, table


class TimerRow(SQLModel, table=True):
    """A timer exists while its step is open, so every row is a candidate and what is pending costs nothing.

    `sleeps_until` is set on the machine's clock when a step that was offered got refused.
    """

    __tablename__ = "timers"
    __table_args__ = (Index(None, "due_at", "subject_id"),)

    subject_id: str = Field(primary_key=True)
    subject_kind: SubjectKind = Field(sa_type=str_enum(SubjectKind, "subject_kind"))
    case: str = Field(index=True)
    trigger: str = Field(sa_type=OPEN_WORD)
    step: str
    due_on: date
    due_at: datetime
    sleeps_until: datetime | None = None


timers = table("timers")
