"""Cases: open, read, list, and their journal."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, Reader
from api.idempotency import IdempotencyKey, asked, write_once
from api.state import state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route, shown
from workflow.law.days import local_day
from workflow.law.regime import regime
from workflow.lifecycle.door.decide import permit
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.faults import errors_below
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import CaseState, SubjectKind, Trigger
from workflow.store.cases import read_case
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.acting.once import OUTCOMES
from workflow.use_cases.acting.open_case import open_case
from workflow.use_cases.reading.case_tasks import TaskPage, case_tasks
from workflow.use_cases.reading.journal_view import JournalQuery, JournalView, journal_view
from workflow.use_cases.views.case import CaseView
from workflow.use_cases.views.review import ReviewView, review_view
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/v1/cases", tags=["cases"], route_class=StrictRoute)


class CaseLine(View):
    """A case in one line."""

    id: str
    reference: str
    title: str
    regime: str
    state: str
    opened_on: date
    version: int


class CaseFilter(Filter):
    """Filters of the list of cases."""

    reference: OneLine | None = None
    regime: OneLine | None = None
    state: CaseState | None = None

    def columns(self) -> dict[str, Any]:
        """As for every list; InvalidRequest for a regime that is none, with those that are."""
        if self.regime is not None:
            with errors_below("/query"):
                regime(self.regime)
        return super().columns()


@router.post("", name="open_case", status_code=201, response_model=CaseView)
async def create(
    request: Request, response: Response, body: CaseBody, actor: Anyone, idempotency_key: IdempotencyKey = None
) -> Any:
    """Open a case with its parties and who represents them."""
    state = state_of(request)
    wanted = asked(request, idempotency_key, body)
    answer = await write_once(state, wanted, open_case, body, actor, OUTCOMES)
    response.headers["ETag"] = f'"{answer.outcome.version}"'
    response.headers["Location"] = f"/v1/cases/{answer.outcome.subject.id}"
    return await run_in_threadpool(shown, state, answer, actor)


def _may_open(request: Request, actor: Actor, _body: Any) -> None:
    permit(None, Subject(SubjectKind.CASE, ""), Trigger.OPEN, actor, local_day(state_of(request).now, "UTC"))


reads(create, CaseBody, first=_may_open)


@router.get("/{id}/journal")
def read_journal(request: Request, id: str, _actor: Reader, query: Annotated[JournalQuery, Query()]) -> JournalView:
    """The events of the case that match, in order, each chained to the one before it in the whole journal."""
    with state_of(request).reader.connect() as connection:
        return journal_view(connection, read_case(connection, SubjectKind.CASE, id), query)


def _find_case(request: Request, _actor: Actor, _body: Any) -> None:
    with state_of(request).reader.connect() as connection:
        read_case(connection, SubjectKind.CASE, request.path_params["id"])


reads(read_journal, JournalQuery, first=_find_case)


@router.get("/{id}/review")
def read_review(request: Request, id: str, actor: Reader) -> ReviewView:
    """What was done in the case on facts that a correction has since changed, and what would settle each."""
    state = state_of(request)
    with state.reader.connect() as connection:
        return review_view(read_case(connection, SubjectKind.CASE, id), state.viewer(actor))


@router.get("/{id}/tasks")
def read_tasks(request: Request, id: str, actor: Reader) -> TaskPage:
    """What waits for a person in the case: reports, observations, acts to confirm, to serve, requests overdue."""
    state = state_of(request)
    with state.reader.connect() as connection:
        return case_tasks(connection, id, state.viewer(actor))


add_reads(router, SubjectKind.CASE, CaseView, CaseLine, CaseFilter)
add_route(router, SubjectKind.CASE)
