"""The rows by which an order is suspended and goes on."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.filing.requests_guards import GRANTS_SUSPENSION
from workflow.lifecycle.kernel.rules import SAME, Chosen, Row, Same, Situation, effect
from workflow.lifecycle.kernel.suspension import CAN_RESUME, ResumptionContent, ending
from workflow.lifecycle.order.contents import OrderSuspensionContent
from workflow.lifecycle.order.suspension import clock_then, resume, suspend
from workflow.lifecycle.order.suspension_guards import CAN_BE_SUSPENDED
from workflow.lifecycle.vocabulary import OrderState, Role, SuspensionScope, Trigger

_STOPPABLE = (OrderState.IN_FORCE, OrderState.EXPIRED, OrderState.NON_COMPLIANT, OrderState.COMPLIED)
_WHO = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_GROUND = "a ruling, or an act of the authority that suspends its own order"


def _suspended(at: Situation[Order, OrderSuspensionContent]) -> OrderState | Same:
    """A suspension of one limb leaves the order as it is."""
    return SAME if at.content.scope is SuspensionScope.LIMB else OrderState.SUSPENDED


def _resumed(at: Situation[Order, ResumptionContent]) -> OrderState | Same:
    """As before the suspension; in force again where its end leaves time; suspended still where one limb goes on."""
    if ending(at).limb is not None:
        return SAME
    clock, before = at.work_out(clock_then), at.thing.before
    if clock is not None and clock.last_day >= at.content.resumed_on:
        return OrderState.IN_FORCE
    assert before is not None
    return before


def _resumption(sources: tuple[OrderState, ...], target: Chosen | Same) -> Row:
    return Row(
        trigger=Trigger.RESUME,
        sources=sources,
        target=target,
        roles=_WHO,
        label="End the suspension",
        ground=_GROUND,
        guards=(CAN_RESUME,),
        takes=ResumptionContent,
        act=resume,
    )


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.SUSPEND,
        sources=_STOPPABLE,
        target=Chosen((OrderState.SUSPENDED, SAME), _suspended),
        roles=_WHO,
        label="Suspend the order",
        ground=_GROUND,
        guards=(CAN_BE_SUSPENDED, GRANTS_SUSPENSION),
        takes=OrderSuspensionContent,
        act=suspend,
    ),
    *(
        effect(
            cause,
            trigger=Trigger.SUSPEND,
            sources=_STOPPABLE,
            target=OrderState.SUSPENDED,
            label="Suspend the order",
            ground="an appeal or a ruling that suspends the order",
        )
        for cause in (Trigger.RECORD_RULING, Trigger.RECORD_APPEAL)
    ),
    _resumption((OrderState.SUSPENDED,), Chosen((SAME, *_STOPPABLE), _resumed)),
    _resumption(_STOPPABLE, SAME),
)
