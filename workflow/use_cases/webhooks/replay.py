"""Sending messages again that were sent, or given up: under the ids they had, so that a receiver may tell."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, update

from workflow.lifecycle.kernel.refusals import IllegalTransition
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.tables.outbox import EndpointState, MessageState, attempts, endpoints, messages
from workflow.store.unit_of_work import UnitOfWork, touches

MOST = 1_000
"""How many messages one request sends again; whoever wants more asks again, further on."""

_AGAIN = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(
        state=MessageState.PENDING,
        tried_before=bindparam("tried"),
        next_attempt_at=bindparam("at"),
        lease=None,
        lease_until=None,
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """The messages of an endpoint from one sequence to another, both included; to the last one when `last` is None."""

    endpoint: str
    case: str
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many messages will be sent again, up to which sequence, and whether more of the span is left."""

    count: int
    through: int | None
    more: bool


@touches(cases=lambda span: [(SubjectKind.CASE, span.case)])
def replay(uow: UnitOfWork, span: Span, _actor: Actor) -> Replayed:
    """Send messages again. Those that are still to be sent are left as they are, and counted with the others."""
    state = uow.connection.scalar(select(endpoints.c.state).where(endpoints.c.id == span.endpoint))
    if state is not EndpointState.ACTIVE:
        raise IllegalTransition("endpoint", "replay", str(state), [EndpointState.ACTIVE], [])
    wanted = select(messages.c.id, messages.c.sequence, messages.c.state).where(
        messages.c.endpoint == span.endpoint, messages.c.sequence >= span.first
    )
    if span.last is not None:
        wanted = wanted.where(messages.c.sequence <= span.last)
    rows = uow.connection.execute(wanted.order_by(messages.c.sequence).limit(MOST + 1)).all()
    taken = rows[:MOST]
    ended = [row.id for row in taken if row.state is not MessageState.PENDING]
    if ended:
        counted = select(attempts.c.message, func.count().label("tried")).where(attempts.c.message.in_(ended))
        tried = {row.message: row.tried for row in uow.connection.execute(counted.group_by(attempts.c.message))}
        uow.execute(_AGAIN, [{"message": id, "tried": tried.get(id, 0), "at": uow.machine_now} for id in ended])
    return Replayed(len(taken), taken[-1].sequence if taken else None, len(rows) > MOST)
