"""Endpoints and the messages sent to them, as staff and counsel see them: never a secret."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, func, literal, or_, select, tuple_

from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.clock import machine_now
from workflow.store.cursors import read_cursor, text, whole, write_cursor
from workflow.store.missing import NotFound
from workflow.store.paging import Paging, page_of, select_page
from workflow.store.tables.outbox import DeliveryFailure, attempts, endpoints, messages
from workflow.use_cases.accounts.representation import Party, represented
from workflow.use_cases.views.shared import View


class EndpointView(View):
    """An endpoint. `types` are the event types it chose, null for all; `last_sequence` is that of its last message.

    While `two_secrets_until` is given, its messages are signed with the new secret and the one before.
    """

    id: str
    case: str
    party: int
    url: str
    types: list[str] | None
    state: str
    active: bool
    two_secrets_until: datetime | None
    last_sequence: int
    version: int
    created_at: datetime


class EndpointPage(View):
    """Endpoints, oldest first unless sorted otherwise. `next` is the cursor of the page after it, null on the last."""

    items: list[EndpointView]
    next: str | None


class DeliveryAttemptView(View):
    """One attempt to deliver a message. `failure` says why it was not taken, `status` what was answered.

    `error` says more, to staff alone: it may name inner addresses.
    """

    n: int
    outcome: str
    status: int | None
    failure: DeliveryFailure | None
    error: str | None
    took_ms: int | None
    started_at: datetime


class DeliveryView(View):
    """A message to an endpoint and what became of it. A ping has neither event nor sequence."""

    id: str
    endpoint: str
    event: str | None
    sequence: int | None
    type: str
    state: str
    attempts: int
    next_attempt_at: datetime | None
    created_at: datetime
    log: list[DeliveryAttemptView]


class DeliveryPage(View):
    """Messages, by endpoint and sequence, pings first. `next` is the cursor of the page after it, null on the last."""

    items: list[DeliveryView]
    next: str | None


def may_see(connection: Connection, actor: Actor) -> frozenset[Party] | None:
    """The parties whose endpoints and messages somebody sees; None for those of everybody."""
    return represented(connection, actor.account) if actor.is_counsel else None


def find_endpoint(connection: Connection, id: str, actor: Actor) -> EndpointView:
    """One endpoint; NotFound also for counsel of another party."""
    found = select(endpoints).where(endpoints.c.id == id)
    row = connection.execute(found).mappings().one_or_none() if id.isascii() and id.isprintable() else None
    seen = may_see(connection, actor)
    if row is None or (seen is not None and (row["case"], row["party"]) not in seen):
        raise NotFound(SubjectKind.ENDPOINT, id)
    return _endpoint(dict(row))


class AnothersEndpoint(Exception):
    """Counsel moves the endpoints it registered: a new secret is for the receiver whose endpoint it is."""

    def __init__(self) -> None:
        super().__init__(
            "Another account registered this endpoint. That account moves it, or an officer does; "
            "POST /v1/webhook-endpoints registers one of your own."
        )


def check_moves(connection: Connection, id: str, actor: Actor) -> None:
    """Raise AnothersEndpoint for counsel who did not register this endpoint itself."""
    made_by = connection.scalar(select(endpoints.c.created_by).where(endpoints.c.id == id))
    if actor.is_counsel and made_by != actor.account:
        raise AnothersEndpoint


def list_endpoints(
    connection: Connection, case: str | None, seen: frozenset[Party] | None, paging: Paging
) -> EndpointPage:
    """The endpoints of a case, or all of the parties somebody sees."""
    query = select(endpoints)
    if case is not None:
        query = query.where(endpoints.c.case == case)
    if seen is not None:
        query = query.where(of_parties(endpoints, seen))
    of = ["endpoints", case]
    page = page_of(connection.execute(select_page(query, endpoints, paging, of)).mappings().all(), paging, of)
    return EndpointPage(items=[_endpoint(dict(row)) for row in page.rows], next=page.next)


def list_deliveries(
    connection: Connection,
    *,
    case: str | None,
    endpoint: str | None,
    after: int,
    limit: int,
    cursor: str | None,
    seen: frozenset[Party] | None,
) -> DeliveryPage:
    """The messages of a case or an endpoint with a greater sequence than `after`, and every attempt to deliver them."""
    of = ["deliveries", case, endpoint, after]
    place = messages.c.endpoint, func.coalesce(messages.c.sequence, 0), messages.c.id
    query = select(messages).join(endpoints, endpoints.c.id == messages.c.endpoint)
    if case is not None:
        query = query.where(messages.c.case == case)
    if endpoint is not None:
        query = query.where(messages.c.endpoint == endpoint)
    if after:
        query = query.where(messages.c.sequence > after)
    if seen is not None:
        query = query.where(of_parties(endpoints, seen))
    if cursor is not None:
        query = query.where(tuple_(*place) > tuple_(*map(literal, read_cursor(cursor, of, text, whole, text))))
    rows = connection.execute(query.order_by(*place).limit(limit + 1)).mappings().all()
    log = _log(connection, [row["id"] for row in rows[:limit]], with_errors=seen is None)
    items = [_delivery(dict(row), log.get(row["id"], [])) for row in rows[:limit]]
    last = items[-1] if len(rows) > limit else None
    next_ = write_cursor(of, last.endpoint, last.sequence or 0, last.id) if last is not None else None
    return DeliveryPage(items=items, next=next_)


def of_parties(table: Any, parties: Iterable[Party]) -> Any:
    """The condition that a row is of one of these parties; of none, no row is."""
    by_case: dict[str, list[int]] = {}
    for case, party in sorted(parties):
        by_case.setdefault(case, []).append(party)
    none = table.c.party < 0
    return or_(none, *((table.c.case == case) & table.c.party.in_(numbers) for case, numbers in by_case.items()))


def _endpoint(row: dict[str, Any]) -> EndpointView:
    until = row["old_secret_until"]
    more = {
        "types": None if row["types"] is None else orjson.loads(row["types"]),
        "active": row["state"] == "active",
        "two_secrets_until": until if until is not None and until > machine_now() else None,
    }
    return EndpointView.model_validate({**row, **more})


def _delivery(row: dict[str, Any], log: list[DeliveryAttemptView]) -> DeliveryView:
    next_ = row["next_attempt_at"] if row["state"] == "pending" else None
    return DeliveryView.model_validate({**row, "next_attempt_at": next_, "log": log})


def _log(connection: Connection, ids: list[str], with_errors: bool) -> dict[str, list[DeliveryAttemptView]]:
    found: dict[str, list[DeliveryAttemptView]] = {}
    query = select(attempts).where(attempts.c.message.in_(ids)).order_by(attempts.c.message, attempts.c.n)
    for row in connection.execute(query).mappings():
        shown = dict(row) if with_errors else {**row, "error": None}
        found.setdefault(row["message"], []).append(DeliveryAttemptView.model_validate(shown))
    return found
