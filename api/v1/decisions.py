"""Corrective decisions: one body makes the whole draft; read, list, and pull triggers."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, Reader
from api.idempotency import IdempotencyKey, asked, write_once
from api.state import state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from api.v1.things import Filter, add_reads, find_case
from api.v1.transitions import add_route, shown
from workflow.law.days import local_day
from workflow.lifecycle.door.decide import permit
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import DecisionState, SubjectKind, Trigger
from workflow.store.cases import read_case
from workflow.use_cases.acting.body_types import Body, IsoDate, OneLine
from workflow.use_cases.acting.draft_body import DecisionBody
from workflow.use_cases.acting.draft_decision import draft_decision
from workflow.use_cases.acting.once import OUTCOMES
from workflow.use_cases.views.decision import DecisionView
from workflow.use_cases.views.reading import ReadingView, reading_view
from workflow.use_cases.views.shared import CaseRef, View

router = APIRouter(prefix="/v1/decisions", tags=["decisions"], route_class=StrictRoute)


class DecisionLine(View):
    """A decision in one line."""

    id: str
    case: CaseRef
    reference: str
    title: str
    state: str
    adopted_on: date | None
    addressees: int
    served: int
    version: int


class DecisionFilter(Filter):
    """Filters of the list of decisions."""

    case: OneLine | None = None
    reference: OneLine | None = None
    state: DecisionState | None = None


@router.post("", name="draft_decision", status_code=201, response_model=DecisionView)
async def create(
    request: Request, response: Response, body: DecisionBody, actor: Anyone, idempotency_key: IdempotencyKey = None
) -> Any:
    """Draft a decision with its orders, its fine and its penalty clauses."""
    state = state_of(request)
    if actor.is_counsel:
        await run_in_threadpool(_may_draft, request, actor, body.model_dump(include={"case"}))
    wanted = asked(request, idempotency_key, body)
    answer = await write_once(state, wanted, draft_decision, body, actor, OUTCOMES)
    response.headers["ETag"] = f'"{answer.outcome.version}"'
    response.headers["Location"] = f"/v1/decisions/{answer.outcome.subject.id}"
    return await run_in_threadpool(shown, state, answer, actor)


def _may_draft(request: Request, actor: Actor, body: Any) -> None:
    find_case(request, actor, body)
    permit(None, Subject(SubjectKind.CASE, ""), Trigger.DRAFT, actor, local_day(state_of(request).now, "UTC"))


reads(create, DecisionBody, first=_may_draft)


class ReadingBody(Body):
    """The day of service to read the decision by; today's when none is given."""

    served_on: IsoDate | None = None


@router.post("/{id}/reading")
def read_before_adoption(request: Request, id: str, body: ReadingBody, actor: Reader) -> ReadingView:
    """What the operative part would mean: dates, sums, and every ambiguity as a question. Writes nothing."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = read_case(connection, SubjectKind.DECISION, id)
    return reading_view(case, case.decision(id), body.served_on, state.viewer(actor))


reads(read_before_adoption, ReadingBody)

add_reads(router, SubjectKind.DECISION, DecisionView, DecisionLine, DecisionFilter)
add_route(router, SubjectKind.DECISION)
