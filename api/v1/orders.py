"""Orders: read, list, and pull triggers. A decision's draft makes them."""

from datetime import date

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import OrderState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.order import OrderView
from workflow.use_cases.views.shared import CaseRef, DecisionRef, View

router = APIRouter(prefix="/v1/orders", tags=["orders"], route_class=StrictRoute)


class OrderLine(View):
    """An order in one line."""

    id: str
    case: CaseRef
    decision: DecisionRef
    n: int
    addressee: int
    kind: str
    state: str
    last_day: date | None
    first_late_day: date | None
    complied_on: date | None
    version: int


class OrderFilter(Filter):
    """Filters of the list of orders."""

    case: OneLine | None = None
    decision: OneLine | None = None
    kind: OneLine | None = None
    state: OrderState | None = None


add_reads(router, SubjectKind.ORDER, OrderView, OrderLine, OrderFilter)
add_route(router, SubjectKind.ORDER)
