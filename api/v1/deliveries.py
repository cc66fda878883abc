"""Messages handed out to be sent, and what became of them. The sender holds no secret and no database password."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, Field, StrictInt

from api.access import Reader, Sender
from api.state import state_of
from api.v1.things import CaseQuery
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.tables.outbox import AttemptOutcome
from workflow.use_cases.deliveries import Report, lease_messages, report_attempts
from workflow.use_cases.endpoint_list import DeliveryPage, list_deliveries
from workflow.use_cases.members import Body, Name
from workflow.use_cases.reading import read_case
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/v1/deliveries", tags=["webhooks"])


def _printable(value: str) -> str:
    """What a receiver answered is kept as far as it can be printed: a report is not refused for it."""
    return "".join(each if each.isprintable() else "�" for each in value)


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


@router.post("/lease")
async def lease(request: Request, body: LeaseBody, actor: Sender) -> LeaseView:
    """Take messages that may be tried now, signed for this moment."""
    leased = await state_of(request).write(lease_messages, body.limit, actor)
    return LeaseView(
        items=[
            LeasedView(
                id=each.id,
                lease=each.lease,
                url=each.url,
                headers=each.headers,
                body=each.body,
                deadline_s=each.deadline_s,
            )
            for each in leased
        ]
    )


@router.post("/report")
async def report(request: Request, body: ReportBody, actor: Sender) -> ReportView:
    """Say what became of attempts."""
    reports = [
        Report(**(item.model_dump(exclude={"outcome"}) | {"outcome": AttemptOutcome(item.outcome)}))
        for item in body.items
    ]
    answers = await state_of(request).write(report_attempts, reports, actor)
    return ReportView(results=[ReportedView(id=each.id, outcome=each.outcome) for each in answers])


@router.get("")
def read_list(request: Request, _actor: Reader, query: Annotated[CaseQuery, Query()]) -> DeliveryPage:
    """The messages of a case, by endpoint and sequence, and what became of them."""
    with state_of(request).reader.connect() as connection:
        return list_deliveries(connection, read_case(connection, SubjectKind.CASE, query.case))
