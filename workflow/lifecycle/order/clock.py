"""The clock of an order: it starts with an act on its decision, moves with a correction, and is extended.

On its way come the reminders and the record of its expiry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from workflow.law.days import day_after, days_between
from workflow.lifecycle.facts import Decision, Grace, Order
from workflow.lifecycle.facts.frozen import copied, frozen, replace, updated
from workflow.lifecycle.filing.requests import grant
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import followed, written
from workflow.lifecycle.order.contents import ExtensionContent
from workflow.lifecycle.order.period import Clock, clock_day, deadline_receipt, new_clock, start_clock
from workflow.lifecycle.order.steps import unsent_reminders
from workflow.lifecycle.vocabulary import Audience, OrderState, SubjectKind, Trigger

_LAST_DAY = date(2022, 12, 19)
_LATE = date(2022, 12, 20)
_ENDS_AT = datetime(2022, 12, 19, 23, tzinfo=UTC)


@event("order.entered_into_force", Audience.SERVED)
class OrderEnteredIntoForce(Of[Order]):
    """It binds its addressee from now on."""

    starts_on: date = told("The day that starts the period.", date(2022, 10, 19))
    last_day: date = told("The last day that still counts.", _LAST_DAY)
    first_late_day: date = told("The first day that is late.", _LATE)
    ends_at: datetime = told("The instant at which the last day is over.", _ENDS_AT)
    assumed: tuple[str, ...] = told("The members of this that are assumed, not certain.", ("served_on",))
    receipt: Mapping[str, Any] | None = None

    def on(self, order: Order, event: Event) -> Order:
        """In force, with its clock."""
        return updated(order, self, state=OrderState.IN_FORCE)


@frozen(kw_only=True)
class FormerClock:
    """The clock of an order as it was before."""

    starts_on: date
    last_day: date


@frozen(kw_only=True)
class Superseded:
    """What a moved clock makes of the recorded end of the period: another day, or none as it is not over."""

    expiry_recorded_on: date
    by: date | None


@event("order.clock_moved", Audience.SERVED)
class OrderClockMoved(Of[Order]):
    """A corrected service moved its clock, or took it away."""

    state: OrderState
    starts_on: date | None = told("The day that starts the period; null while no clock runs.", date(2022, 10, 19))
    last_day: date | None = told("The last day that still counts; null while none is set.", _LAST_DAY)
    first_late_day: date | None = told("The first day that is late; null while no last day is set.", _LATE)
    ends_at: datetime | None = told("The instant at which the last day is over.", _ENDS_AT, default=None)
    was: FormerClock = told("The clock before.", FormerClock(starts_on=date(2022, 10, 18), last_day=_LAST_DAY))
    superseded: Superseded | None = told(
        "What becomes of the recorded end of the period.",
        Superseded(expiry_recorded_on=_LATE, by=None),
        default=None,
    )
    before: OrderState | None = None
    receipt: Mapping[str, Any] | None = None

    def on(self, order: Order, event: Event) -> Order:
        """With other days; where no clock runs any more, as before it started."""
        if self.last_day is None:
            return self._unstarted(order, event.effective_on)
        reminded = order.reminded if self.last_day == order.last_day else ()
        after = updated(order, self, reminded=reminded, before=self.before or order.before)
        return after if self.superseded is None else replace(after, expiry_recorded_on=self.superseded.by)

    def _unstarted(self, order: Order, day: date) -> Order:
        """Time given and suspensions of a period that never ran fall away with it."""
        return replace(
            order,
            state=self.state,
            starts_on=None,
            last_day=None,
            first_late_day=None,
            expiry_recorded_on=None,
            reminded=(),
            before=None,
            extended_to=None,
            clock_set_on=None,
            graces=(),
            suspensions=tuple(each if each.to is not None else replace(each, to=day) for each in order.suspensions),
        )


@event("order.reminded", Audience.SERVED)
class OrderReminded(Of[Order]):
    """Its addressee was reminded of the last day. Earlier reminders that were missed are named."""

    n: int
    last_day: date = told("The last day that still counts.", _LAST_DAY)
    days_left: int = told("Days left to the last day.", 30)
    in_place_of: tuple[date, ...] = told(
        "The days of earlier reminders that this one stands for.", (date(2022, 11, 19),), default=()
    )

    def on(self, order: Order, event: Event) -> Order:
        """Reminder n was sent."""
        return replace(order, reminded=(*order.reminded, self.n))


@event("order.period_expired", Audience.SERVED)
class OrderPeriodExpired(Of[Order]):
    """Its period is over: a fact of the calendar; no finding is made by it.

    It has the receipt of the last day, unless that was given later: then the event that gave it has one.
    """

    last_day: date = told("The last day that still counts.", _LAST_DAY)
    finding: str = told("What was found; none, when the passing of the day alone was recorded.", "none")
    receipt: Mapping[str, Any] | None = None
    reminders_not_sent: tuple[date, ...] = ()

    def on(self, order: Order, event: Event) -> Order:
        """Expired."""
        return replace(order, state=OrderState.EXPIRED, expiry_recorded_on=event.effective_on)


@event("order.extended", Audience.SERVED)
class OrderExtended(Of[Order]):
    """It was given a new last day. What was late before stays late, unless the act says that it does not."""

    state: OrderState
    last_day: date = told("The last day that still counts.", _LAST_DAY)
    first_late_day: date = told("The first day that is late.", _LATE)
    ends_at: datetime = told("The instant at which the last day is over.", _ENDS_AT)
    undoes_accrued: bool = told("Whether late days of before no longer count.", False)
    grace_from: date | None = told("The first day that is no longer late, if any.", _LATE, default=None)
    request: int | None = told("The number of the filing that this grants, if one.", 3, default=None)

    def on(self, order: Order, event: Event) -> Order:
        """With its new clock."""
        after = replace(order, state=self.state, acted_on=event.effective_on)
        return with_clock(after, event.effective_on, self.last_day, self.first_late_day, self.grace_from)


def with_clock(order: Order, given_on: date, last_day: date, first_late_day: date, free: date | None) -> Order:
    """The order with the last day it was given; where days were late before, the time from then on is free."""
    order = replace(
        order,
        last_day=last_day,
        extended_to=last_day,
        clock_set_on=given_on,
        reminded=(),
        expiry_recorded_on=None,
    )
    if free is not None:
        return replace(order, graces=(*order.graces, Grace(free, last_day)))
    return replace(order, first_late_day=first_late_day, graces=())


def started(at: Situation[Any, Any], after: Decision) -> list[Event]:
    """`order.entered_into_force` for each order whose clock this act starts: pending until now, and bound from now."""
    events = []
    for order in after.orders:
        found = _clock_of(at, after, order)
        if found is not None and at.effect(SubjectKind.ORDER, order, Trigger.ENTER_INTO_FORCE):
            starts_on, clock = found
            entered = copied(OrderEnteredIntoForce, clock, starts_on=starts_on, assumed=at.command.assumed)
            events.append(followed(at, entered, order.subject))
    return events


def moved(at: Situation[Any, Any], after: Decision) -> list[Event]:
    """`order.clock_moved` for each order whose clock a corrected service moves, or takes away."""
    return [event for order in after.orders if (event := _moved(at, after, order)) is not None]


def _clock_of(at: Situation[Any, Any], decision: Decision, order: Order) -> tuple[date, Clock] | None:
    """The day that starts the clock and the clock, as the facts of the decision now give it; None while none runs."""
    day = clock_day(decision, order)
    service = decision.service_on(order.addressee)
    return None if day is None or service is None else (day, start_clock(order, day, at.regime, service.served_on))


@dataclass(frozen=True, slots=True)
class LastDayNow:
    """What a corrected service makes of an order's last day: None when no clock runs any more."""

    day: date | None


