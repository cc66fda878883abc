"""How an order ends: lifted, lapsed, annulled, closed; and how what was annulled comes back."""

from datetime import date

from workflow.lifecycle.facts import Order
from workflow.lifecycle.facts.frozen import replace, updated
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.contents import AnnulmentContent, LapseContent, LiftingContent
from workflow.lifecycle.order.endings_guards import lapse_day
from workflow.lifecycle.vocabulary import Audience, OrderState, Retroactivity


@event("order.lifted", Audience.SERVED)
class OrderLifted(Of[Order]):
    """No day counts from a day on, or none ever did."""

    state: OrderState
    effect: Retroactivity = told("What it does to the days before.", Retroactivity.EX_NUNC)
    ended_on: date = told("The first day on which it no longer binds.", date(2023, 3, 1))

    def on(self, order: Order, event: Event) -> Order:
        """Ended."""
        return updated(order, self, ended_as=self.effect, acted_on=event.effective_on)


@event("order.lapsed", Audience.SERVED)
class OrderLapsed(Of[Order]):
    """It ended by itself: a fact, no finding. What was late before stays late."""

    state: OrderState
    ended_on: date = told("The first day on which it no longer binds.", date(2023, 3, 1))

    def on(self, order: Order, event: Event) -> Order:
        """Ended."""
        return replace(order, state=self.state, ended_on=self.ended_on, ended_as=Retroactivity.EX_NUNC)


@event("order.annulled", Audience.SERVED)
class OrderAnnulled(Of[Order]):
    """It was never a duty, and no day of it counts, until the annulment is reversed."""

    state: OrderState
    annulled_on: date = told("The day of the annulment.", date(2023, 5, 9))

    def on(self, order: Order, event: Event) -> Order:
        """Annulled; it remembers the state it was in."""
        return replace(order, state=self.state, annulled_on=self.annulled_on, annulled_in=order.state)


@event("order.reinstated", Audience.SERVED)
class OrderReinstated(Of[Order]):
    """The annulment was reversed: its days count as if it had not been annulled."""

    state: OrderState = told("The state it is in again.", OrderState.IN_FORCE)

    def on(self, order: Order, event: Event) -> Order:
        """As it was."""
        return replace(order, state=self.state, annulled_on=None, annulled_in=None)


@event("order.limb_annulled", Audience.SERVED)
class OrderLimbAnnulled(Of[Order]):
    """One limb was never a duty."""

    limb: int = told("The limb of the order it is about.", 1)
    annulled_on: date = told("The day of the annulment.", date(2023, 5, 9))

    def on(self, order: Order, event: Event) -> Order:
        """The limb annulled."""
        return _with_limb(order, self.limb, self.annulled_on)


@event("order.limb_reinstated", Audience.SERVED)
class OrderLimbReinstated(Of[Order]):
    """A limb comes back; an order complied with but for it is no longer (`state`)."""

    limb: int = told("The limb of the order it is about.", 1)
    state: OrderState | None = None

    def on(self, order: Order, event: Event) -> Order:
        """The limb as it was."""
        after = _with_limb(order, self.limb, None)
        return after if self.state is None else replace(after, state=self.state, complied_on=None)


@event("order.closed", Audience.SERVED)
class OrderClosed(Of[Order]):
    """Nothing is left of it to do."""

    state: OrderState

    def on(self, order: Order, event: Event) -> Order:
        """Closed."""
        return replace(order, state=self.state, closed_on=event.effective_on, acted_on=event.effective_on)


def lift(at: Situation[Order, LiftingContent]) -> list[Event]:
    """`order.lifted`."""
    return [written(at, OrderLifted(state=at.target, effect=at.content.effect, ended_on=at.effective_on))]


def record_lapse(at: Situation[Order, LapseContent | None]) -> list[Event]:
    """`order.lapsed`."""
    named = at.content.lapsed_on if at.content is not None else None
    day = lapse_day(at.thing, named, at.effective_on)
    return [written(at, OrderLapsed(state=at.target, ended_on=day))]


def record_annulment(at: Situation[Order, AnnulmentContent]) -> list[Event]:
    """`order.annulled`."""
    day = at.content.annulled_on or at.effective_on
    return [written(at, OrderAnnulled(state=at.target, annulled_on=day))]


def _with_limb(order: Order, n: int, annulled_on: date | None) -> Order:
    limbs = tuple(replace(limb, annulled_on=annulled_on) if limb.n == n else limb for limb in order.limbs)
    return replace(order, limbs=limbs)
