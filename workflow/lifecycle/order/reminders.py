"""The time of an order: its entry into force, the reminders, the record of its expiry."""

from datetime import date
from typing import Any

from workflow.law.days import days_between
from workflow.lifecycle.facts import CaseFacts, Order
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.period import deadline_receipt
from workflow.lifecycle.reading.due import unsent_reminders
from workflow.lifecycle.vocabulary import OrderState, SubjectKind, Trigger


def remind(at: Situation[Any, Any]) -> list[Event]:
    """`order.reminded`: how many days are left on the day it is sent; earlier reminders that were missed are named."""
    order: Order = at.thing
    assert at.step is not None
    assert order.last_day is not None
    data: dict[str, Any] = {
        "n": at.step.n,
        "last_day": order.last_day.isoformat(),
        "days_left": days_between(at.today, order.last_day),
    }
    if at.step.skipped:
        data["in_place_of"] = [day.isoformat() for day in at.step.skipped]
    return [written(at, EventType.ORDER_REMINDED, data)]


def record_expiry(at: Situation[Any, Any]) -> list[Event]:
    """`order.period_expired`: a fact of the calendar; no finding is made by it.

    It has the receipt of the last day, unless that was given later: then the event that gave it has one.
    """
    order: Order = at.thing
    assert order.last_day is not None
    assert order.starts_on is not None
    data: dict[str, Any] = {"last_day": order.last_day.isoformat(), "finding": "none"}
    if order.period is not None and order.extended_to is None:
        data["receipt"] = deadline_receipt(order, order.starts_on, at.regime)
    if unsent := unsent_reminders(order, at.regime):
        data["reminders_not_sent"] = [day.isoformat() for day in unsent]
    return [written(at, EventType.ORDER_PERIOD_EXPIRED, data)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about an order."""
    decision = case.decision_of(event.subject.id)
    order = next(each for each in decision.orders if each.id == event.subject.id)
    data = event.data
    match event.type:
        case EventType.ORDER_IN_FORCE:
            after = replace(
                order,
                state=OrderState.IN_FORCE,
                starts_on=date.fromisoformat(data["starts_on"]),
                last_day=date.fromisoformat(data["last_day"]),
                first_late_day=date.fromisoformat(data["first_late_day"]),
            )
        case EventType.ORDER_REMINDED:
            after = replace(order, reminded=(*order.reminded, data["n"]))
        case EventType.ORDER_PERIOD_EXPIRED:
            after = replace(order, state=OrderState.EXPIRED, expiry_recorded_on=event.effective_on)
        case _:
            raise AssertionError(f"{event.type} is not about an order")
    return with_order(case, decision, after)


ACTS = {
    (SubjectKind.ORDER, Trigger.REMIND): remind,
    (SubjectKind.ORDER, Trigger.RECORD_EXPIRY): record_expiry,
}
FOLDS = dict.fromkeys(
    (
        EventType.ORDER_IN_FORCE,
        EventType.ORDER_REMINDED,
        EventType.ORDER_PERIOD_EXPIRED,
    ),
    evolve,
)
