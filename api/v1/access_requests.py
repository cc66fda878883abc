"""Access requests: read, list, and pull triggers. They are registered on their order, one by one or from a file."""

from datetime import date

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import AccessRequestState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.access_request import AccessRequestView
from workflow.use_cases.views.shared import CaseRef, View

router = APIRouter(prefix="/v1/access-requests", tags=["access requests"], route_class=StrictRoute)


class AccessRequestLine(View):
    """An access request in one line."""

    id: str
    case: CaseRef
    order: str
    n: int
    reference: str
    received_on: date
    state: str
    statutory_by: date
    dealt_with_on: date | None
    version: int


class AccessRequestFilter(Filter):
    """Filters of the list of access requests."""

    case: OneLine | None = None
    order: OneLine | None = None
    reference: OneLine | None = None
    state: AccessRequestState | None = None


add_reads(router, SubjectKind.ACCESS_REQUEST, AccessRequestView, AccessRequestLine, AccessRequestFilter)
add_route(router, SubjectKind.ACCESS_REQUEST)
