"""Penalty decisions: read, list, and pull triggers. A proposal on a clause makes them."""

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.penalty import SliceView
from workflow.use_cases.views.penalty_decision import PenaltyDecisionView
from workflow.use_cases.views.shared import CaseRef, DecisionRef, MoneyView, View

router = APIRouter(prefix="/v1/penalty-decisions", tags=["penalty decisions"], route_class=StrictRoute)


class PenaltyDecisionLine(View):
    """A penalty decision in one line."""

    id: str
    case: CaseRef
    decision: DecisionRef
    clause: str
    n: int
    state: str
    slice: SliceView
    units: int
    amount: MoneyView
    version: int


class PenaltyDecisionFilter(Filter):
    """Filters of the list of penalty decisions."""

    case: OneLine | None = None
    decision: OneLine | None = None
    clause: OneLine | None = None
    state: PenaltyDecisionState | None = None


add_reads(router, SubjectKind.PENALTY_DECISION, PenaltyDecisionView, PenaltyDecisionLine, PenaltyDecisionFilter)
add_route(router, SubjectKind.PENALTY_DECISION)
