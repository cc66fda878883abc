"""Handing out messages to be sent, and taking down what became of each attempt."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from standardwebhooks import Webhook

from workflow.lifecycle.rules import Actor
from workflow.store.outbox import Leased, lease
from workflow.store.tables.outbox import AttemptOutcome, MessageState, attempts, messages
from workflow.store.unit_of_work import UnitOfWork, touches

LEASE_SECONDS = 60
ATTEMPT_SECONDS = 15
RETRY_SECONDS = (5, 300, 1800)
"""How long after attempt 1, 2, 3 the next one comes; after the last a message has failed."""

JITTER = 0.1


@dataclass(frozen=True, slots=True)
class ToSend:
    """A message with everything it takes to send it: the sender holds no secret."""

    id: str
    lease: str
    url: str
    headers: dict[str, str]
    body: str
    deadline_s: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one attempt."""

    id: str
    lease: str
    outcome: AttemptOutcome
    took_ms: int
    status: int | None = None
    error: str | None = None
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """Whether a report was taken down: `stale` when its lease is not the message's any more."""

    id: str
    outcome: str


@touches()
def lease_messages(uow: UnitOfWork, limit: int, _actor: Actor) -> list[ToSend]:
    """Hand out messages that may be tried now, signed for this moment by Standard Webhooks."""
    leased = lease(uow.connection, uow.machine_now, limit, LEASE_SECONDS)
    return [_signed(each, uow.machine_now) for each in leased]


@touches()
def report_attempts(uow: UnitOfWork, reports: Sequence[Report], _actor: Actor) -> list[Reported]:
    """Take down attempts. An old lease changes nothing, but for `delivered`, which always wins."""
    ids = {report.id for report in reports}
    held = {row.id: row for row in uow.connection.execute(select(messages).where(messages.c.id.in_(ids)))}
    earlier = _attempts_so_far(uow, ids)
    answers: list[Reported] = []
    rows: list[dict[str, Any]] = []
    moves: dict[str, dict[str, Any]] = {}
    for report in reports:
        message = held.get(report.id)
        taken = message is not None and _counts(report, message, moves.get(report.id))
        answers.append(Reported(report.id, "recorded" if taken else "stale"))
        if not taken:
            continue
        so_far = earlier.setdefault(report.id, [])
        so_far.append(report.outcome)
        rows.append(_attempt(report, len(so_far), uow.machine_now))
        sent = sum(outcome is not AttemptOutcome.UNSENT for outcome in so_far)
        moves[report.id] = _move(report, sent, uow.machine_now)
    uow.insert(attempts, rows)
    if moves:
        uow.execute(_MOVE, list(moves.values()))
    return answers


_MOVE = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(state=bindparam("to_state"), next_attempt_at=bindparam("next_at"), lease=None, lease_until=None)
)


def _attempts_so_far(uow: UnitOfWork, ids: set[str]) -> dict[str, list[AttemptOutcome]]:
    taken_down = select(attempts.c.message, attempts.c.outcome).where(attempts.c.message.in_(ids))
    found: dict[str, list[AttemptOutcome]] = {}
    for row in uow.connection.execute(taken_down):
        found.setdefault(row.message, []).append(row.outcome)
    return found


def _counts(report: Report, message: Any, moved: dict[str, Any] | None) -> bool:
    """Whether a report changes anything; `moved` is what an earlier one beside it made of the message."""
    state = moved["to_state"] if moved else message.state
    if state is MessageState.DELIVERED:
        return False
    return report.outcome is AttemptOutcome.DELIVERED or (moved is None and bool(message.lease == report.lease))


def _attempt(report: Report, n: int, now: datetime) -> dict[str, Any]:
    return {
        "message": report.id,
        "n": n,
        "lease": report.lease,
        "outcome": report.outcome,
        "status": report.status,
        "error": report.error,
        "took_ms": report.took_ms,
        "started_at": now - timedelta(milliseconds=report.took_ms),
        "reported_at": now,
    }


def _move(report: Report, sent: int, now: datetime) -> dict[str, Any]:
    """Where a message goes after an attempt; what was never begun is not counted among those `sent`."""
    state, next_at = MessageState.PENDING, now
    if report.outcome is AttemptOutcome.DELIVERED:
        state = MessageState.DELIVERED
    elif report.outcome is not AttemptOutcome.UNSENT and sent > len(RETRY_SECONDS):
        state = MessageState.FAILED
    elif report.outcome is not AttemptOutcome.UNSENT:
        wait = RETRY_SECONDS[sent - 1] * (1 + JITTER * random.random())  # noqa: S311
        next_at = now + timedelta(seconds=max(wait, report.retry_after_s or 0))
    return {"message": report.id, "to_state": state, "next_at": next_at}


def _signed(message: Leased, now: datetime) -> ToSend:
    # The library takes whole seconds, and calls any time UTC without converting it.
    at = now.astimezone(UTC)
    signature = Webhook(message.secret).sign(message.id, at, message.body)
    return ToSend(
        id=message.id,
        lease=message.lease,
        url=message.url,
        headers={
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature,
        },
        body=message.body,
        deadline_s=ATTEMPT_SECONDS,
    )
