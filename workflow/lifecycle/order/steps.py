"""The steps of an order: its reminders, the record of its expiry, its lapse."""

from datetime import date

from workflow.law.days import day_after
from workflow.law.intervals import past
from workflow.law.ladder import reminder_days
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.order.unmet import suspended_days
from workflow.lifecycle.vocabulary import OrderState, Trigger

_BINDING = frozenset({OrderState.IN_FORCE, OrderState.EXPIRED, OrderState.NON_COMPLIANT, OrderState.COMPLIED})


def order_step(order: Order, rules: Regime, today: date | None) -> Step | None:
    """What comes first in the time of an order: a reminder or the record of its expiry, or its lapse."""
    steps = [step for step in (_period_step(order, rules, today), _lapse_step(order, rules)) if step is not None]
    return min(steps, key=lambda step: step.due_on, default=None)


def _period_step(order: Order, rules: Regime, today: date | None) -> Step | None:
    """The next reminder of an order in force, or the record of its expiry on the day after its last day."""
    if order.state is not OrderState.IN_FORCE or order.starts_on is None or order.last_day is None:
        return None
    subject = order.subject
    waiting = [
        (n, day)
        for n, day in _reminders(order, order.starts_on, order.last_day, rules)
        if n > max(order.reminded, default=0)
    ]
    if today is not None:
        missed = [(n, day) for n, day in waiting if day <= today]
        waiting = [] if today > order.last_day else (missed[-1:] or waiting)
        skipped = tuple(day for _, day in missed[:-1])
    else:
        skipped = ()
    if waiting:
        n, day = waiting[0]
        return a_step(subject, Trigger.REMIND, order.last_day, n, day, rules, skipped)
    due_on = past(day_after(order.last_day), suspended_days(order.suspensions))
    return a_step(subject, Trigger.RECORD_EXPIRY, order.last_day, 1, due_on, rules) if due_on is not None else None


def unsent_reminders(order: Order, rules: Regime) -> tuple[date, ...]:
    """The days of the reminders that were not sent: the expiry names them."""
    if order.starts_on is None or order.last_day is None:
        return ()
    reminders = _reminders(order, order.starts_on, order.last_day, rules)
    return tuple(day for n, day in reminders if n not in order.reminded)


def _reminders(order: Order, starts_on: date, last_day: date, rules: Regime) -> list[tuple[int, date]]:
    """Number and day of each reminder there is: after the last day was given, and in no suspension."""
    gaps = suspended_days(order.suspensions)
    numbered = reminder_days(order.clock_set_on or starts_on, last_day, rules.ladder.remind_days_before)
    return [(n, day) for n, day in numbered if past(day, gaps) == day]


def _lapse_step(order: Order, rules: Regime) -> Step | None:
    """The record of the lapse of an order that binds for a time only; None for any other, and in a suspension."""
    if order.lapses_on is None or order.state not in _BINDING:
        return None
    due_on = past(day_after(order.lapses_on), suspended_days(order.suspensions))
    if due_on is None:
        return None
    return a_step(order.subject, Trigger.RECORD_LAPSE, order.lapses_on, 1, due_on, rules)
