"""Filings: read, list, and pull triggers. A report is recorded on its order, observations on a penalty decision."""

from datetime import date

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import FilingKind, FilingState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.filing import FilingView
from workflow.use_cases.views.shared import CaseRef, View

router = APIRouter(prefix="/v1/filings", tags=["filings"], route_class=StrictRoute)


class FilingLine(View):
    """A filing in one line; `about` is the id of what it is about."""

    id: str
    case: CaseRef
    n: int
    kind: str
    about_kind: str
    about: str
    party: int
    received_on: date
    state: str
    version: int


class FilingFilter(Filter):
    """Filters of the list of filings."""

    case: OneLine | None = None
    about: OneLine | None = None
    kind: FilingKind | None = None
    state: FilingState | None = None


add_reads(router, SubjectKind.FILING, FilingView, FilingLine, FilingFilter)
add_route(router, SubjectKind.FILING)
