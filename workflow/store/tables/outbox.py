"""Who is told of a case, what they are to be told, and each attempt to tell them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workflow.store.columns import str_enum, table


class MessageState(StrEnum):
    """What became of a message. `failed` is final: its attempts are used up."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class AttemptOutcome(StrEnum):
    """How an attempt ended. `unsent`: never begun; `unknown`: its lease ran out and nobody reported."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNSENT = "unsent"
    UNKNOWN = "unknown"


class EndpointRow(SQLModel, table=True):
    """A webhook endpoint of a party. `last_sequence` moves under the lock of the case alone."""

    __tablename__ = "endpoints"

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    party: int
    url: str
    secret: str
    active: bool
    last_sequence: int
    created_at: datetime
    created_by: str


class MessageRow(SQLModel, table=True):
    """One event for one endpoint, with the exact text to send. Its id is the `webhook-id` of all attempts."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("endpoint", "sequence"),
        Index(
            "ix_messages_pending",
            "next_attempt_at",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: str = Field(primary_key=True)
    event: str
    endpoint: str = Field(sa_column_args=(ForeignKey("endpoints.id"),))
    case: str = Field(index=True)
    sequence: int
    type: str
    body: str = Field(sa_type=Text)
    created_at: datetime
    state: MessageState = Field(sa_type=str_enum(MessageState, "state"))
    attempts: int
    next_attempt_at: datetime
    lease: str | None = None
    lease_until: datetime | None = None


class AttemptRow(SQLModel, table=True):
    """An attempt to deliver a message, as the sender reported it."""

    __tablename__ = "attempts"

    message: str = Field(primary_key=True, sa_column_args=(ForeignKey("messages.id"),))
    n: int = Field(primary_key=True)
    lease: str
    outcome: AttemptOutcome = Field(sa_type=str_enum(AttemptOutcome, "outcome"))
    status: int | None = None
    error: str | None = None
    took_ms: int | None = None
    started_at: datetime
    reported_at: datetime


endpoints = table("endpoints")
messages = table("messages")
attempts = table("attempts")
