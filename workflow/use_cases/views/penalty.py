"""Penalty clauses as the API shows them, with their penalty decisions in a line each."""

from datetime import date
from typing import Annotated

from pydantic import Field

from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.facts import CaseFacts, Clause, Decision
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.vocabulary import AccruesFrom, ClauseState, Liability, PenaltyDecisionState
from workflow.use_cases.views.order import EndView, ExposureView, SuspensionView, exposure
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import (
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    PartyRef,
    View,
    Viewer,
    next_step,
    shown,
)
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


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
    state: PenaltyDecisionState
    slice: SliceView
    units: int
    amount: MoneyView


@shows(Clause, EndView, unshown="accrues_from_on steps_done before")
class ClauseView(ThingView):
    """A penalty clause: rate, unit, cap, the orders it covers, what has accrued and what was decided."""

    n: int
    version: int
    case: CaseRef
    decision: DecisionRef
    addressee: PartyRef | None
    liability: Liability
    covers: list[str]
    state: ClauseState
    rate: MoneyView
    rate_changes: Annotated[list[RateChangeView], Field(validation_alias="rates")]
    per: str
    partial_unit: str | None
    cap: CapView | None
    accrues_from: AccruesFrom
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
    next_acts: list[NextAct]


def clause_view(case: CaseFacts, decision: Decision, clause: Clause, viewer: Viewer) -> ClauseView:
    """Show a clause as of the viewer's day."""
    today, subject = viewer.today(case), clause.subject
    step = step_of(case, subject, today) if viewer.is_inside else None
    why = f"assess_after {clause.assess_after} from the first late day"
    return show_thing(
        ClauseView,
        case,
        subject,
        viewer,
        decision=decision,
        addressee=case.party(clause.addressee) if clause.addressee is not None else None,
        covers=[order.id for order in decision.covered_by(clause)],
        ended=EndView.of(clause),
        first_late_day=accrual.lateness(case, decision, clause).start if viewer.is_inside else None,
        exposure=exposure(case, decision, clause, today) if viewer.is_inside else None,
        penalty_decisions=[
            shown(PenaltyLine, each, slice=shown(SliceView, each)) for each in case.penalties_of(clause.id)
        ],
        next_steps=[next_step(step, why)] if step is not None else [],
    )
