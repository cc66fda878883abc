"""When an order can be said to have expired, or to be complied with."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation
from workflow.lifecycle.vocabulary import OrderState


def _period_over(at: Situation) -> Denial | None:
    order: Order = at.thing
    if order.last_day is None or order.last_day < at.today:
        return None
    return Denial(
        detail=f"The last day is {order.last_day}; expiry can be recorded on the day after it.",
        reference="the last day still counts",
        satisfied_by=f"wait until after {order.last_day}",
    )


def _prerequisites_met(at: Situation) -> Denial | None:
    order: Order = at.thing
    decision = at.case.decision_of(order.id)
    unmet = [each for each in map(decision.order, order.after) if each.state is not OrderState.COMPLIED]
    if not unmet:
        return None
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


def _complied_on_is_past(at: Situation) -> Denial | None:
    content = at.command.content
    if content is None or content.complied_on <= at.today:
        return None
    return Denial(
        detail=f"Compliance is said to be true from {content.complied_on}, after today, {at.today}.",
        reference="design: a legal date is never after today",
        satisfied_by=f"a date not after {at.today}",
    )


PERIOD_OVER = Guard("period_over", _period_over)
PREREQUISITES_MET = Guard("prerequisites_met", _prerequisites_met)
COMPLIED_ON_IS_PAST = Guard("complied_on_is_past", _complied_on_is_past)
