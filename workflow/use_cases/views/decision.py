"""A corrective decision as the API shows it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.proceedings.windows import window_end
from workflow.lifecycle.vocabulary import (
    DecisionState,
    Form,
    Observations,
    OrderState,
    Retroactivity,
    ServiceBasis,
    ServiceChannel,
)
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.proceedings import AppealView, RulingView, ServiceAttemptView, appeals_of, finality_due
from workflow.use_cases.views.shared import (
    AccountRef,
    CaseRef,
    MoneyView,
    PartyRef,
    View,
    Viewer,
    assumed_in,
    rules_of,
    shown,
)
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


class AddresseeView(View):
    """An addressee of the decision: when, how and on what basis it was served on them, and until when they may appeal.

    `contested_on` is the day they disputed the service; `corrected_from` the dates recorded before.
    """

    party: PartyRef
    served_on: date | None
    channel: ServiceChannel | None
    basis: ServiceBasis | None
    posted_on: date | None
    contested_on: date | None
    corrected_from: list[date]
    appeal_by: date | None
    assumed: bool


_NOT_SERVED: dict[str, Any] = dict.fromkeys(AddresseeView.model_fields) | {"corrected_from": [], "assumed": False}


class HearingView(View):
    """The hearing record."""

    grounds_notified_on: date | None
    window_ended_on: date | None
    waived_on: date | None
    observations: Observations | None
    urgency_ground: str | None
    session_on: date | None


class OrderOfDecision(View):
    """An order of the decision in one line."""

    id: str
    number: str
    kind: str
    addressee: int
    state: OrderState
    last_day: date | None


class ClauseOfDecision(View):
    """A penalty clause of the decision in one line."""

    id: str
    n: int
    addressee: int | None
    covers: list[int]
    rate: MoneyView
    per: str


@shows(Decision, unshown="n drafters acted_on services never_served steps_done")
class DecisionView(ThingView):
    """The act: its orders, its fine, its clauses, how the party was heard, and on whom it was served."""

    version: int
    case: CaseRef
    reference: str
    title: str
    language: str
    form: Form
    state: DecisionState
    regime: str | None
    fine: MoneyView | None
    fine_after_rulings: MoneyView | None
    hearing: HearingView | None
    addressees: list[AddresseeView]
    served: str
    adopted_on: date | None
    adopted_by: AccountRef | None
    attempts: list[ServiceAttemptView]
    appeals: list[AppealView]
    rulings: list[RulingView]
    published_on: date | None
    finality_due_on: date | None
    final_on: date | None
    withdrawn_on: date | None
    withdrawn_as: Retroactivity | None
    orders: list[OrderOfDecision]
    clauses: list[ClauseOfDecision]
    assumed: list[str]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]


def decision_view(case: CaseFacts, decision: Decision, names: Mapping[str, str], viewer: Viewer) -> DecisionView:
    """Show a decision; `names` are those of the accounts in it, by id."""
    rules = rules_of(case, decision, viewer.today(case))
    return show_thing(
        DecisionView,
        case,
        decision.subject,
        viewer,
        addressees=[_addressee(case, decision, n, rules) for n in decision.addressees],
        adopted_by=AccountRef.of(decision.adopted_by, names) if decision.adopted_by else None,
        served=f"{len(decision.services)} of {len(decision.addressees)}",
        appeals=appeals_of(case, decision, rules),
        finality_due_on=finality_due(case, decision, rules) if viewer.is_inside else None,
        orders=[shown(OrderOfDecision, order, number=decision.number_of(order)) for order in decision.orders],
        assumed=list(assumed_in(decision)),
    )


def _addressee(case: CaseFacts, decision: Decision, n: int, rules: Regime) -> AddresseeView:
    service, party = decision.service_on(n), PartyRef.of(case, n)
    if service is None:
        return AddresseeView(**_NOT_SERVED | {"party": party})
    return shown(AddresseeView, service, party=party, appeal_by=window_end(case, service, rules))
