"""The service of a corrective decision or a penalty decision on its addressees: made, failed, or contested."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import AdoptedAct, Decision, FailedService, Service
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, event, shared, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import started
from workflow.lifecycle.proceedings.adopted import only_addressee, sum_of, with_service
from workflow.lifecycle.proceedings.contents import (
    DAYS_OF_SERVICE,
    ContestContent,
    FailedServiceContent,
    ServiceContent,
)
from workflow.lifecycle.proceedings.legal_day import RestsOn, legal_day
from workflow.lifecycle.vocabulary import Audience, DebtKind, ServiceBasis, ServiceChannel, ServiceFailure

_DAY = date(2022, 10, 19)


@shared
class ActServed(Of[AdoptedAct]):
    """An act was served on an addressee; of a deemed service it says what it rests on and why."""

    addressee: int
    served_on: date = told("The legal date of service.", _DAY)
    channel: ServiceChannel = told("How it was delivered.", ServiceChannel.REGISTERED_LETTER)
    basis: ServiceBasis = told("Why it counts as served.", ServiceBasis.DELIVERED, default=ServiceBasis.DELIVERED)
    posted_on: date | None = None
    rests_on: RestsOn | None = None
    explanation: tuple[Mapping[str, Any], ...] = ()
    receipt: Mapping[str, Any] | None = None

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With the service."""
        assumed = any(name in DAYS_OF_SERVICE for name in self.assumed)
        return with_service(act, self.addressee, copied(Service, self, assumed=assumed))


@event("decision.served", Audience.SERVED)
class DecisionServed(ActServed):
    """The decision was served on the party: it binds it, and its time to appeal runs."""

    fine: Money | None = told("The fine, if there is one.", Money(2_000_000_000, "EUR"), default=None)
    assumed: tuple[str, ...] = told("The members of this that are assumed, not certain.", ("served_on",))


@event("penalty_decision.served", Audience.SERVED)
class PenaltyServed(ActServed):
    """The penalty decision was served on the party: what it fixes is owed, and its time to appeal runs."""

    assumed: tuple[str, ...] = told("The members of this that are assumed, not certain.", ("served_on",))


@shared
class ServiceFailed(Of[AdoptedAct]):
    """An attempt at service reached nobody."""

    addressee: int
    attempted_on: date = told("The day of the attempt.", date(2022, 10, 18))
    channel: ServiceChannel = told("How it was delivered.", ServiceChannel.REGISTERED_LETTER)
    outcome: ServiceFailure = told("How it ended.", ServiceFailure.NOT_FOUND)

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With one attempt more."""
        return replace(act, attempts=(*act.attempts, copied(FailedService, self)))


@event("decision.service_failed", Audience.SERVED)
class DecisionServiceFailed(ServiceFailed):
    """An attempt to serve the decision failed: no clock starts."""


@event("penalty_decision.service_failed", Audience.SERVED)
class PenaltyServiceFailed(ServiceFailed):
    """An attempt to serve the penalty decision failed: no clock starts."""


@shared
class ServiceContested(Of[AdoptedAct]):
    """An addressee disputes that, or when, the act was served: the date stands until it is corrected."""

    addressee: int
    contested_on: date

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With its service contested."""
        service = act.service_on(self.addressee)
        assert service is not None
        return with_service(act, self.addressee, replace(service, contested_on=self.contested_on))


@event("decision.service_contested", Audience.INTERNAL)
class DecisionServiceContested(ServiceContested):
    """The service of the decision is contested."""


@event("penalty_decision.service_contested", Audience.INTERNAL)
class PenaltyServiceContested(ServiceContested):
    """The service of the penalty decision is contested."""


def record_service(at: Situation[AdoptedAct, ServiceContent]) -> list[Event]:
    """`….served`, and `order.entered_into_force` for each order of the addressee whose clock starts with it.

    The act is dated by the legal day of service. What is owed arises with service, as the regime says.
    """
    act, found = at.thing, legal_day(at)
    service = found.service
    assert service is not None
    at = replace(at, effective_on=service.served_on)
    said: ActServed = copied(
        DecisionServed if isinstance(act, Decision) else PenaltyServed,
        service,
        assumed=at.command.assumed,
        rests_on=found.rests_on,
        explanation=found.explanation,
        receipt=found.receipt,
    )
    if isinstance(said, DecisionServed) and isinstance(act, Decision):
        said = replace(said, fine=act.fine)
    events = [written(at, said)]
    if isinstance(found.after, Decision):
        events += started(at, found.after)
    return events + _owed(at, service.addressee)


def record_failed_service(at: Situation[AdoptedAct, FailedServiceContent]) -> list[Event]:
    """`….service_failed`: an attempt; no clock starts."""
    failed = DecisionServiceFailed if isinstance(at.thing, Decision) else PenaltyServiceFailed
    return [written(at, copied(failed, at.content))]


def record_contest(at: Situation[AdoptedAct, ContestContent]) -> list[Event]:
    """`….service_contested`: the date stands until it is corrected."""
    contested = DecisionServiceContested if isinstance(at.thing, Decision) else PenaltyServiceContested
    return [written(at, copied(contested, at.content))]


def _owed(at: Situation[AdoptedAct, ServiceContent], addressee: int) -> list[Event]:
    """The debt that arises when an act with a sum is served: of its one addressee, or of all together."""
    act = at.thing
    amount = sum_of(act)
    if amount is None:
        return []
    owing = only_addressee(at.case, act, addressee)
    if at.case.debts_of(act.id):
        return debt_effects.restore(at, act.subject, owing, amount)
    kind = DebtKind.FINE if isinstance(act, Decision) else DebtKind.PENALTY
    return debt_effects.arise(at, kind, act.subject, owing, amount)
