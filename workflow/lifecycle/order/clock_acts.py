"""What starts and moves the clock of an order: service, publication, finality, and a correction of what was served."""

from datetime import date
from typing import Any

from workflow.law.days import day_after
from workflow.lifecycle.facts import CaseFacts, Decision, Order
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.order.clock_guards import CLOCK
from workflow.lifecycle.order.period import clock_day, start_clock
from workflow.lifecycle.vocabulary import OrderState, SubjectKind, Trigger


def started(at: Situation[Any, Any], after: Decision) -> list[Event]:
    """`order.entered_into_force` for each order whose clock this act starts: pending until now, and bound from now."""
    return [
        followed(at, EventType.ORDER_IN_FORCE, _subject(order), clock | {"assumed": list(at.command.assumed)})
        for order in after.orders
        if (clock := _clock_of(at, after, order)) is not None
        and at.effect(SubjectKind.ORDER, order, Trigger.ENTER_INTO_FORCE)
    ]


def moved(at: Situation[Any, Any], after: Decision) -> list[Event]:
    """`order.clock_moved` for each order whose clock a corrected service moves, or takes away."""
    return [event for order in after.orders if (event := _moved(at, after, order)) is not None]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after the clock of an order moved."""
    decision = case.decision_of(event.subject.id)
    order = next(each for each in decision.orders if each.id == event.subject.id)
    data = event.data
    state = OrderState(data["state"])
    if data["last_day"] is None:
        return with_order(case, decision, _unstarted(order, state, event.effective_on))
    last_day = date.fromisoformat(data["last_day"])
    after = replace(
        order,
        state=state,
        starts_on=date.fromisoformat(data["starts_on"]),
        last_day=last_day,
        first_late_day=date.fromisoformat(data["first_late_day"]),
        reminded=order.reminded if last_day == order.last_day else (),
    )
    if "superseded" in data:
        expired = data["superseded"]["by"]
        after = replace(after, expiry_recorded_on=None if expired is None else date.fromisoformat(expired))
    if "before" in data:
        after = replace(after, before=OrderState(data["before"]))
    return with_order(case, decision, after)


def _unstarted(order: Order, state: OrderState, day: date) -> Order:
    """The order as before its clock started: time given and stays of a period that never ran fall away with it."""
    return replace(
        order,
        state=state,
        starts_on=None,
        last_day=None,
        first_late_day=None,
        expiry_recorded_on=None,
        reminded=(),
        before=None,
        extended_to=None,
        clock_set_on=None,
        graces=(),
        suspensions=tuple(stay if stay.to is not None else replace(stay, to=day) for stay in order.suspensions),
    )


def _clock_of(at: Situation[Any, Any], decision: Decision, order: Order) -> dict[str, Any] | None:
    """The clock as the facts of the decision now give it; None while what starts it has not happened."""
    day = clock_day(decision, order)
    service = decision.service_on(order.addressee)
    return None if day is None or service is None else start_clock(order, day, at.regime, service.served_on)


def _moved(at: Situation[Any, Any], after: Decision, order: Order) -> Event | None:
    if order.starts_on is None or order.last_day is None or order.first_late_day is None:
        return None
    clock = _clock_of(at, after, order) or {"starts_on": None, "last_day": None, "first_late_day": None}
    if order.clock_set_on is not None and clock["starts_on"] is not None:
        # Time that was given, or what a stay left of it, stands whatever the service.
        clock = {
            "starts_on": clock["starts_on"],
            "last_day": order.last_day.isoformat(),
            "first_late_day": _late_from(order, clock["first_late_day"]),
        }
    was = {"starts_on": order.starts_on.isoformat(), "last_day": order.last_day.isoformat()}
    if all(clock[name] == day for name, day in was.items()):
        return None
    last_day = None if clock["last_day"] is None else date.fromisoformat(clock["last_day"])
    at.workings[CLOCK] = last_day
    state = at.effect(SubjectKind.ORDER, order, Trigger.MOVE_CLOCK)
    if state is None:
        return None
    data: dict[str, Any] = clock | {"state": state.value, "was": was}
    recorded = order.expiry_recorded_on
    if recorded is not None and (last_day is None or recorded <= last_day):
        over = last_day is not None and last_day < at.today
        data["superseded"] = {
            "expiry_recorded_on": recorded.isoformat(),
            "by": day_after(last_day).isoformat() if over and last_day is not None else None,
        }
    if order.before is OrderState.EXPIRED and last_day is not None and last_day >= at.today:
        data["before"] = OrderState.IN_FORCE.value
    return followed(at, EventType.ORDER_CLOCK_MOVED, _subject(order), data)


def _late_from(order: Order, computed: str) -> str:
    """The first late day where time was given: what was late before counts from the corrected service on."""
    assert order.last_day is not None
    assert order.first_late_day is not None
    if not order.graces:
        return order.first_late_day.isoformat()
    given = min(grace.from_ for grace in order.graces).isoformat()
    return computed if computed < given else day_after(order.last_day).isoformat()


def _subject(order: Order) -> Subject:
    return order.subject


FOLDS = {EventType.ORDER_CLOCK_MOVED: evolve}
