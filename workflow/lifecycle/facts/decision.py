"""A corrective decision or formal notice with its orders and clauses."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Order
from workflow.lifecycle.facts.penalty_clause import Clause
from workflow.lifecycle.facts.proceedings import Appeal, FailedService, Ruling, Service
from workflow.lifecycle.vocabulary import DecisionState, Form, Observations, Retroactivity, SubjectKind


@frozen
class Hearing:
    """The hearing record: that the party was heard before the decision, or why it need not be."""

    grounds_notified_on: date | None = asks(
        "The day the grounds were notified to the party.", date(2022, 6, 10), default=None
    )
    window_ended_on: date | None = asks(
        "The last day on which it could make observations.", date(2022, 7, 11), default=None
    )
    waived_on: date | None = asks("The day it waived being heard.", date(2022, 6, 20), default=None)
    observations: Observations | None = asks(
        "What became of its observations.", Observations.NONE_RECEIVED, default=None
    )
    urgency_ground: str | None = asks(
        "Why it was not heard, with the article.", "GDPR art. 66(1): urgent need to act", default=None
    )
    session_on: date | None = asks("The day of the oral hearing.", date(2022, 9, 8), default=None)


@frozen
class Decision:
    """A corrective decision with its orders and clauses. `regime` is pinned at adoption (`fr-cnil@1`).

    `fine` is the one adopted, `fine_after_rulings` what courts left of it, None while none touched it. `acted_on`
    is the legal date of the last act of the authority on it. `never_served` are addressees whose recorded service
    turned out to be none. `steps_done` are the steps of the ladder taken on the decision itself.
    """

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
    form: Form = Form.CORRECTIVE_DECISION
    regime: str | None = None
    acted_on: date | None = None
    adopted_on: date | None = None
    adopted_by: str | None = None
    services: tuple[Service, ...] = ()
    never_served: tuple[int, ...] = ()
    attempts: tuple[FailedService, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    published_on: date | None = None
    final_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_as: Retroactivity | None = None
    fine_after_rulings: Money | None = None
    steps_done: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.DECISION, self.id)

    @property
    def title(self) -> str:
        """What kind of act it is, and from which day: `corrective decision of 2022-10-17`."""
        form = self.form.value.replace("_", " ")
        return f"draft of a {form}" if self.adopted_on is None else f"{form} of {self.adopted_on}"

    def order(self, n: int) -> Order:
        """The order with this number."""
        return next(order for order in self.orders if order.n == n)

    def covered_by(self, clause: Clause) -> tuple[Order, ...]:
        """The orders a clause covers, in their order."""
        return tuple(order for order in self.orders if order.n in clause.covers)

    def service_on(self, addressee: int) -> Service | None:
        """The service on one addressee, if any."""
        return next((service for service in self.services if service.addressee == addressee), None)

    @property
    def reached(self) -> frozenset[int]:
        """The parties on whom it was served, also where it turned out since that it never was: they heard of it."""
        return frozenset(service.addressee for service in self.services) | frozenset(self.never_served)

    def number_of(self, order: Order) -> str:
        """The number people use for an order: the decision's reference and its place in it, `SAN-2022-019/2`."""
        return f"{self.reference}/{order.n}"
