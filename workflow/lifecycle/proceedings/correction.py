"""The correction of a service: another legal day, or none at all; and what was done in reliance on the one before."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Decision, Service
from workflow.lifecycle.facts.frozen import copied, frozen, replace, updated
from workflow.lifecycle.kernel.events import Event, event, shared, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import moved
from workflow.lifecycle.proceedings.adopted import in_state, only_addressee, with_service
from workflow.lifecycle.proceedings.contents import DAYS_OF_SERVICE, CorrectionContent
from workflow.lifecycle.proceedings.legal_day import RestsOn, legal_day
from workflow.lifecycle.proceedings.windows import window_end
from workflow.lifecycle.vocabulary import (
    Audience,
    DecisionState,
    PenaltyDecisionState,
    ServiceBasis,
    ServiceChannel,
    State,
)

_CAME_TO_NOTHING = (PenaltyDecisionState.WITHDRAWN, PenaltyDecisionState.VOID)


@frozen(kw_only=True)
class Reliance:
    """Something that rests on a date of service: a penalty decision, an order with findings, an appeal, finality."""

    kind: str
    id: str | None = None
    n: int | None = None
    state: str | None = None
    lodged_on: date | None = None
    final_on: date | None = None


@shared
class ServiceCorrected(Of[AdoptedAct]):
    """What is now known of a service: another day, channel or basis, or that there was none.

    `relied_on` lists what was done in reliance on the date before, for a person to look at.
    """

    state: State
    addressee: int
    served_on: date | None = told("The legal date of service.", date(2022, 10, 19), default=None)
    channel: ServiceChannel | None = told("How it was delivered.", ServiceChannel.REGISTERED_LETTER, default=None)
    basis: ServiceBasis = told("Why it counts as served.", ServiceBasis.DELIVERED, default=ServiceBasis.DELIVERED)
    was: date = told("The day it was before.", date(2022, 10, 18))
    never_served: bool = told("Whether it turned out that nothing was served at all.", False)
    relied_on: tuple[Reliance, ...]
    posted_on: date | None = None
    rests_on: RestsOn | None = None
    explanation: tuple[Mapping[str, Any], ...] = ()
    receipt: Mapping[str, Any] | None = None
    corrected_from: tuple[date, ...] = ()
    # `assumed` in JSON, beside that of every event: of a service it is said also where nothing is assumed.
    assumed_: tuple[str, ...] | None = None
    finality_undone: bool = False

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With the service as it now is known; final no more where that undid finality."""
        service = self._service()
        after = in_state(with_service(act, self.addressee, service), self.state)
        if service is None and self.addressee not in after.never_served:
            after = replace(after, never_served=(*after.never_served, self.addressee))
        return replace(after, final_on=None) if self.finality_undone else after

    def _service(self) -> Service | None:
        if self.served_on is None or self.channel is None:
            return None
        return copied(Service, self, assumed=any(name in DAYS_OF_SERVICE for name in self.assumed))


@event("decision.service_corrected", Audience.SERVED)
class DecisionServiceCorrected(ServiceCorrected):
    """The service of the decision was on another day, or was none: what hung on the old date is derived again."""

    state: DecisionState


@event("penalty_decision.service_corrected", Audience.SERVED)
class PenaltyServiceCorrected(ServiceCorrected):
    """The service of the penalty decision was on another day, or was none."""

    state: PenaltyDecisionState


def undoes_finality(at: Situation[AdoptedAct, CorrectionContent]) -> bool:
    """Whether a correction takes away what finality rested on: service on all, and windows that were over."""
    service, final_on = legal_day(at).service, at.thing.final_on
    if service is None or final_on is None:
        return True
    return (window_end(at.case, service, at.regime) or service.served_on) >= final_on


def correct_service(at: Situation[AdoptedAct, CorrectionContent]) -> list[Event]:
    """`….service_corrected`, and `order.clock_moved` for each order whose clock it moves; nothing is edited."""
    act, addressee, found = at.thing, at.content.addressee, legal_day(at)
    before, service = act.service_on(addressee), found.service
    assert before is not None
    undone = act.final_on is not None and at.target is not act.state
    said: ServiceCorrected = (DecisionServiceCorrected if isinstance(act, Decision) else PenaltyServiceCorrected)(
        state=at.target,
        addressee=addressee,
        was=before.served_on,
        never_served=at.content.never_served,
        relied_on=tuple(_relied_on(at.case, act, addressee)),
        finality_undone=undone,
    )
    if service is not None:
        assumed, why = at.command.assumed, found.explanation
        said = updated(said, service, assumed=said.assumed, assumed_=assumed, rests_on=found.rests_on, explanation=why)
        said = replace(said, receipt=found.receipt)
    events = [written(at, said)]
    if isinstance(found.after, Decision):
        events += moved(at, replace(found.after, final_on=None) if undone else found.after)
    return events + _owed_again(at, service, addressee)


def _relied_on(case: CaseFacts, act: AdoptedAct, addressee: int) -> Iterator[Reliance]:
    """What rests on the date of service on an addressee."""
    if isinstance(act, Decision):
        orders = [order for order in act.orders if order.addressee == addressee]
        covering = {clause.id for clause in act.clauses if any(order.n in clause.covers for order in orders)}
        for penalty in case.penalty_decisions:
            if penalty.clause in covering and penalty.state not in _CAME_TO_NOTHING:
                yield Reliance(kind="penalty_decision", id=penalty.id, n=penalty.n, state=penalty.state.value)
        for order in orders:
            if order.findings:
                yield Reliance(kind="order", id=order.id, n=order.n, state=order.state.value)
    for appeal in act.appeals:
        if appeal.addressee == addressee:
            yield Reliance(kind="appeal", n=appeal.n, lodged_on=appeal.lodged_on)
    if act.final_on is not None:
        yield Reliance(kind="finality", final_on=act.final_on)


def _owed_again(at: Situation[AdoptedAct, CorrectionContent], service: Service | None, addressee: int) -> list[Event]:
    """What a corrected service makes of the debt: another last day to pay, or nothing owed for want of service."""
    act = at.thing
    owing = only_addressee(at.case, act, addressee)
    if service is not None:
        return debt_effects.move_due(at, act.subject, owing, service.served_on)
    return debt_effects.adjust(at, act.subject, None) if owing is not None else []
