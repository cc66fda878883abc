"""The rows by which an order is stayed and goes on, and by which time is given."""

from workflow.lifecycle.filing.requests_guards import GRANTS_EXTENSION, GRANTS_SUSPENSION
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.order.extension_guards import CAN_BE_EXTENDED
from workflow.lifecycle.order.resumption_guards import STAY_CAN_END, STAY_OF_A_LIMB, TIME_IS_LEFT, found_in
from workflow.lifecycle.order.suspension_guards import CAN_BE_SUSPENDED, OF_THE_WHOLE, ONE_LIMB
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

_STOPPABLE = (OrderState.IN_FORCE, OrderState.EXPIRED, OrderState.NON_COMPLIANT, OrderState.COMPLIED)
_WHO = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_GROUND = "a ruling, or an act of the authority that stays its own order"


def _suspension(source: OrderState, cause: Trigger | None) -> Row:
    return Row(
        trigger=Trigger.SUSPEND,
        source=source,
        target=OrderState.SUSPENDED,
        roles=_WHO if cause is None else frozenset(),
        label="Suspend the order",
        ground=_GROUND if cause is None else "an appeal or a ruling that stays the order",
        guards=(CAN_BE_SUSPENDED, GRANTS_SUSPENSION, OF_THE_WHOLE) if cause is None else (),
        effect_of=cause,
    )


def _of_a_limb(trigger: Trigger, source: OrderState) -> Row:
    suspends = trigger is Trigger.SUSPEND
    return Row(
        trigger=trigger,
        source=source,
        target=source,
        roles=_WHO,
        label="Suspend a limb of the order" if suspends else "End the suspension of a limb",
        ground=_GROUND,
        guards=(CAN_BE_SUSPENDED, GRANTS_SUSPENSION, ONE_LIMB) if suspends else (STAY_CAN_END, STAY_OF_A_LIMB),
    )


def _resumption(target: OrderState) -> Row:
    return Row(
        trigger=Trigger.RESUME,
        source=OrderState.SUSPENDED,
        target=target,
        roles=_WHO,
        label="End the suspension",
        ground=_GROUND,
        guards=(STAY_CAN_END, TIME_IS_LEFT if target is OrderState.IN_FORCE else found_in(target)),
    )


def _extension(source: OrderState) -> Row:
    return Row(
        trigger=Trigger.EXTEND,
        source=source,
        target=OrderState.IN_FORCE,
        roles=frozenset({Role.DECISION_MAKER}),
        label="Extend the period",
        ground="GDPR art. 58(2)",
        guards=(NOT_BACKWARDS, CAN_BE_EXTENDED, GRANTS_EXTENSION),
    )


ROWS = (
    *(_extension(source) for source in (OrderState.IN_FORCE, OrderState.EXPIRED)),
    *(_suspension(source, None) for source in _STOPPABLE),
    *(_of_a_limb(Trigger.SUSPEND, source) for source in _STOPPABLE),
    *(_suspension(source, cause) for cause in (Trigger.RECORD_RULING, Trigger.RECORD_APPEAL) for source in _STOPPABLE),
    _of_a_limb(Trigger.RESUME, OrderState.SUSPENDED),
    *(_resumption(target) for target in _STOPPABLE),
    *(_of_a_limb(Trigger.RESUME, source) for source in _STOPPABLE),
)
