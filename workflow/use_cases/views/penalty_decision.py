"""A penalty decision as the API shows it: its sum with the statement, how its party was heard, what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.facts import CaseFacts, PenaltyDecision
from workflow.lifecycle.penalty_decision.sums import changes, outdated
from workflow.lifecycle.reading.review import ways_out
from workflow.lifecycle.vocabulary import DaysAfter, PenaltyDecisionState
from workflow.use_cases.views.penalty import SliceView
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.review import ChangedView, WayOutView
from workflow.use_cases.views.shared import (
    AccountRef,
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    PartyRef,
    View,
    Viewer,
    assumed_in,
    next_step,
    rules_of,
    shown,
)
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


class GroundsView(View):
    """The notice of the grounds: the sum the party is heard on, and until when."""

    notified_on: date
    amount: MoneyView
    window_ends_on: date
    waived_on: date | None
    closed_on: date | None
    rapporteur: AccountRef | None


class SessionView(View):
    """Who sat, and when. How they voted is not recorded."""

    session_on: date
    present: list[AccountRef]


class ReductionView(View):
    """What the body left to be paid, and by which article."""

    amount: MoneyView
    article: str


class ServedView(View):
    """Its service on one addressee."""

    addressee: PartyRef
    served_on: date


class SupersededView(View):
    """What the same slice comes to by the facts as they are now, which of them changed, and the ways out."""

    units: int
    amount: MoneyView
    changed: list[ChangedView]
    ways_out: list[WayOutView]


@shows(
    PenaltyDecision,
    SliceView,
    unshown="drafters before confirmed_against relied_on acted_on services never_served attempts appeals rulings "
    "steps_done",
)
class PenaltyDecisionView(ThingView):
    """A decision on the penalty for a slice of days. `statement` is the computation it rests on, with its reasons.

    `kind` is `recovery_decision` where the law itself makes late days owed and the decision only recovers them. `owed`
    says whether its days are owed, `fixed` the sum the decision fixes. `superseded` is there when a correction gave
    the slice another sum.
    """

    n: int
    version: int
    case: CaseRef
    decision: DecisionRef
    clause: str
    state: PenaltyDecisionState
    slice: SliceView
    units: int
    amount: MoneyView
    basis: str
    kind: str
    owed: bool
    fixed: MoneyView | None
    superseded: SupersededView | None
    sum_confirmed_on: date | None
    grounds: GroundsView | None
    recused: list[AccountRef]
    session: Annotated[SessionView | None, Field(validation_alias="attendance")]
    reduction: ReductionView | None
    days_after: DaysAfter | None
    adopted_on: date | None
    adopted_by: AccountRef | None
    served: list[ServedView]
    final_on: date | None
    next_steps: list[NextStep]
    assumed: list[str]
    statement: dict[str, Any] | None
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]


def people_in(penalty: PenaltyDecision) -> tuple[str, ...]:
    """The accounts that its view names."""
    rapporteur = penalty.grounds.rapporteur if penalty.grounds is not None else None
    present = penalty.attendance.present if penalty.attendance is not None else ()
    return tuple(each for each in (rapporteur, penalty.adopted_by, *present, *penalty.recused) if each is not None)


def penalty_decision_view(
    case: CaseFacts,
    penalty: PenaltyDecision,
    statement: dict[str, Any] | None,
    names: Mapping[str, str],
    viewer: Viewer,
) -> PenaltyDecisionView:
    """Show a penalty decision; before it is adopted nothing in it is owed, except what the law itself forfeits.

    `names` are those of `people_in`, by id.
    """
    decision = case.decision(penalty.decision)
    today = viewer.today(case)
    forfeited = rules_of(case, decision, today).clause.accrual == "forfeited"
    released = penalty.state is PenaltyDecisionState.CLOSED_WITHOUT_PENALTY
    subject = penalty.subject
    step = step_of(case, subject, today) if viewer.is_inside else None
    return show_thing(
        PenaltyDecisionView,
        case,
        subject,
        viewer,
        decision=decision,
        slice=shown(SliceView, penalty),
        kind="recovery_decision" if forfeited else "penalty_decision",
        owed=penalty.owed is not None or (forfeited and penalty.holds_days and not released and penalty.to < today),
        fixed=penalty.owed,
        superseded=_superseded(case, penalty) if viewer.is_inside else None,
        **_people(penalty, names),
        served=[shown(ServedView, each, addressee=case.party(each.addressee)) for each in penalty.services],
        next_steps=[next_step(step)] if step is not None else [],
        assumed=list(assumed_in(decision)),
        statement=statement,
    )


def _people(penalty: PenaltyDecision, names: Mapping[str, str]) -> dict[str, Any]:
    """The members that name accounts."""

    def named(account: str | None) -> AccountRef | None:
        return AccountRef.of(account, names) if account is not None else None

    grounds, attendance = penalty.grounds, penalty.attendance
    return {
        "grounds": shown(GroundsView, grounds, rapporteur=named(grounds.rapporteur)) if grounds is not None else None,
        "attendance": shown(SessionView, attendance, present=[named(each) for each in attendance.present])
        if attendance is not None
        else None,
        "recused": [named(each) for each in penalty.recused],
        "adopted_by": named(penalty.adopted_by),
    }


def _superseded(case: CaseFacts, penalty: PenaltyDecision) -> SupersededView | None:
    now = outdated(case, penalty)
    if now is None:
        return None
    return shown(SupersededView, now.sum, changed=changes(penalty, now), ways_out=ways_out(case, penalty, now))
