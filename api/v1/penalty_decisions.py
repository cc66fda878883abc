"""Penalty decisions: read, list, and pull triggers. A proposal on a clause makes them."""

from datetime import date

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.penalty_decision import PenaltyDecisionView
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/v1/penalty-decisions", tags=["penalty decisions"], route_class=StrictRoute)


class PenaltyDecisionLine(View):
    """A penalty decision in one line; `amount_minor` is in minor units of the currency."""

    id: str
    case: str
    decision: str
    clause: str
    n: int
    state: str
    from_on: date
    to_on: date
    units: int
    amount_minor: int
    currency: str
    version: int


class PenaltyDecisionFilter(Filter):
    """Filters of the list of penalty decisions."""

    case: OneLine | None = None
    decision: OneLine | None = None
    clause: OneLine | None = None
    state: PenaltyDecisionState | None = None


add_reads(router, SubjectKind.PENALTY_DECISION, PenaltyDecisionView, PenaltyDecisionLine, PenaltyDecisionFilter)
add_route(router, SubjectKind.PENALTY_DECISION)
