"""When an order that was made for a time lapses: the step on the day after its last."""

from workflow.law.days import day_after
from workflow.law.intervals import past
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.order.unmet import stays
from workflow.lifecycle.vocabulary import OrderState, Trigger

_BINDING = frozenset({OrderState.IN_FORCE, OrderState.EXPIRED, OrderState.NON_COMPLIANT, OrderState.COMPLIED})


def lapse_step(order: Order, rules: Regime) -> Step | None:
    """The record of the lapse of an order that binds for a time only; None for any other, and in a stay."""
    if order.lapses_on is None or order.state not in _BINDING:
        return None
    due_on = past(day_after(order.lapses_on), stays(order.suspensions))
    if due_on is None:
        return None
    return a_step(order.subject, Trigger.RECORD_LAPSE, order.lapses_on, 1, due_on, rules)
