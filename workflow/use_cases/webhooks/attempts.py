"""Taking down how attempts ended: the attempt, where its message goes from here, and how its endpoint is doing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from workflow.store.bulk import insert_rows, one_of, upsert_rows
from workflow.store.outbox import PENDING, PING
from workflow.store.tables.outbox import (
    DeliveryFailure,
    DeliveryOutcome,
    EndpointState,
    MessageState,
    attempts,
    circuits,
    endpoints,
    messages,
)
from workflow.store.unit_of_work import UnitOfWork
from workflow.use_cases.webhooks.retry_plan import next_attempt


@dataclass(frozen=True, slots=True)
class Ended:
    """How one attempt of a message ended. `message` is its row, without the body."""

    message: Any
    lease: str
    outcome: DeliveryOutcome
    began_at: datetime
    ended_at: datetime
    took_ms: int | None = None
    status: int | None = None
    failure: DeliveryFailure | None = None
    error: str | None = None
    retry_after_s: int | None = None


HELD = (
    messages.c.id,
    messages.c.endpoint,
    messages.c.case,
    messages.c.type,
    messages.c.state,
    messages.c.attempts,
    messages.c.tried_before,
    messages.c.dead,
    messages.c.lease,
    messages.c.lease_until,
)
"""What is asked of a message to take down an attempt."""

_TELLING = (DeliveryOutcome.DELIVERED, DeliveryOutcome.FAILED)
_MOVE = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(
        state=bindparam("to_state"),
        next_attempt_at=func.coalesce(
            bindparam("next_at", type_=messages.c.next_attempt_at.type), messages.c.next_attempt_at
        ),
        dead=bindparam("known_dead"),
        lease=None,
        lease_until=None,
    )
)
_ARRIVED = (
    update(messages)
    .where(one_of(messages.c.id, "ids"))
    .values(state=MessageState.DELIVERED, lease=None, lease_until=None)
)
_GIVE_UP = (
    update(messages)
    .where(PENDING, messages.c.lease.is_(None), one_of(messages.c.endpoint, "endpoints"))
    .values(state=MessageState.FAILED, dead=messages.c.type == PING)
)


def take_down(uow: UnitOfWork, ended: Sequence[Ended], gone: Iterable[str] = ()) -> list[str]:
    """Take down attempts, at most one a message; the cases that must now say that a message is dead or did arrive.

    Nothing more is tried at the endpoints that are `gone`.
    """
    if not ended:
        return []
    so_far = _attempts_so_far(uow, [each.message.id for each in ended if not _is_first(each)])
    closed = _disabled(uow, ended) | set(gone)
    rows, moves, unsaid = [], [], set()
    for each in sorted(ended, key=lambda each: each.message.id):
        message, before = each.message, so_far.get(each.message.id, [])
        rows.append(_row(each, len(before) + 1))
        used = sum(outcome is not DeliveryOutcome.UNSENT for outcome in [*before, each.outcome][message.tried_before :])
        move = _move(each, used, message.endpoint in closed)
        moves.append(move)
        if (
            move["to_state"] is not MessageState.PENDING
            and (move["to_state"] is MessageState.FAILED) != move["known_dead"]
        ):
            unsaid.add(message.case)
    _write(uow, moves)
    insert_rows(uow.connection, attempts, rows)
    _count_failures(uow, ended)
    return sorted(unsaid)


def _write(uow: UnitOfWork, moves: Sequence[dict[str, Any]]) -> None:
    """Most have arrived, and of those there is one thing to say."""
    arrived = [move["message"] for move in moves if move["to_state"] is MessageState.DELIVERED]
    if arrived:
        uow.execute(_ARRIVED, [{"ids": arrived}])
    if others := [move for move in moves if move["to_state"] is not MessageState.DELIVERED]:
        uow.execute(_MOVE, others)


def give_up(uow: UnitOfWork, gone: Iterable[str]) -> None:
    """Give up what waits for endpoints that are gone; the cases will say so."""
    if listed := sorted(gone):
        uow.execute(_GIVE_UP, [{"endpoints": listed}])


def _move(each: Ended, used: int, closed: bool) -> dict[str, Any]:
    """Where a message goes; what was never begun uses nothing up."""
    state, at, dead = MessageState.PENDING, None, bool(each.message.dead)
    if each.outcome is DeliveryOutcome.DELIVERED:
        state = MessageState.DELIVERED
    elif closed:
        state = MessageState.FAILED
    elif each.outcome is DeliveryOutcome.UNSENT:
        at = each.ended_at
    else:
        since = each.began_at if each.outcome is DeliveryOutcome.UNKNOWN else each.ended_at
        at = next_attempt(used, since, each.retry_after_s)
        state = MessageState.FAILED if at is None else MessageState.PENDING
    if state is MessageState.FAILED and each.message.type == PING:
        dead = True  # nothing of the case: nobody is told
    return {"message": each.message.id, "to_state": state, "next_at": at, "known_dead": dead}


def _row(each: Ended, n: int) -> dict[str, Any]:
    return {
        "message": each.message.id,
        "n": n,
        "lease": each.lease,
        "outcome": each.outcome,
        "status": each.status,
        "failure": each.failure,
        "error": each.error,
        "took_ms": each.took_ms,
        "started_at": each.began_at,
        "reported_at": each.ended_at,
    }


def _attempts_so_far(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, list[DeliveryOutcome]]:
    if not ids:
        return {}
    taken_down = select(attempts.c.message, attempts.c.outcome).where(attempts.c.message.in_(ids))
    found: dict[str, list[DeliveryOutcome]] = {}
    for row in uow.connection.execute(taken_down.order_by(attempts.c.message, attempts.c.n)):
        found.setdefault(row.message, []).append(row.outcome)
    return found


def _is_first(ended: Ended) -> bool:
    """Whether no attempt of its message was taken down before: the first one, reported by who holds it."""
    return bool(ended.message.attempts == 1 and ended.message.lease == ended.lease)


def _disabled(uow: UnitOfWork, ended: Sequence[Ended]) -> set[str]:
    failed = {each.message.endpoint for each in ended if each.outcome is not DeliveryOutcome.DELIVERED}
    if not failed:
        return set()
    query = select(endpoints.c.id).where(endpoints.c.id.in_(failed), endpoints.c.state == EndpointState.DISABLED)
    return set(uow.connection.scalars(query))


def _count_failures(uow: UnitOfWork, ended: Sequence[Ended]) -> None:
    """Count failures since the last success of each endpoint; what nobody began or reported says nothing of it."""
    told = {each.message.endpoint for each in ended if each.outcome in _TELLING}
    if not told:
        return
    query = select(circuits).where(circuits.c.endpoint.in_(told)).order_by(circuits.c.endpoint).with_for_update()
    known = {row.endpoint: row.failures for row in uow.connection.execute(query)}
    counts = dict(known)
    for each in sorted(ended, key=lambda each: each.ended_at):
        if each.outcome is DeliveryOutcome.DELIVERED:
            counts[each.message.endpoint] = 0
        elif each.outcome is DeliveryOutcome.FAILED:
            counts[each.message.endpoint] = counts.get(each.message.endpoint, 0) + 1
    changed = [
        {"endpoint": endpoint, "failures": failures}
        for endpoint, failures in sorted(counts.items())
        if failures != known.get(endpoint, 0)
    ]
    upsert_rows(uow.connection, circuits, changed)
