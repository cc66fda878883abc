"""Messages handed out to be sent, and what became of them. The sender holds no secret and no database password."""

import logging
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt

from api.access import Sender, Told
from api.state import State, state_of
from api.strict_route import StrictRoute
from workflow.law.invalid import invalid
from workflow.lifecycle.kernel.rules import Actor
from workflow.store.tables.outbox import DeliveryFailure, DeliveryOutcome
from workflow.use_cases.acting.body_types import Body, Name, OneLine
from workflow.use_cases.reading.listing import case_meant
from workflow.use_cases.views.shared import View
from workflow.use_cases.webhooks.dead_letters import say_what_became
from workflow.use_cases.webhooks.deliveries import Report, Wanted, lease_messages, report_attempts
from workflow.use_cases.webhooks.endpoint_list import DeliveryPage, find_endpoint, list_deliveries, may_see

router = APIRouter(prefix="/v1/deliveries", tags=["webhooks"], route_class=StrictRoute)
_log = logging.getLogger(__name__)


def _printable(value: str) -> str:
    """What a receiver answered is kept as far as it can be printed: a report is not refused for it."""
    return "".join(each if each.isprintable() else "�" for each in value)


class DeliveryQuery(BaseModel):
    """Whose messages: of a case, of an endpoint, or of both. Any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    case: OneLine | None = None
    endpoint: OneLine | None = None
    after: Annotated[int, Field(ge=0, le=2**31 - 1, description="Only messages with a greater `sequence`.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 1000
    cursor: Annotated[OneLine | None, Field(description="`next` of the page before, under the same filters.")] = None


class LeaseBody(Body):
    """How many messages to hand out at most."""

    limit: Annotated[StrictInt, Field(ge=1, le=100)]


class LeasedView(View):
    """A message to be sent as it stands: these headers, this body, within `deadline_s` seconds."""

    id: str
    lease: str
    url: str
    headers: dict[str, str]
    body: str
    deadline_s: int


class LeaseView(View):
    """Messages handed out; nobody else gets them for a minute."""

    items: list[LeasedView]


class AttemptBody(Body):
    """What became of one attempt."""

    id: Name
    lease: Name
    outcome: Literal["delivered", "failed", "unsent"]
    took_ms: Annotated[StrictInt, Field(ge=0, le=86_400_000)]
    status: Annotated[StrictInt, Field(ge=100, le=599)] | None = None
    failure: DeliveryFailure | None = None
    error: Annotated[str, Field(max_length=200), AfterValidator(_printable)] | None = None
    retry_after_s: Annotated[StrictInt, Field(ge=0, le=86_400)] | None = None


class ReportBody(Body):
    """Attempts to take down."""

    items: Annotated[list[AttemptBody], Field(min_length=1, max_length=500)]


class ReportedView(View):
    """`recorded`, or `stale` when the lease is not the message's any more."""

    id: str
    outcome: str


class ReportView(View):
    """One answer an attempt, in their order."""

    results: list[ReportedView]


# Both are answered by the sender's thousands: written as they are, and not once more through their models.


@router.post("/lease", name="lease_messages", response_model=LeaseView)
async def lease(request: Request, body: LeaseBody, actor: Sender) -> Response:
    """Take messages that may be tried now, signed for this moment."""
    state = state_of(request)
    leased, unsaid = await state.write(lease_messages, Wanted(body.limit, state.options.vault), actor)
    await _say(state, unsaid, actor)
    return Response(orjson.dumps({"items": leased}), media_type="application/json")


@router.post("/report", name="report_attempts", response_model=ReportView)
async def report(request: Request, body: ReportBody, actor: Sender) -> Response:
    """Say what became of attempts."""
    reports = [
        Report(
            id=each.id,
            lease=each.lease,
            outcome=DeliveryOutcome(each.outcome),
            took_ms=each.took_ms,
            status=each.status,
            error=each.error,
            retry_after_s=each.retry_after_s,
        )
        for each in body.items
    ]
    state = state_of(request)
    reported, unsaid = await state.write(report_attempts, reports, actor)
    await _say(state, unsaid, actor)
    return Response(orjson.dumps({"results": reported}), media_type="application/json")


async def _say(state: State, cases: list[str], actor: Actor) -> None:
    """Have each case say what became of its messages; what fails here is found again by the next lease."""
    if cases:
        outcomes = await state.write_many([(say_what_became, case, actor) for case in cases])
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                _log.error("a case does not say yet what became of a message: %r", outcome)


@router.get("", name="list_deliveries")
def read_list(request: Request, actor: Told, query: Annotated[DeliveryQuery, Query()]) -> DeliveryPage:
    """The messages of a case or an endpoint, by endpoint and sequence, and every attempt to deliver them."""
    with state_of(request).reader.connect() as connection:
        case = None if query.case is None else case_meant(connection, query.case, actor)
        if query.endpoint is not None:
            find_endpoint(connection, query.endpoint, actor)
        if query.case is None and query.endpoint is None:
            raise invalid("/query/case", "this or endpoint; both are missing")
        seen = may_see(connection, actor)
        return list_deliveries(connection, seen=seen, **{**query.model_dump(), "case": case})
