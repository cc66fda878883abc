"""When an order can be said to have expired, or to be complied with; what was accepted before a corrected service."""

from datetime import date
from typing import Any

from workflow.lifecycle.access_request.guards import open_requests
from workflow.lifecycle.facts import Limb, Order
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.findings_contents import LimbContent
from workflow.lifecycle.vocabulary import OrderState


def _period_over(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if order.last_day is None or order.last_day < at.effective_on:
        return None
    way_out, open_on = over_after(at, order.last_day)
    return Denial(
        detail=f"The last day is {order.last_day}; expiry can be recorded on the day after it.",
        reference="the last day still counts",
        satisfied_by=way_out,
        open_on=open_on,
    )


def _prerequisites_met(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    decision = at.case.decision_of(order.id)
    before = [decision.order(n) for n in order.after]
    unmet = [each for each in before if holds_up(each)]
    if not unmet and (denial := open_requests(at, order, before)) is not None:
        return denial
    if not unmet:
        return _in_their_order(at, before)
    numbers = " and ".join(f"{each.n} ({each.kind})" for each in unmet)
    return Denial(
        detail=f"This order comes after order {numbers}, which is not complied with; deleting first destroys what "
        "people asked for."
        if order.kind == "delete_data"
        else f"This order comes after order {numbers}, which is not complied with.",
        reference=f"Order {decision.reference}, operative part",
        satisfied_by=f"accept compliance with order {numbers} first",
        who=("head_of_enforcement",),
    )


def _in_their_order(at: Situation[Any, Any], before: list[Order]) -> Denial | None:
    """Why this order cannot be complied with before those it comes after were."""
    day = _said_from(at)
    for each in before:
        if day is not None and each.complied_on is not None and day < each.complied_on:
            return Denial(
                detail=f"This order comes after order {each.n} ({each.kind}), which is complied with from "
                f"{each.complied_on}; it cannot be complied with from {day}, before that.",
                reference=f"Order {at.case.decision_of(each.id).reference}, operative part",
                satisfied_by=f"a date not before {each.complied_on}",
            )
    return None


def holds_up(order: Order) -> bool:
    """Whether an order that comes after this one must wait: it binds, and compliance with it was not accepted."""
    over = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED)
    return order.state not in over and not order.is_complied


def _said_from(at: Situation[Any, Any]) -> date | None:
    """The day from which an order, or a limb of it, is said to be complied with."""
    content = at.command.content
    if content is None:
        return None
    day: date = content.met_on if isinstance(content, LimbContent) else content.complied_on
    return day


def _complied_on_is_past(at: Situation[Any, Any]) -> Denial | None:
    day = _said_from(at)
    if day is None or day <= at.effective_on:
        return None
    return Denial(
        detail=f"Compliance is said to be true from {day}, after {at.effective_on}, the day of this act.",
        reference="compliance is accepted on the day from which it is true, or later",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def _complied_on_since_service(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    day = _said_from(at)
    if day is None or order.starts_on is None or day >= order.starts_on:
        return None
    return Denial(
        detail=f"Compliance is said to be true from {day}; the order binds from its service on {order.starts_on}.",
        reference="an order binds from service",
        satisfied_by=f"{order.starts_on} for what was done by then, else a later date",
    )


def accepted_before_service(order: Order) -> tuple[Limb, ...]:
    """The limbs accepted as met from a day before the order binds: service was corrected to a later one since."""
    starts_on = order.starts_on
    if starts_on is None:
        return ()
    return tuple(limb for limb in order.standing if limb.met_on is not None and limb.met_on < starts_on)


def _accepted_before_service(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if accepted_before_service(order):
        return None
    return Denial(
        detail=f"Compliance with this order was accepted already, from {order.complied_on}.",
        reference="compliance is accepted again only where a corrected service overtook it",
        satisfied_by="record_relapse, where a continuous duty is breached again",
        who=("case_officer",),
    )


PERIOD_OVER = Guard("period_over", _period_over)
ACCEPTED_BEFORE_SERVICE = Guard("accepted_before_service", _accepted_before_service)
PREREQUISITES_MET = Guard("prerequisites_met", _prerequisites_met)
COMPLIED_ON_SINCE_SERVICE = Guard("complied_on_since_service", _complied_on_since_service)
COMPLIED_ON_IS_PAST = Guard("complied_on_is_past", _complied_on_is_past)
