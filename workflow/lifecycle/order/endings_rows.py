"""The rows by which an order ends, or comes back after a court annulled it."""

from collections.abc import Sequence

from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.order.endings_guards import ANNULLED_ON_IS_PAST, EXPIRY_RECORDED, LAPSED_ON_IS_PAST, annulled_in
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

_BINDING = (
    OrderState.IN_FORCE,
    OrderState.EXPIRED,
    OrderState.NON_COMPLIANT,
    OrderState.COMPLIED,
    OrderState.SUSPENDED,
)
_OVER = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED)
_REGISTRAR = frozenset({Role.REGISTRAR})
_POWER = "GDPR art. 58(2)"
_COURT = "a court's annulment takes effect as if the order had never been"


def _lifting(source: OrderState, cause: Trigger | None) -> Row:
    return Row(
        trigger=Trigger.LIFT,
        source=source,
        target=OrderState.LIFTED,
        roles=frozenset({Role.DECISION_MAKER}) if cause is None else frozenset(),
        label="Lift the order",
        ground=_POWER,
        guards=(NOT_BACKWARDS,) if cause is None else (),
        effect_of=cause,
    )


def _annulment(source: OrderState, cause: Trigger | None) -> Row:
    return Row(
        trigger=Trigger.RECORD_ANNULMENT,
        source=source,
        target=OrderState.ANNULLED,
        roles=_REGISTRAR if cause is None else frozenset(),
        label="Record that the order was annulled",
        ground=_COURT,
        guards=(ANNULLED_ON_IS_PAST,) if cause is None else (),
        effect_of=cause,
    )


def _reinstatements(targets: Sequence[OrderState]) -> list[Row]:
    return [
        Row(
            trigger=Trigger.REINSTATE,
            source=OrderState.ANNULLED,
            target=target,
            roles=frozenset(),
            label="Comes back as it was",
            ground="a higher court reversed the annulment",
            guards=(annulled_in(target),),
            effect_of=Trigger.RECORD_RULING,
        )
        for target in targets
    ]


def _unmet_again(target: OrderState, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.REINSTATE,
        source=OrderState.COMPLIED,
        target=target,
        roles=frozenset(),
        label="A limb that is unmet comes back",
        ground="a higher court reversed the annulment of a limb; the order is complied with when all its limbs are",
        guards=guards,
        effect_of=Trigger.RECORD_RULING,
    )


ROWS = (
    *(_lifting(source, None) for source in _BINDING),
    *(_lifting(source, Trigger.WITHDRAW) for source in (OrderState.PENDING, *_BINDING, *_OVER)),
    *(
        Row(
            trigger=Trigger.RECORD_LAPSE,
            source=source,
            target=OrderState.LAPSED,
            roles=frozenset({Role.SCHEDULER, Role.REGISTRAR}),
            label="Record that the order lapsed",
            ground="it was made for a time only, or its object is gone; a fact, no finding",
            guards=(LAPSED_ON_IS_PAST,),
            step=True,
        )
        for source in _BINDING
    ),
    *(_annulment(source, None) for source in (*_BINDING, *_OVER)),
    *(_annulment(source, Trigger.RECORD_RULING) for source in (OrderState.PENDING, *_BINDING, *_OVER)),
    *_reinstatements((OrderState.PENDING, *_BINDING, *_OVER)),
    _unmet_again(OrderState.EXPIRED, EXPIRY_RECORDED),
    _unmet_again(OrderState.IN_FORCE),
    Row(
        trigger=Trigger.CLOSE,
        source=OrderState.COMPLIED,
        target=OrderState.CLOSED,
        roles=frozenset({Role.CASE_OFFICER}),
        label="Close the order",
        ground="nothing is left of it to do; who closes is the regime's",
        guards=(NOT_BACKWARDS,),
    ),
)
