"""Debts: read, list, and pull triggers. What an act fixes makes them; `charge_interest` makes one of interest."""

from datetime import date

from fastapi import APIRouter

from api.strict_route import StrictRoute
from api.v1.things import Filter, add_reads
from api.v1.transitions import add_route
from workflow.lifecycle.vocabulary import DebtKind, DebtState, SubjectKind
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.views.debt import DebtView
from workflow.use_cases.views.shared import CaseRef, MoneyView, View

router = APIRouter(prefix="/v1/debts", tags=["debts"], route_class=StrictRoute)


class DebtLine(View):
    """A debt in one line; what is outstanding below zero is to be refunded."""

    id: str
    case: CaseRef
    n: int
    kind: str
    source_kind: str
    source: str
    addressee: int | None
    amount: MoneyView
    outstanding: MoneyView
    state: str
    arose_on: date
    due_by: date | None
    version: int


class DebtFilter(Filter):
    """Filters of the list of debts."""

    case: OneLine | None = None
    source: OneLine | None = None
    kind: DebtKind | None = None
    state: DebtState | None = None


add_reads(router, SubjectKind.DEBT, DebtView, DebtLine, DebtFilter)
add_route(router, SubjectKind.DEBT)
