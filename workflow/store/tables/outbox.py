"""Who is told of a case, what they are to be told, and each attempt to tell them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.store.columns import partial_index, str_enum, table


class EndpointState(StrEnum):
    """Whether an endpoint is sent anything. Messages are made for it in the first three states and wait in two of them.

    `pending` until a signed ping was answered; `disabled` when it answered that it is gone for good.
    """

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    REMOVED = "removed"


LISTENING = (EndpointState.PENDING, EndpointState.ACTIVE, EndpointState.PAUSED)
"""The states in which an endpoint is given what concerns it."""


class MessageState(StrEnum):
    """What became of a message. `failed` is final: its attempts are used up."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class DeliveryOutcome(StrEnum):
    """How an attempt ended. `unsent`: never begun; `unknown`: its lease ran out and nobody reported."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNSENT = "unsent"
    UNKNOWN = "unknown"


class DeliveryFailure(StrEnum):
    """Why a receiver did not take a message, as its operator may know it. `not_sent` and `blocked` are matters of ours.

    `status`: it answered, and not with 2xx. `not_http`: what it answered is no HTTP. `lost`: the connection broke.
    """

    TIMEOUT = "timeout"
    REFUSED = "refused"
    NAME_NOT_FOUND = "name_not_found"
    TLS = "tls"
    STATUS = "status"
    REDIRECT = "redirect"
    NOT_HTTP = "not_http"
    LOST = "lost"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    NOT_SENT = "not_sent"


class EndpointRow(SQLModel, table=True):
    """A webhook endpoint of a party. `last_sequence` moves under the lock of the case alone.

    `types` is a JSON list of the event types it chose, None for all. The secrets are sealed; the old one signs beside
    the new one until `old_secret_until`. `version` counts the events about it.
    """

    __tablename__ = "endpoints"

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    party: int
    url: str
    types: str | None = None
    secret: str
    old_secret: str | None = None
    old_secret_until: datetime | None = None
    state: EndpointState = Field(sa_type=str_enum(EndpointState, "state"))
    version: int
    last_sequence: int
    created_at: datetime
    created_by: str


UNSAID = "state = 'failed' AND NOT dead OR state = 'delivered' AND dead"
"""Messages of which the case does not yet say what became of them."""


class MessageRow(SQLModel, table=True):
    """One event for one endpoint, with the exact text to send. Its id is the `webhook-id` of all attempts.

    A ping has neither event nor sequence: it is nothing of the case. `tried_before` counts the attempts taken down
    before it was last sent again on request, which use up nothing of its retries. `dead` says that the case knows it as
    a dead letter.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("endpoint", "sequence"),
        partial_index("ix_messages_pending", "endpoint", "next_attempt_at", "sequence", where="state = 'pending'"),
        partial_index("ix_messages_leased", "endpoint", "lease_until", where="lease IS NOT NULL"),
        partial_index("ix_messages_unsaid", "case", where=UNSAID),
    )

    id: str = Field(primary_key=True)
    event: str | None = None
    endpoint: str = Field(sa_column_args=(ForeignKey("endpoints.id"),))
    case: str = Field(index=True)
    sequence: int | None = None
    type: str
    body: str = Field(sa_type=Text)
    created_at: datetime
    state: MessageState = Field(sa_type=str_enum(MessageState, "state"))
    attempts: int
    tried_before: int
    next_attempt_at: datetime
    dead: bool
    lease: str | None = None
    lease_until: datetime | None = None


class CircuitRow(SQLModel, table=True):
    """How often an endpoint failed since it last answered well; no row is none. It moves with each report."""

    __tablename__ = "circuits"

    endpoint: str = Field(primary_key=True, sa_column_args=(ForeignKey("endpoints.id"),))
    failures: int


class AttemptRow(SQLModel, table=True):
    """An attempt to deliver a message, as the sender reported it."""

    __tablename__ = "attempts"

    message: str = Field(primary_key=True, sa_column_args=(ForeignKey("messages.id"),))
    n: int = Field(primary_key=True)
    lease: str
    outcome: DeliveryOutcome = Field(sa_type=str_enum(DeliveryOutcome, "outcome"))
    status: int | None = None
    failure: DeliveryFailure | None = Field(default=None, sa_type=str_enum(DeliveryFailure, "failure"))
    error: str | None = None
    took_ms: int | None = None
    started_at: datetime
    reported_at: datetime


class NoticeRow(SQLModel, table=True):
    """One served event for one party it concerns, whether or not an endpoint listens: what counsel pulls.

    `position` is given by the sequencer at the end of a transaction, so that positions are committed in their order.
    """

    __tablename__ = "notices"
    __table_args__ = (Index(None, "case", "party", "position"),)

    position: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    party: int = Field(primary_key=True)
    case: str
    event: str
    subject: str
    type: str
    body: str = Field(sa_type=Text)
    recorded_at: datetime


class SequencerRow(SQLModel, table=True):
    """The last position given. Its one row is locked last in a transaction, until the commit."""

    __tablename__ = "sequencer"

    name: str = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger)


endpoints = table("endpoints")
messages = table("messages")
circuits = table("circuits")
attempts = table("attempts")
notices = table("notices")
sequencer = table("sequencer")
