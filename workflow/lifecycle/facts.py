"""The facts of a case: one frozen tree, folded from its events and from nothing else.

What the law computed when a clock started (the last day) stands here as the event recorded it, with its receipt in
the journal: a later release of a calendar moves no recorded date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.ids import URL_NAMESPACE, derived_id
from workflow.lifecycle.vocabulary import (
    AccruesFrom,
    CaseState,
    DecisionState,
    Liability,
    Nature,
    Observations,
    OrderState,
    PartyKind,
    PenaltyDecisionState,
    PeriodFrom,
    ServiceChannel,
)


def case_id(reference: str) -> str:
    """The id of the case with this reference: references are unique, so the id is too, and equal on replay."""
    return derived_id(URL_NAMESPACE, f"urn:enjoin:case:{reference}")


def child_id(case: str, kind: str, number: object) -> str:
    """The id of the `number`-th thing of a kind in a case."""
    return derived_id(case, f"{kind}/{number}")


@frozen
class Party:
    """A party of the case. `name` is empty for a natural person, whose name stands beside the journal."""

    n: int
    id: str
    kind: PartyKind
    name: str
    country: str | None = None


@frozen
class Representative:
    """Somebody who acts for a party; the name stands beside the journal."""

    n: int
    id: str
    party: int
    role: str


@frozen
class Hearing:
    """The hearing record: that the party was heard before the decision, or why it need not be."""

    grounds_notified_on: date | None = None
    window_ended_on: date | None = None
    waived_on: date | None = None
    observations: Observations | None = None
    urgency_ground: str | None = None
    session_on: date | None = None


@frozen
class Service:
    """Formal delivery of a decision to one addressee."""

    addressee: int
    served_on: date
    channel: ServiceChannel
    assumed: bool


@frozen
class Limb:
    """A head of an order. `unmet_from` is None until the order is in force; `met_on` is the day it was met."""

    n: int
    text: str
    met_on: date | None = None


@frozen
class Order:
    """One duty of one addressee."""

    id: str
    n: int
    addressee: int
    kind: str
    ground: str
    nature: Nature
    limbs: tuple[Limb, ...]
    state: OrderState = OrderState.PENDING
    period: str | None = None
    period_from: PeriodFrom = PeriodFrom.SERVICE
    comply_by_fixed: date | None = None
    evidence_by: date | None = None
    roll: str | None = None
    after: tuple[int, ...] = ()
    starts_on: date | None = None
    last_day: date | None = None
    first_late_day: date | None = None
    reminded: tuple[int, ...] = ()
    expiry_recorded_on: date | None = None
    complied_on: date | None = None


@frozen
class Cap:
    """Limits of a clause; any together."""

    amount: Money | None = None
    units: int | None = None
    until: date | None = None


@frozen
class Clause:
    """A penalty clause: so much for each unit of delay over the orders it covers.

    `addressee` is None when the liability is joint; with several liability each addressee has a clause of its own.
    """

    id: str
    n: int
    addressee: int | None
    covers: tuple[int, ...]
    rate: Money
    per: str
    assess_after: str
    assess_every: str | None = None
    partial_unit: str | None = None
    cap: Cap | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: date | None = None
    liability: Liability = Liability.SEVERAL
    steps_done: tuple[str, ...] = ()


@frozen
class Decision:
    """A corrective decision with its orders and clauses. `regime` is pinned at adoption (`fr-cnil@1`)."""

    id: str
    n: int
    reference: str
    language: str
    addressees: tuple[int, ...]
    state: DecisionState
    drafters: tuple[str, ...]
    fine: Money | None = None
    hearing: Hearing | None = None
    assumed: tuple[str, ...] = ()
    regime: str | None = None
    adopted_on: date | None = None
    adopted_by: str | None = None
    services: tuple[Service, ...] = ()
    orders: tuple[Order, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def order(self, n: int) -> Order:
        """The order with this number."""
        return next(order for order in self.orders if order.n == n)

    def covered_by(self, clause: Clause) -> tuple[Order, ...]:
        """The orders a clause covers, in their order."""
        return tuple(order for order in self.orders if order.n in clause.covers)

    def service_on(self, addressee: int) -> Service | None:
        """The service on one addressee, if any."""
        return next((service for service in self.services if service.addressee == addressee), None)


@frozen
class PenaltyDecision:
    """A decision that would fix, or fixes, the penalty for a slice of days. It reserves its days from the start."""

    id: str
    n: int
    decision: str
    clause: str
    state: PenaltyDecisionState
    from_: date
    to: date
    units: int
    amount: Money
    basis: str
    drafters: tuple[str, ...] = ()
    adopted_on: date | None = None
    adopted_by: str | None = None


@frozen
class CaseFacts:
    """The whole case. `versions` counts, for each thing ever in it, the events whose subject or parent it is."""

    id: str
    reference: str
    regime: str
    opened_on: date
    state: CaseState
    parties: tuple[Party, ...]
    representatives: tuple[Representative, ...] = ()
    decisions: tuple[Decision, ...] = ()
    penalty_decisions: tuple[PenaltyDecision, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)

    def party(self, n: int) -> Party:
        """The party with this number."""
        return next(party for party in self.parties if party.n == n)

    def decision(self, id: str) -> Decision:
        """The decision with this id."""
        return next(decision for decision in self.decisions if decision.id == id)

    def orders(self) -> Iterator[tuple[Decision, Order]]:
        """Each order with its decision."""
        return ((decision, order) for decision in self.decisions for order in decision.orders)

    def clauses(self) -> Iterator[tuple[Decision, Clause]]:
        """Each clause with its decision."""
        return ((decision, clause) for decision in self.decisions for clause in decision.clauses)

    def decision_of(self, order: str) -> Decision:
        """The decision that holds the order with this id."""
        return next(decision for decision, each in self.orders() if each.id == order)

    def clause(self, id: str) -> tuple[Decision, Clause]:
        """The clause with this id, and its decision."""
        return next((decision, clause) for decision, clause in self.clauses() if clause.id == id)

    def penalties_of(self, clause: str) -> tuple[PenaltyDecision, ...]:
        """The penalty decisions of a clause, in the order they were proposed."""
        return tuple(penalty for penalty in self.penalty_decisions if penalty.clause == clause)
