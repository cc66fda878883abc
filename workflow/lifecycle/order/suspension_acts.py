"""Stays of an order or a limb of it, their end, and time given by the authority itself."""

from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.lifecycle.facts import CaseFacts, Clause, Grace, Order, Suspension
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.requests_acts import granting
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.contents import ExtensionContent, ResumptionContent, SuspensionContent
from workflow.lifecycle.order.period import new_clock, resumed_clock
from workflow.lifecycle.order.resumption_guards import ending_stay
from workflow.lifecycle.vocabulary import (
    OrderState,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
    Trigger,
)


def suspend(at: Situation[Any, Any]) -> list[Event]:
    """`order.suspended`: of the whole or of one limb, from a day on, with what that does to days."""
    said, granted = granting(at)
    return [written(at, EventType.ORDER_SUSPENDED, staying(at) | said), *granted]


def staying(at: Situation[Any, Any]) -> dict[str, Any]:
    """What the event of a suspension says."""
    thing: Order | Clause = at.thing
    content: SuspensionContent = at.command.content
    data: dict[str, Any] = {
        "state": at.target.value,
        "n": len(thing.suspensions) + 1,
        "scope": content.scope.value,
        "effect": content.effect.value,
        "from": content.from_.isoformat(),
    }
    return data if content.limb is None else data | {"limb": content.limb}


def resume(at: Situation[Any, Any]) -> list[Event]:
    """`order.resumed`: the day before was the last of the stay; with a new last day where its effect gives one."""
    order: Order = at.thing
    content: ResumptionContent = at.command.content
    data = going_on(at)
    stay = ending_stay(order, content)
    assert isinstance(stay, Suspension)
    clock = resumed_clock(order, stay, content.resumed_on, content.last_day, at.regime)
    return [written(at, EventType.ORDER_RESUMED, data | (clock or {}))]


def going_on(at: Situation[Any, Any]) -> dict[str, Any]:
    """What the event of a resumption says of the stay it ends."""
    content: ResumptionContent = at.command.content
    stay = ending_stay(at.thing, content)
    assert isinstance(stay, Suspension)
    return {
        "state": at.target.value,
        "suspension": stay.n,
        "resumed_on": content.resumed_on.isoformat(),
        "to": day_before(content.resumed_on).isoformat(),
    }


def extend(at: Situation[Any, Any]) -> list[Event]:
    """`order.extended`: the new last day. What was late before stays late, unless the act says that it does not."""
    order: Order = at.thing
    content: ExtensionContent = at.command.content
    clock = new_clock(order, content.last_day, at.effective_on, at.regime, undoes=content.undoes_accrued)
    data = {"state": at.target.value, "undoes_accrued": content.undoes_accrued}
    said, granted = granting(at)
    return [written(at, EventType.ORDER_EXTENDED, data | clock | said), *granted]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an order was stayed, went on, or was given time."""
    decision = case.decision_of(event.subject.id)
    order = next(each for each in decision.orders if each.id == event.subject.id)
    data = event.data
    state = OrderState(data["state"])
    match event.type:
        case EventType.ORDER_SUSPENDED:
            before = order.state if state is OrderState.SUSPENDED else order.before
            after = replace(order, state=state, before=before, suspensions=(*order.suspensions, stay_of(data)))
        case EventType.ORDER_RESUMED:
            before = order.before if state is OrderState.SUSPENDED else None
            after = replace(order, state=state, before=before, suspensions=ended(order.suspensions, data))
        case EventType.ORDER_EXTENDED:
            after = replace(order, state=state, acted_on=event.effective_on)
        case _:
            raise AssertionError(f"{event.type} does not move the time of an order")
    return with_order(case, decision, _with_clock(after, event) if "last_day" in data else after)


def stay_of(data: Any) -> Suspension:
    """The stay an event of a suspension began."""
    return Suspension(
        n=data["n"],
        scope=SuspensionScope(data["scope"]),
        effect=SuspensionEffect(data["effect"]),
        from_=date.fromisoformat(data["from"]),
        limb=data.get("limb"),
    )


def ended(suspensions: tuple[Suspension, ...], data: Any) -> tuple[Suspension, ...]:
    """The stays after the event of a resumption ended one."""
    to = date.fromisoformat(data["to"])
    return tuple(replace(each, to=to) if each.n == data["suspension"] else each for each in suspensions)


def _with_clock(order: Order, event: Event) -> Order:
    """The order with the last day it was given; where days were late before, the time from then on is free."""
    last_day = date.fromisoformat(event.data["last_day"])
    order = replace(
        order,
        last_day=last_day,
        extended_to=last_day,
        clock_set_on=event.effective_on,
        reminded=(),
        expiry_recorded_on=None,
    )
    if (free := event.data.get("grace_from")) is not None:
        return replace(order, graces=(*order.graces, Grace(date.fromisoformat(free), last_day)))
    return replace(order, first_late_day=date.fromisoformat(event.data["first_late_day"]), graces=())


ACTS = {
    (SubjectKind.ORDER, Trigger.SUSPEND): suspend,
    (SubjectKind.ORDER, Trigger.RESUME): resume,
    (SubjectKind.ORDER, Trigger.EXTEND): extend,
}
FOLDS = dict.fromkeys((EventType.ORDER_SUSPENDED, EventType.ORDER_RESUMED, EventType.ORDER_EXTENDED), evolve)
