"""Handing out messages to be sent, and taking down what became of each attempt."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, text

from workflow.lifecycle.kernel.rules import Actor
from workflow.store.leasing import lease, scan
from workflow.store.outbox import PENDING, PING
from workflow.store.sealed import CannotOpen, Vault
from workflow.store.tables.outbox import UNSAID, DeliveryFailure, DeliveryOutcome, EndpointState, MessageState, messages
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.webhooks.attempts import HELD, Ended, give_up, take_down
from workflow.use_cases.webhooks.endpoint_moves import answered, gone
from workflow.use_cases.webhooks.pings import is_ping
from workflow.use_cases.webhooks.signing import signed_headers

LEASE_SECONDS = 60
ATTEMPT_SECONDS = 15
EXPIRED_AT_ONCE = 500
GONE = 410

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many messages a sender takes at most, and the keys that open the secrets they are signed with."""

    limit: int
    vault: Vault


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
    outcome: DeliveryOutcome
    took_ms: int
    status: int | None = None
    failure: DeliveryFailure | None = None
    error: str | None = None
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """Whether a report was taken down: `stale` when its lease is not the message's any more."""

    id: str
    outcome: str


class Handed(NamedTuple):
    """Messages handed out, and the cases that do not say yet what became of some message."""

    messages: list[ToSend]
    unsaid: list[str]


class TakenDown(NamedTuple):
    """One answer a report, and the cases that do not say yet what became of some message."""

    reported: list[Reported]
    unsaid: list[str]


@touches()
def lease_messages(uow: UnitOfWork, wanted: Wanted, _actor: Actor) -> Handed:
    """Hand out messages that may be tried now, signed for this moment by Standard Webhooks.

    One whose secret no key opens is not handed out, and keeps nobody else waiting.
    """
    now = uow.machine_now
    _take_down_expired(uow)
    seen = scan(uow.connection, now)
    give_up(uow, [each.endpoint for each in seen if each.state is EndpointState.DISABLED])
    signed: list[ToSend] = []
    for each in lease(uow.connection, now, wanted.limit, LEASE_SECONDS, seen):
        try:
            headers = signed_headers(each, wanted.vault, now)
        except CannotOpen as why:
            _log.error("the message %s is not sent: %s", each.id, why)
            continue
        signed.append(ToSend(each.id, each.lease, each.url, headers, each.body, ATTEMPT_SECONDS))
    return Handed(signed, list(uow.connection.scalars(_UNSAID)))


@touches(authority=lambda reports: any(_moves_an_endpoint(report) for report in reports))
def report_attempts(uow: UnitOfWork, reports: Sequence[Report], actor: Actor) -> TakenDown:
    """Take down attempts. An old lease changes nothing, but for `delivered`, which always wins.

    An endpoint that answers 410 is disabled, with an event of the authority; what waits for it is given up.
    """
    ids = {report.id for report in reports}
    held = {row.id: row for row in uow.connection.execute(select(*HELD).where(messages.c.id.in_(ids)))}
    counted: dict[str, Ended] = {}
    answers: list[Reported] = []
    for report in reports:
        message = held.get(report.id)
        taken = message is not None and _counts(report, message, counted.get(report.id))
        answers.append(Reported(report.id, "recorded" if taken else "stale"))
        if taken:
            counted[report.id] = _ended(report, message, uow.machine_now)
    ended = counted.values()
    closed = sorted({each.message.endpoint for each in ended if each.status == GONE and not _arrived(each)})
    gone(uow, closed, actor)
    answered(
        uow, sorted({each.message.endpoint for each in ended if each.message.type == PING and _arrived(each)}), actor
    )
    unsaid = take_down(uow, list(ended), closed)
    give_up(uow, closed)
    return TakenDown(answers, sorted({*unsaid, *(uow.connection.scalars(_UNSAID) if closed else ())}))


_TOLD = tuple(each.name for each in fields(Report) if each.name != "id")
_UNSAID = select(messages.c.case).where(text(f"({UNSAID})")).distinct().limit(100)
_EXPIRED = (
    select(*HELD)
    .where(PENDING, messages.c.lease.is_not(None))
    .order_by(messages.c.id)
    .limit(EXPIRED_AT_ONCE)
    .with_for_update(skip_locked=True)
)


def _take_down_expired(uow: UnitOfWork) -> None:
    """A lease that ran out is an attempt whose outcome nobody knows; it uses one up like any other."""
    expired = uow.connection.execute(_EXPIRED.where(messages.c.lease_until <= uow.machine_now)).all()
    lasted = timedelta(seconds=LEASE_SECONDS)
    unknown = DeliveryOutcome.UNKNOWN
    take_down(uow, [Ended(row, row.lease, unknown, row.lease_until - lasted, row.lease_until) for row in expired])


def _moves_an_endpoint(report: Report) -> bool:
    if report.outcome is DeliveryOutcome.DELIVERED:
        return is_ping(report.id)
    return report.status == GONE


def _arrived(ended: Ended) -> bool:
    return ended.outcome is DeliveryOutcome.DELIVERED


def _counts(report: Report, message: Any, counted: Ended | None) -> bool:
    """Whether a report changes anything; `counted` is an earlier one beside it that did."""
    if message.state is MessageState.DELIVERED or (counted is not None and _arrived(counted)):
        return False
    return report.outcome is DeliveryOutcome.DELIVERED or (counted is None and bool(message.lease == report.lease))


def _ended(report: Report, message: Any, now: datetime) -> Ended:
    told = {name: getattr(report, name) for name in _TOLD}
    return Ended(message, **told, began_at=now - timedelta(milliseconds=report.took_ms), ended_at=now)