def _moved(at: Situation[Any, Any], after: Decision, order: Order) -> Event | None:
    if order.starts_on is None or order.last_day is None or order.first_late_day is None:
        return None
    found = _clock_of(at, after, order)
    starts_on, clock = found if found is not None else (None, None)
    last_day = clock.last_day if clock is not None else None
    first_late_day = clock.first_late_day if clock is not None else None
    given = clock is not None and order.clock_set_on is not None
    if given:
        # Time that was given, or what a suspension left of it, stands whatever the service.
        last_day, first_late_day = order.last_day, _late_from(order, first_late_day)
    if (starts_on, last_day) == (order.starts_on, order.last_day):
        return None
    state = at.effect(SubjectKind.ORDER, order, Trigger.MOVE_CLOCK, LastDayNow(last_day))
    if state is None:
        return None
    still_runs = order.before is OrderState.EXPIRED and last_day is not None and last_day >= at.today
    return followed(
        at,
        OrderClockMoved(
            state=state,
            starts_on=starts_on,
            last_day=last_day,
            first_late_day=first_late_day,
            ends_at=clock.ends_at if clock is not None and not given else None,
            receipt=clock.receipt if clock is not None and not given else None,
            was=FormerClock(starts_on=order.starts_on, last_day=order.last_day),
            superseded=_superseded(order, last_day, at.today),
            before=OrderState.IN_FORCE if still_runs else None,
        ),
        order.subject,
    )


def _superseded(order: Order, last_day: date | None, today: date) -> Superseded | None:
    """What becomes of a recorded expiry: it moves to the day after the new last day, once that is over."""
    recorded = order.expiry_recorded_on
    if recorded is None or (last_day is not None and recorded > last_day):
        return None
    by = day_after(last_day) if last_day is not None and last_day < today else None
    return Superseded(expiry_recorded_on=recorded, by=by)


def _late_from(order: Order, computed: date | None) -> date:
    """The first late day where time was given: what was late before counts from the corrected service on."""
    assert order.last_day is not None
    assert order.first_late_day is not None
    if not order.graces or computed is None:
        return order.first_late_day
    given = min(grace.from_ for grace in order.graces)
    return computed if computed < given else day_after(order.last_day)


def remind(at: Situation[Order, None]) -> list[Event]:
    """`order.reminded`: how many days are left on the day it is sent."""
    step, last_day = at.step, at.thing.last_day
    assert step is not None
    assert last_day is not None
    left = days_between(at.today, last_day)
    return [written(at, OrderReminded(n=step.n, last_day=last_day, days_left=left, in_place_of=step.skipped))]


def record_expiry(at: Situation[Order, None]) -> list[Event]:
    """`order.period_expired`."""
    order = at.thing
    assert order.last_day is not None
    assert order.starts_on is not None
    counted = order.period is not None and order.extended_to is None
    receipt = deadline_receipt(order, order.starts_on, at.regime) if counted else None
    unsent = unsent_reminders(order, at.regime)
    expired = OrderPeriodExpired(last_day=order.last_day, finding="none", receipt=receipt, reminders_not_sent=unsent)
    return [written(at, expired)]


def extend(at: Situation[Order, ExtensionContent]) -> list[Event]:
    """`order.extended`, and `filing.granted` where it grants a request."""
    content = at.content
    clock = new_clock(at.thing, content.last_day, at.effective_on, at.regime, undoes=content.undoes_accrued)
    undoes, request = content.undoes_accrued, content.request
    extended = copied(OrderExtended, clock, state=at.target, undoes_accrued=undoes, request=request)
    return [written(at, extended), *grant(at)]
