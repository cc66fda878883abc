"""A corrective decision as the API shows it."""

from datetime import date

from workflow.law.money import Money
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.proceedings.windows import window_end
from workflow.use_cases.views.proceedings import (
    AppealView,
    RulingView,
    ServiceAttemptView,
    appeals_of,
    attempts_of,
    finality_due,
    rulings_of,
)
from workflow.use_cases.views.shared import (
    CaseRef,
    MoneyView,
    OpenTransition,
    PartyRef,
    PendingView,
    View,
    Viewer,
    assumed_in,
    open_transitions,
    pending_acts,
    rules_of,
)


class AddresseeView(View):
    """An addressee of the decision: when, how and on what basis it was served on them, and until when they may appeal.

    `contested_on` is the day they disputed the service; `corrected_from` the dates recorded before.
    """

    party: PartyRef
    served_on: date | None
    channel: str | None
    basis: str | None
    posted_on: date | None
    contested_on: date | None
    corrected_from: list[date]
    appeal_by: date | None
    assumed: bool


class HearingView(View):
    """The hearing record."""

    grounds_notified_on: date | None
    window_ended_on: date | None
    waived_on: date | None
    observations: str | None
    urgency_ground: str | None
    session_on: date | None


class OrderOfDecision(View):
    """An order of the decision in one line."""

    id: str
    number: str
    kind: str
    addressee: int
    state: str
    last_day: date | None


class ClauseOfDecision(View):
    """A penalty clause of the decision in one line."""

    id: str
    n: int
    addressee: int | None
    covers: list[int]
    rate: MoneyView
    per: str


class DecisionView(View):
    """The act: its orders, its fine, its clauses, how the party was heard, and on whom it was served."""

    id: str
    version: int
    case: CaseRef
    reference: str
    language: str
    form: str
    state: str
    regime: str | None
    fine: MoneyView | None
    fine_after_rulings: MoneyView | None
    hearing: HearingView | None
    addressees: list[AddresseeView]
    served: str
    adopted_on: date | None
    adopted_by: str | None
    attempts: list[ServiceAttemptView]
    appeals: list[AppealView]
    rulings: list[RulingView]
    published_on: date | None
    finality_due_on: date | None
    final_on: date | None
    withdrawn_on: date | None
    withdrawn_as: str | None
    orders: list[OrderOfDecision]
    clauses: list[ClauseOfDecision]
    assumed: list[str]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def decision_view(case: CaseFacts, decision: Decision, viewer: Viewer) -> DecisionView:
    """Show a decision."""
    rules = rules_of(case, decision, viewer.today(case))
    return DecisionView(
        id=decision.id,
        version=case.versions[decision.id],
        case=CaseRef.of(case),
        reference=decision.reference,
        language=decision.language,
        form=decision.form.value,
        state=decision.state.value,
        regime=decision.regime,
        fine=MoneyView.of(decision.fine) if decision.fine is not None else None,
        fine_after_rulings=_sum(decision.fine_after_rulings),
        hearing=_hearing(decision),
        addressees=[_addressee(case, decision, n, rules) for n in decision.addressees],
        served=f"{len(decision.services)} of {len(decision.addressees)}",
        adopted_on=decision.adopted_on,
        adopted_by=decision.adopted_by,
        attempts=attempts_of(decision),
        appeals=appeals_of(case, decision, rules),
        rulings=rulings_of(decision),
        published_on=decision.published_on,
        finality_due_on=finality_due(case, decision, rules) if viewer.is_inside else None,
        final_on=decision.final_on,
        withdrawn_on=decision.withdrawn_on,
        withdrawn_as=decision.withdrawn_as.value if decision.withdrawn_as else None,
        orders=[
            OrderOfDecision(
                id=order.id,
                number=decision.number_of(order),
                kind=order.kind,
                addressee=order.addressee,
                state=order.state.value,
                last_day=order.last_day,
            )
            for order in decision.orders
        ],
        clauses=[
            ClauseOfDecision(
                id=clause.id,
                n=clause.n,
                addressee=clause.addressee,
                covers=list(clause.covers),
                rate=MoneyView.of(clause.rate),
                per=clause.per,
            )
            for clause in decision.clauses
        ],
        assumed=list(assumed_in(decision)),
        pending_acts=pending_acts(case, decision.subject),
        open_transitions=open_transitions(case, decision.subject, viewer),
    )


def _addressee(case: CaseFacts, decision: Decision, n: int, rules: Regime) -> AddresseeView:
    service = decision.service_on(n)
    return AddresseeView(
        party=PartyRef.of(case, n),
        served_on=service.served_on if service else None,
        channel=service.channel.value if service else None,
        basis=service.basis.value if service else None,
        posted_on=service.posted_on if service else None,
        contested_on=service.contested_on if service else None,
        corrected_from=list(service.corrected_from) if service else [],
        appeal_by=window_end(case, service, rules) if service else None,
        assumed=service.assumed if service else False,
    )


def _sum(money: Money | None) -> MoneyView | None:
    return None if money is None else MoneyView.of(money)


def _hearing(decision: Decision) -> HearingView | None:
    hearing = decision.hearing
    if hearing is None:
        return None
    return HearingView(
        grounds_notified_on=hearing.grounds_notified_on,
        window_ended_on=hearing.window_ended_on,
        waived_on=hearing.waived_on,
        observations=hearing.observations.value if hearing.observations else None,
        urgency_ground=hearing.urgency_ground,
        session_on=hearing.session_on,
    )
