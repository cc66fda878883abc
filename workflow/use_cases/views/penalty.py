"""Penalty clauses as the API shows them, with their penalty decisions in a line each."""

from datetime import date
from typing import Annotated

from pydantic import Field

from workflow.lifecycle.facts import CaseFacts, Clause, Decision, PenaltyDecision
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.reading.due import earliest_steps
from workflow.use_cases.views.order import ExposureView, exposure
from workflow.use_cases.views.order_parts import EndView, SuspensionView
from workflow.use_cases.views.shared import (
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    OpenTransition,
    PartyRef,
    PendingView,
    View,
    Viewer,
    next_step,
    open_transitions,
    pending_acts,
)


class CapView(View):
    """Limits of a clause."""

    amount: MoneyView | None
    units: int | None
    until: date | None


class RateChangeView(View):
    """A rate decided for the future: units whose first day is this one or later cost it."""

    from_: Annotated[date, Field(serialization_alias="from")]
    rate: MoneyView


class SliceView(View):
    """The days a penalty decision is about, both included."""

    from_: Annotated[date, Field(serialization_alias="from")]
    to: date


class PenaltyLine(View):
    """A penalty decision in one line."""

    id: str
    n: int
    state: str
    slice: SliceView
    units: int
    amount: MoneyView


class ClauseView(View):
    """A penalty clause: rate, unit, cap, the orders it covers, what has accrued and what was decided."""

    id: str
    n: int
    version: int
    case: CaseRef
    decision: DecisionRef
    addressee: PartyRef | None
    liability: str
    covers: list[str]
    state: str
    rate: MoneyView
    rate_changes: list[RateChangeView]
    per: str
    partial_unit: str | None
    cap: CapView | None
    accrues_from: str
    accrual_started_on: date | None
    suspensions: list[SuspensionView]
    ended: EndView | None
    assess_after: str
    assess_every: str | None
    first_late_day: date | None
    exposure: ExposureView | None
    penalty_decisions: list[PenaltyLine]
    next_steps: list[NextStep]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def clause_view(case: CaseFacts, decision: Decision, clause: Clause, viewer: Viewer) -> ClauseView:
    """Show a clause as of the viewer's day."""
    today = viewer.today(case)
    steps = earliest_steps(case, today) if viewer.is_inside else ()
    why = f"assess_after {clause.assess_after} from the first late day"
    return ClauseView(
        id=clause.id,
        n=clause.n,
        version=case.versions[clause.id],
        case=CaseRef.of(case),
        decision=DecisionRef.of(decision),
        addressee=PartyRef.of(case, clause.addressee) if clause.addressee is not None else None,
        liability=clause.liability.value,
        covers=[order.id for order in decision.covered_by(clause)],
        state=clause.state.value,
        rate=MoneyView.of(clause.rate),
        rate_changes=[RateChangeView(from_=each.from_, rate=MoneyView.of(each.rate)) for each in clause.rates],
        per=clause.per,
        partial_unit=clause.partial_unit,
        cap=_cap(clause),
        accrues_from=clause.accrues_from.value,
        accrual_started_on=clause.accrual_started_on,
        suspensions=[SuspensionView.of(stay) for stay in clause.suspensions],
        ended=EndView.of(clause),
        assess_after=clause.assess_after,
        assess_every=clause.assess_every,
        first_late_day=accrual.lateness(case, decision, clause).start if viewer.is_inside else None,
        exposure=exposure(case, decision, clause, today) if viewer.is_inside else None,
        penalty_decisions=[_line(penalty) for penalty in case.penalties_of(clause.id)],
        next_steps=[next_step(step, why) for step in steps if step.subject.id == clause.id],
        pending_acts=pending_acts(case, clause.subject),
        open_transitions=open_transitions(case, clause.subject, viewer),
    )


def _line(penalty: PenaltyDecision) -> PenaltyLine:
    return PenaltyLine(
        id=penalty.id,
        n=penalty.n,
        state=penalty.state.value,
        slice=SliceView(from_=penalty.from_, to=penalty.to),
        units=penalty.units,
        amount=MoneyView.of(penalty.amount),
    )


def _cap(clause: Clause) -> CapView | None:
    cap = clause.cap
    if cap is None:
        return None
    amount = MoneyView.of(cap.amount) if cap.amount is not None else None
    return CapView(amount=amount, units=cap.units, until=cap.until)
