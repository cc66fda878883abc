"""What happens to a penalty clause: its rate for the future, its beginning, its suspensions and its end."""

from datetime import date

from workflow.law.days import day_before
from workflow.law.money import Money
from workflow.lifecycle.facts import Clause, RateChange, Suspension
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.suspension import ResumptionContent, SuspensionContent, ended, ending
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_clause.contents import LiftingContent
from workflow.lifecycle.vocabulary import Audience, ClauseState, Retroactivity, SuspensionEffect, SuspensionScope

_A_DAY = date(2022, 12, 20)


@event("penalty_clause.rate_changed", Audience.SERVED)
class ClauseRateChanged(Of[Clause]):
    """Units whose first day is this one or later cost the new rate."""

    rate: Money = told("The sum for each unit of delay.", Money(10_000_000, "EUR"))
    from_: date = told("The first of the days it is about.", _A_DAY)

    def on(self, clause: Clause, event: Event) -> Clause:
        """With one rate more."""
        return replace(clause, rates=(*clause.rates, RateChange(self.from_, self.rate)))


@event("penalty_clause.accrual_started", Audience.SERVED)
class ClauseAccrualStarted(Of[Clause]):
    """The later act the clause waited for, with the day before which none counts."""

    from_: date = told("The first of the days it is about.", _A_DAY)

    def on(self, clause: Clause, event: Event) -> Clause:
        """It accrues from that day."""
        return replace(clause, accrual_started_on=self.from_)


@event("penalty_clause.suspended", Audience.SERVED)
class ClauseSuspended(Of[Clause]):
    """Its days are dropped from a day on."""

    state: ClauseState
    n: int
    scope: SuspensionScope
    effect: SuspensionEffect = told("What it does to days.", SuspensionEffect.NO_ACCRUAL)
    from_: date = told("The first of the days it is about.", _A_DAY)

    def on(self, clause: Clause, event: Event) -> Clause:
        """With one suspension more."""
        return replace(clause, state=self.state, suspensions=(*clause.suspensions, copied(Suspension, self)))


@event("penalty_clause.resumed", Audience.SERVED)
class ClauseResumed(Of[Clause]):
    """A suspension ended: the day before was its last."""

    state: ClauseState
    suspension: int
    resumed_on: date = told("The day from which it runs again.", date(2023, 2, 1))
    to: date

    def on(self, clause: Clause, event: Event) -> Clause:
        """On again."""
        return replace(clause, state=self.state, suspensions=ended(clause.suspensions, self.suspension, self.to))


@event("penalty_clause.lifted", Audience.SERVED)
class ClauseLifted(Of[Clause]):
    """No day counts from a day on, or none ever did."""

    state: ClauseState
    effect: Retroactivity = told("What it does to the days before.", Retroactivity.EX_NUNC)
    ended_on: date = told("The first day on which it no longer binds.", date(2023, 3, 1))

    def on(self, clause: Clause, event: Event) -> Clause:
        """Ended."""
        return replace(clause, state=self.state, ended_on=self.ended_on, ended_as=self.effect)


@event("penalty_clause.annulled", Audience.SERVED)
class ClauseAnnulled(Of[Clause]):
    """No day under it ever counted, until the annulment is reversed."""

    state: ClauseState
    annulled_on: date = told("The day of the annulment.", date(2023, 5, 9))

    def on(self, clause: Clause, event: Event) -> Clause:
        """Annulled; it remembers the state it was in."""
        return replace(clause, state=self.state, before=clause.state, annulled_on=self.annulled_on)


@event("penalty_clause.reinstated", Audience.SERVED)
class ClauseReinstated(Of[Clause]):
    """The annulment was reversed."""

    state: ClauseState = told("The state it is in again.", ClauseState.STANDING)

    def on(self, clause: Clause, event: Event) -> Clause:
        """As it was."""
        return replace(clause, state=self.state, before=None, annulled_on=None)


def suspend(at: Situation[Clause, SuspensionContent]) -> list[Event]:
    """`penalty_clause.suspended`."""
    return [written(at, copied(ClauseSuspended, at.content, state=at.target, n=len(at.thing.suspensions) + 1))]


def resume(at: Situation[Clause, ResumptionContent]) -> list[Event]:
    """`penalty_clause.resumed`."""
    resumed_on = at.content.resumed_on
    resumed = ClauseResumed(state=at.target, suspension=ending(at).n, resumed_on=resumed_on, to=day_before(resumed_on))
    return [written(at, resumed)]


def lift(at: Situation[Clause, LiftingContent]) -> list[Event]:
    """`penalty_clause.lifted`."""
    return [written(at, ClauseLifted(state=at.target, effect=at.content.effect, ended_on=at.effective_on))]
