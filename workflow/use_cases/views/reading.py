"""A decision read before it is adopted, as the API shows it: what its operative part would mean, on one page."""

from datetime import date, datetime

from workflow.law.explain import explain
from workflow.lifecycle.decision.operative import ClauseReading, OrderReading, read_clause, read_order
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.use_cases.views.shared import DecisionRef, MoneyView, View, Viewer, rules_of, shown


class OrderReadingView(View):
    """An order as if it were served on that day."""

    number: str
    kind: str
    starts_on: date
    last_day: date
    first_late_day: date
    ends_at: datetime
    proof_by: date
    explanation: str | None
    questions: list[str]


class ClauseReadingView(View):
    """A clause as if no order were ever met. `year` is what the first year from the first late day would cost."""

    n: int
    addressee: int | None
    covers: list[int]
    rate: MoneyView
    per: str
    partial_unit: str
    capped: bool
    first_late_day: date | None
    assessed_on: date | None
    year_to: date | None
    year: MoneyView | None
    year_units: int | None
    questions: list[str]


class ReadingView(View):
    """What the operative part would mean if the decision were served on `served_on`. Nothing is decided by it."""

    decision: DecisionRef
    served_on: date
    regime: str
    orders: list[OrderReadingView]
    clauses: list[ClauseReadingView]
    fine: MoneyView | None
    unverified: list[str]


def reading_view(case: CaseFacts, decision: Decision, served_on: date | None, viewer: Viewer) -> ReadingView:
    """Read a decision as if served on a day, by default the viewer's."""
    today = viewer.today(case)
    rules = rules_of(case, decision, today)
    day = served_on or today
    return shown(
        ReadingView,
        decision,
        decision=decision,
        served_on=day,
        regime=rules.pin,
        orders=[_order(decision.number_of(order), read_order(order, day, rules)) for order in decision.orders],
        clauses=[_clause(read_clause(case, decision, clause, day, rules)) for clause in decision.clauses],
        unverified=rules.unverified,
    )


def _order(number: str, reading: OrderReading) -> OrderReadingView:
    clock, receipt = reading.clock, reading.clock.receipt
    return shown(
        OrderReadingView,
        clock,
        number=number,
        kind=reading.order.kind,
        starts_on=reading.served_on,
        proof_by=reading.proof_by,
        explanation=explain(receipt["result"], receipt["request"]) if receipt else None,
        questions=reading.questions,
    )


def _clause(reading: ClauseReading) -> ClauseReadingView:
    clause, result = reading.clause, reading.year["result"] if reading.year else None
    return shown(
        ClauseReadingView,
        clause,
        partial_unit=clause.partial_unit or "completed",
        capped=clause.cap is not None,
        first_late_day=reading.first_late_day,
        assessed_on=reading.assessed_on,
        year_to=reading.year_to,
        year=MoneyView(amount=result["amount"], currency=clause.rate.currency) if result else None,
        year_units=result["units"] if result else None,
        questions=reading.questions,
    )
