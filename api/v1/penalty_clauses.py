"""Penalty clauses: read, list, and propose a penalty on one. A decision's draft makes them."""

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.penalty import ClauseView
from workflow.use_cases.views.shared import CaseRef, DecisionRef, MoneyView, View

router = APIRouter(prefix="/v1/penalty-clauses", tags=["penalty clauses"], route_class=StrictRoute)


class ClauseLine(View):
    """A clause in one line."""

    id: str
    case: CaseRef
    decision: DecisionRef
    n: int
    addressee: int | None
    rate: MoneyView
    per: str
    version: int


class ClauseFilter(Filter):
    """Filters of the list of clauses."""

    case: OneLine | None = None
    decision: OneLine | None = None


add_reads(router, SubjectKind.PENALTY_CLAUSE, ClauseView, ClauseLine, ClauseFilter)
add_route(router, SubjectKind.PENALTY_CLAUSE)
