"""A penalty decision as the API shows it: its sum with the statement, how its party was heard, what became of it."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, PenaltyDecision
from workflow.lifecycle.penalty_decision.sums import changes, outdated
from workflow.lifecycle.reading.due import step_of
from workflow.lifecycle.reading.review import ways_out
from workflow.lifecycle.vocabulary import PenaltyDecisionState
from workflow.use_cases.views.penalty import SliceView
from workflow.use_cases.views.review import ChangedView, WayOutView
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
    assumed_in,
    next_step,
    open_transitions,
    pending_acts,
    rules_of,
)


class GroundsView(View):
    """The notice of the grounds: the sum the party is heard on, and until when."""

    notified_on: date
    amount: MoneyView
    window_ends_on: date
    waived_on: date | None
    closed_on: date | None
    rapporteur: str | None


class SessionView(View):
    """Who sat, and when. How they voted is not recorded."""

    session_on: date
    present: list[str]


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


class PenaltyDecisionView(View):
    """A decision on the penalty for a slice of days. `statement` is the computation it rests on, with its reasons.

    `kind` is `recovery_decision` where the law itself makes late days owed and the decision only recovers them. `owed`
    says whether its days are owed, `fixed` the sum the decision fixes. `superseded` is there when a correction gave
    the slice another sum.
    """

    id: str
    n: int
    version: int
    case: CaseRef
    decision: DecisionRef
    clause: str
    state: str
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
    recused: list[str]
    session: SessionView | None
    reduction: ReductionView | None
    days_after: str | None
    adopted_on: date | None
    adopted_by: str | None
    served: list[ServedView]
    final_on: date | None
    next_steps: list[NextStep]
    assumed: list[str]
    statement: dict[str, Any] | None
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def penalty_decision_view(
    case: CaseFacts, penalty: PenaltyDecision, statement: dict[str, Any] | None, viewer: Viewer
) -> PenaltyDecisionView:
    """Show a penalty decision; before it is adopted nothing in it is owed, but for what the law itself forfeits."""
    decision = case.decision(penalty.decision)
    today = viewer.today(case)
    forfeited = rules_of(case, decision, today).clause.accrual == "forfeited"
    released = penalty.state is PenaltyDecisionState.CLOSED_WITHOUT_PENALTY
    subject = penalty.subject
    step = step_of(case, subject, today) if viewer.is_inside else None
    return PenaltyDecisionView(
        id=penalty.id,
        n=penalty.n,
        version=case.versions[penalty.id],
        case=CaseRef.of(case),
        decision=DecisionRef.of(decision),
        clause=penalty.clause,
        state=penalty.state.value,
        slice=SliceView(from_=penalty.from_, to=penalty.to),
        units=penalty.units,
        amount=MoneyView.of(penalty.amount),
        basis=penalty.basis,
        kind="recovery_decision" if forfeited else "penalty_decision",
        owed=penalty.owed is not None or (forfeited and penalty.holds_days and not released and penalty.to < today),
        fixed=MoneyView.of(penalty.owed) if penalty.owed is not None else None,
        superseded=_superseded(case, penalty) if viewer.is_inside else None,
        sum_confirmed_on=penalty.sum_confirmed_on,
        grounds=_grounds(penalty),
        recused=list(penalty.recused),
        session=_session(penalty),
        reduction=_reduction(penalty),
        days_after=penalty.days_after.value if penalty.days_after is not None else None,
        adopted_on=penalty.adopted_on,
        adopted_by=penalty.adopted_by,
        served=[
            ServedView(addressee=PartyRef.of(case, each.addressee), served_on=each.served_on)
            for each in penalty.services
        ],
        final_on=penalty.final_on,
        next_steps=[] if step is None else [next_step(step)],
        assumed=list(assumed_in(decision)),
        statement=statement,
        pending_acts=pending_acts(case, subject),
        open_transitions=open_transitions(case, subject, viewer),
    )


def _superseded(case: CaseFacts, penalty: PenaltyDecision) -> SupersededView | None:
    now = outdated(case, penalty)
    if now is None:
        return None
    return SupersededView(
        units=now.sum.units,
        amount=MoneyView.of(now.sum.amount),
        changed=[ChangedView.of(each) for each in changes(penalty, now)],
        ways_out=[WayOutView.of(each) for each in ways_out(case, penalty, now)],
    )


def _grounds(penalty: PenaltyDecision) -> GroundsView | None:
    grounds = penalty.grounds
    if grounds is None:
        return None
    return GroundsView(
        notified_on=grounds.notified_on,
        amount=MoneyView.of(grounds.amount),
        window_ends_on=grounds.window_ends_on,
        waived_on=grounds.waived_on,
        closed_on=grounds.closed_on,
        rapporteur=grounds.rapporteur,
    )


def _session(penalty: PenaltyDecision) -> SessionView | None:
    sat = penalty.attendance
    return None if sat is None else SessionView(session_on=sat.session_on, present=list(sat.present))


def _reduction(penalty: PenaltyDecision) -> ReductionView | None:
    reduced = penalty.reduction
    return None if reduced is None else ReductionView(amount=MoneyView.of(reduced.amount), article=reduced.article)
