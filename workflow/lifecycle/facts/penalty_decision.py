"""A penalty decision: the sum for a slice of days, from its proposal to its last appeal."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.proceedings import Appeal, FailedService, Ruling, Service
from workflow.lifecycle.vocabulary import DaysAfter, PenaltyDecisionState, SubjectKind

_CAME_TO_NOTHING = frozenset(
    {PenaltyDecisionState.CLOSED_WITHOUT_PENALTY, PenaltyDecisionState.WITHDRAWN, PenaltyDecisionState.VOID}
)
_FREED = frozenset({PenaltyDecisionState.WITHDRAWN, PenaltyDecisionState.VOID, PenaltyDecisionState.ANNULLED})


@frozen
class Grounds:
    """The notice of the grounds: when, the sum it states, and the window for observations it opened.

    `from_`, `units` and `amount` are those notified, whatever became of the draft since. The window is over after
    `window_ends_on`, or from `waived_on` when it was waived in writing.
    """

    notified_on: date
    window_ends_on: date
    from_: date
    units: int
    amount: Money
    rapporteur: str | None = None
    waived_on: date | None = None
    closed_on: date | None = None


@frozen
class Attendance:
    """Who sat: accounts present. Ballots are not recorded."""

    session_on: date
    present: tuple[str, ...] = ()


@frozen
class Reduction:
    """A signed line of the decision: what remains to be paid, by which article; the reasons are the event's text."""

    amount: Money = asks("The sum that remains to be paid.", Money(500_000_000, "EUR"))
    article: str = asks("The article that allows it.", "LIL art. 20")


@frozen
class Sum:
    """What a statement comes to: so many units, so much."""

    units: int
    amount: Money


@frozen
class PenaltyDecision:
    """A decision that would fix, or fixes, the penalty for a slice of days. It reserves its days from the start.

    `amount` is the sum of the statement, `fixed` the one adopted, after a reduction or a ruling. `before` is the state
    in which it was put in abeyance. `days_after` is given when it was closed without a sum.
    `relied_on` is the request of the statement: the facts as they then were. `confirmed_against` is what the same
    slice came to on the day its sum was confirmed. `acted_on` is the legal date of the last act on it.
    """

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
    grounds: Grounds | None = None
    recused: tuple[str, ...] = ()
    attendance: Attendance | None = None
    reduction: Reduction | None = None
    fixed: Money | None = None
    before: PenaltyDecisionState | None = None
    days_after: DaysAfter | None = None
    sum_confirmed_on: date | None = None
    confirmed_against: Sum | None = None
    relied_on: Mapping[str, Any] = field(default_factory=dict)
    acted_on: date | None = None
    services: tuple[Service, ...] = ()
    never_served: tuple[int, ...] = ()
    attempts: tuple[FailedService, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    final_on: date | None = None
    steps_done: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.PENALTY_DECISION, self.id)

    @property
    def holds_days(self) -> bool:
        """Whether no other penalty decision may be about its days."""
        if self.state is PenaltyDecisionState.CLOSED_WITHOUT_PENALTY:
            return self.days_after is DaysAfter.RELEASED
        return self.state not in _FREED

    @property
    def came_to_nothing(self) -> bool:
        """Whether its proceedings ended without a penalty."""
        return self.state in _CAME_TO_NOTHING

    @property
    def sum(self) -> Sum:
        """What its statement comes to."""
        return Sum(self.units, self.amount)

    @property
    def owed(self) -> Money | None:
        """The sum it fixes now, None while it fixes none."""
        if self.adopted_on is None or not self.holds_days:
            return None
        return self.fixed or self.amount

    def service_on(self, addressee: int) -> Service | None:
        """The service on one addressee, if any."""
        return next((service for service in self.services if service.addressee == addressee), None)

    @property
    def reached(self) -> frozenset[int]:
        """The parties on whom it was served, also where it turned out since that it never was: they heard of it."""
        return frozenset(service.addressee for service in self.services) | frozenset(self.never_served)
