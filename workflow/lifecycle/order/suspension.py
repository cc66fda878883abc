"""Suspensions of an order or a limb of it, and their end."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from workflow.law.days import day_before
from workflow.lifecycle.facts import Order, Suspension
from workflow.lifecycle.facts.frozen import copied, replace, updated
from workflow.lifecycle.filing.requests import grant
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.suspension import ResumptionContent, ended, ending
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import with_clock
from workflow.lifecycle.order.contents import OrderSuspensionContent
from workflow.lifecycle.order.period import Clock, resumed_clock
from workflow.lifecycle.vocabulary import Audience, OrderState, SuspensionEffect, SuspensionScope


@event("order.suspended", Audience.SERVED)
class OrderSuspended(Of[Order]):
    """The whole order or one limb of it is suspended from a day on, with what that does to days."""

    state: OrderState
    n: int
    scope: SuspensionScope = told("What is suspended.", SuspensionScope.ORDER)
    effect: SuspensionEffect = told("What it does to days.", SuspensionEffect.PERIOD_STOPS)
    from_: date = told("The first of the days it is about.", date(2022, 12, 20))
    limb: int | None = told("The limb of the order it is about; left out for the whole.", 1, default=None)
    request: int | None = told("The number of the filing that this grants, if one.", 3, default=None)

    def on(self, order: Order, event: Event) -> Order:
        """With one suspension more; where the whole is suspended it remembers the state it was in."""
        before = order.state if self.state is OrderState.SUSPENDED else order.before
        suspensions = (*order.suspensions, copied(Suspension, self))
        return replace(order, state=self.state, before=before, suspensions=suspensions)


@event("order.resumed", Audience.SERVED)
class OrderResumed(Of[Order]):
    """A suspension ended: the day before was its last; with a new last day where its effect gives one."""

    state: OrderState
    suspension: int
    resumed_on: date = told("The day from which it runs again.", date(2023, 2, 1))
    to: date
    last_day: date | None = told("The last day that still counts, where it is new.", date(2022, 12, 19), default=None)
    first_late_day: date | None = told("The first day that is late.", date(2022, 12, 20), default=None)
    ends_at: datetime | None = told(
        "The instant at which the last day is over.", datetime(2022, 12, 19, 23, tzinfo=UTC), default=None
    )
    grace_from: date | None = told("The first day that is no longer late, if any.", date(2022, 12, 20), default=None)
    receipt: Mapping[str, Any] | None = None

    def on(self, order: Order, event: Event) -> Order:
        """On again, with its new clock where there is one."""
        before = order.before if self.state is OrderState.SUSPENDED else None
        suspensions = ended(order.suspensions, self.suspension, self.to)
        after = replace(order, state=self.state, before=before, suspensions=suspensions)
        if self.last_day is None or self.first_late_day is None:
            return after
        return with_clock(after, event.effective_on, self.last_day, self.first_late_day, self.grace_from)


def suspend(at: Situation[Order, OrderSuspensionContent]) -> list[Event]:
    """`order.suspended`, and `filing.granted` where it grants a request."""
    suspended = copied(OrderSuspended, at.content, state=at.target, n=len(at.thing.suspensions) + 1)
    return [written(at, suspended), *grant(at)]


def clock_then(at: Situation[Order, ResumptionContent]) -> Clock | None:
    """The clock that the end of the suspension gives the order; None where its last day stays."""
    content = at.content
    return resumed_clock(at.thing, ending(at), content.resumed_on, content.last_day, at.regime)


def resume(at: Situation[Order, ResumptionContent]) -> list[Event]:
    """`order.resumed`."""
    resumed_on, clock = at.content.resumed_on, at.work_out(clock_then)
    resumed = OrderResumed(state=at.target, suspension=ending(at).n, resumed_on=resumed_on, to=day_before(resumed_on))
    if clock is not None:
        resumed = updated(resumed, clock)
    return [written(at, resumed)]
