"""The rows by which an order ends, or comes back after a court annulled it."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import DECIDER, OFFICER, REGISTRAR, Chosen, Row, Situation, effect
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.order.contents import AnnulmentContent, LapseContent, LiftingContent
from workflow.lifecycle.order.endings import OrderClosed, lift, record_annulment, record_lapse
from workflow.lifecycle.order.endings_guards import ANNULLED_ON_IS_PAST, LAPSED_ON_IS_PAST
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

_BINDING = (
    OrderState.IN_FORCE,
    OrderState.EXPIRED,
    OrderState.NON_COMPLIANT,
    OrderState.COMPLIED,
    OrderState.SUSPENDED,
)
_OVER = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED)
_POWER = "GDPR art. 58(2)"
_COURT = "a court's annulment takes effect as if the order had never been"


def _as_it_was(at: Situation[Order, object]) -> OrderState:
    assert at.thing.annulled_in is not None
    return at.thing.annulled_in


def _unmet_again(at: Situation[Order, object]) -> OrderState:
    return OrderState.IN_FORCE if at.thing.expiry_recorded_on is None else OrderState.EXPIRED


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.LIFT,
        sources=_BINDING,
        target=OrderState.LIFTED,
        roles=DECIDER,
        label="Lift the order",
        ground=_POWER,
        guards=(NOT_BACKWARDS,),
        takes=LiftingContent,
        act=lift,
    ),
    effect(
        Trigger.WITHDRAW,
        trigger=Trigger.LIFT,
        sources=(OrderState.PENDING, *_BINDING, *_OVER),
        target=OrderState.LIFTED,
        label="Lift the order",
        ground=_POWER,
    ),
    Row(
        trigger=Trigger.RECORD_LAPSE,
        sources=_BINDING,
        target=OrderState.LAPSED,
        roles=frozenset({Role.SCHEDULER, Role.REGISTRAR}),
        label="Record that the order lapsed",
        ground="it was made for a time only, or its object is gone; a fact, no finding",
        guards=(LAPSED_ON_IS_PAST,),
        step=True,
        takes=LapseContent,
        act=record_lapse,
    ),
    Row(
        trigger=Trigger.RECORD_ANNULMENT,
        sources=(*_BINDING, *_OVER),
        target=OrderState.ANNULLED,
        roles=REGISTRAR,
        label="Record that the order was annulled",
        ground=_COURT,
        guards=(ANNULLED_ON_IS_PAST,),
        takes=AnnulmentContent,
        act=record_annulment,
    ),
    effect(
        Trigger.RECORD_RULING,
        trigger=Trigger.RECORD_ANNULMENT,
        sources=(OrderState.PENDING, *_BINDING, *_OVER),
        target=OrderState.ANNULLED,
        label="Record that the order was annulled",
        ground=_COURT,
    ),
    effect(
        Trigger.RECORD_RULING,
        trigger=Trigger.REINSTATE,
        sources=(OrderState.ANNULLED,),
        target=Chosen((OrderState.PENDING, *_BINDING, *_OVER), _as_it_was, back=True),
        label="Comes back as it was",
        ground="a higher court reversed the annulment",
    ),
    effect(
        Trigger.RECORD_RULING,
        trigger=Trigger.REINSTATE,
        sources=(OrderState.COMPLIED,),
        target=Chosen((OrderState.EXPIRED, OrderState.IN_FORCE), _unmet_again),
        label="A limb that is unmet comes back",
        ground="a higher court reversed the annulment of a limb; the order is complied with when all its limbs are",
    ),
    Row(
        trigger=Trigger.CLOSE,
        sources=(OrderState.COMPLIED,),
        target=OrderState.CLOSED,
        roles=OFFICER,
        label="Close the order",
        ground="nothing is left of it to do; who closes is the regime's",
        guards=(NOT_BACKWARDS,),
        act=Says(OrderClosed),
    ),
)
