"""When an order can be said to be complied with; what was accepted before a corrected service."""

from datetime import date
from typing import Any

from workflow.lifecycle.access_request.guards import open_requests
from workflow.lifecycle.facts import Limb, Order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import ComplianceContent, LimbContent
from workflow.lifecycle.vocabulary import OrderState

Compliance = ComplianceContent | LimbContent


def _prerequisites_met(at: Situation[Order, Any]) -> Denial | None:
    order = at.thing
    decision = at.case.decision_of(order.id)
    before = [decision.order(n) for n in order.after]
    unmet = [each for each in before if holds_up(each)]
    if not unmet:
        return open_requests(at, order, before)
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


def _in_their_order(at: Situation[Order, Compliance]) -> Denial | None:
    """Why this order cannot be complied with before those it comes after were."""
    day = _said_from(at.content)
    for each in map(at.case.decision_of(at.thing.id).order, at.thing.after):
        if each.complied_on is not None and day < each.complied_on:
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


def _said_from(content: Compliance) -> date:
    """The day from which an order, or a limb of it, is said to be complied with."""
    return content.met_on if isinstance(content, LimbContent) else content.complied_on


def _complied_on_is_past(at: Situation[Order, Compliance]) -> Denial | None:
    day = _said_from(at.content)
    if day <= at.effective_on:
        return None
    return Denial(
        detail=f"Compliance is said to be true from {day}, after {at.effective_on}, the day of this act.",
        reference="compliance is accepted on the day from which it is true, or later",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def _complied_on_since_service(at: Situation[Order, Compliance]) -> Denial | None:
    order, day = at.thing, _said_from(at.content)
    if order.starts_on is None or day >= order.starts_on:
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


def _accepted_before_service(at: Situation[Order, Any]) -> Denial | None:
    order = at.thing
    if accepted_before_service(order):
        return None
    return Denial(
        detail=f"Compliance with this order was accepted already, from {order.complied_on}.",
        reference="compliance is accepted again only where a corrected service overtook it",
        satisfied_by="record_relapse, where a continuous duty is breached again",
        who=("case_officer",),
    )


ACCEPTED_BEFORE_SERVICE = Guard("accepted_before_service", state=_accepted_before_service)
PREREQUISITES_MET = Guard("prerequisites_met", state=_prerequisites_met, content=_in_their_order)
COMPLIED_ON_SINCE_SERVICE = Guard("complied_on_since_service", content=_complied_on_since_service)
COMPLIED_ON_IS_PAST = Guard("complied_on_is_past", content=_complied_on_is_past)
