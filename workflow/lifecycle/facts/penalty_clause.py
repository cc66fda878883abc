"""A penalty clause: the threat of a sum for each unit of delay."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Suspension
from workflow.lifecycle.vocabulary import AccruesFrom, ClauseState, Liability, Retroactivity, SubjectKind


@frozen
class Cap:
    """Limits of a clause; any together."""

    amount: Money | None = None
    units: int | None = None
    until: date | None = None


@frozen
class RateChange:
    """A rate decided for the future: it holds from this day on."""

    from_: date
    rate: Money


@frozen(kw_only=True)
class ClauseTerms:
    """What a decision says of a penalty clause: so much for each unit of delay over the orders it covers."""

    n: int
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


@frozen(kw_only=True)
class Clause(ClauseTerms):
    """A penalty clause, and what became of it.

    `addressee` is None when the liability is joint; with several liability each addressee has a clause of its own.
    `accrual_started_on` is the day named by the later act that `accrues_from = later_act` waits for. `ended_on` is the
    first day that no longer counts once it was lifted, `ended_as` whether the days before do; while it is annulled none
    does. `before` is the state an annulment found it in.
    """

    id: str
    addressee: int | None
    steps_done: tuple[str, ...] = ()
    state: ClauseState = ClauseState.STANDING
    before: ClauseState | None = None
    rates: tuple[RateChange, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    accrual_started_on: date | None = None
    ended_on: date | None = None
    ended_as: Retroactivity | None = None
    annulled_on: date | None = None

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.PENALTY_CLAUSE, self.id)
