"""A penalty clause: the threat of a sum for each unit of delay."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Suspension
from workflow.lifecycle.vocabulary import AccruesFrom, ClauseState, Liability, Retroactivity, SubjectKind


@frozen
class Cap:
    """Limits of a clause; any together."""

    amount: Money | None = asks(
        "The sum above which nothing more falls due.", Money(1_000_000_000, "EUR"), default=None
    )
    units: int | None = asks("The most units that count.", 100, default=None)
    until: date | None = asks("The last day that counts.", date(2023, 12, 31), default=None)


@frozen
class RateChange:
    """A rate decided for the future: it holds from this day on."""

    from_: date
    rate: Money


@frozen(kw_only=True)
class ClauseTerms:
    """What a decision says of a penalty clause: so much for each unit of delay over the orders it covers."""

    n: int = asks("The number of the clause in the decision.", 1)
    covers: tuple[int, ...] = asks("The numbers of the orders it covers.", (1,))
    rate: Money = asks("The sum for each unit of delay.", Money(10_000_000, "EUR"))
    per: str = asks("The unit of delay: P1D is a day.", "P1D")
    assess_after: str = asks("When the first sum is proposed, from the first late day.", "P52D")
    assess_every: str | None = asks("When each further sum is proposed.", "P1M", default=None)
    partial_unit: str | None = asks("Whether a unit that has begun counts.", "completed", default=None)
    cap: Cap | None = asks("The limits of the clause.", default=None)
    accrues_from: AccruesFrom = asks(
        "What accrual waits for.", AccruesFrom.DAY_AFTER_LAST_DAY, default=AccruesFrom.DAY_AFTER_LAST_DAY
    )
    accrues_from_on: date | None = asks("The day before which no day counts.", date(2022, 12, 20), default=None)
    liability: Liability = asks(
        "Whether each addressee owes for itself, or all together.", Liability.SEVERAL, default=Liability.SEVERAL
    )


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
