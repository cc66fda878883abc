"""The rows by which the clock of an order starts with an act on its decision, and moves when service is corrected."""

from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.order.clock_guards import DAYS_LEFT, NO_CLOCK
from workflow.lifecycle.vocabulary import OrderState, Trigger

_STARTED = (
    OrderState.IN_FORCE,
    OrderState.EXPIRED,
    OrderState.NON_COMPLIANT,
    OrderState.COMPLIED,
    OrderState.SUSPENDED,
)
_OVER = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED)
_GROUNDS = {
    Trigger.RECORD_SERVICE: "service of the decision on the addressee",
    Trigger.RECORD_PUBLICATION: "publication, where the decision says that the period runs from it",
    Trigger.RECORD_RULING: "what was served while it stood annulled binds once it is reinstated",
    Trigger.RECORD_FINALITY: "finality, where the decision says that the period runs from it",
}


def _moved(source: OrderState, target: OrderState, label: str, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.MOVE_CLOCK,
        source=source,
        target=target,
        roles=frozenset(),
        label=label,
        ground="a correction is a new fact: what hung on the old date is derived again",
        guards=guards,
        effect_of=Trigger.CORRECT_SERVICE,
    )


ROWS = (
    *(
        Row(
            trigger=Trigger.ENTER_INTO_FORCE,
            source=OrderState.PENDING,
            target=OrderState.IN_FORCE,
            roles=frozenset(),
            label="Enters into force",
            ground=ground,
            effect_of=cause,
        )
        for cause, ground in _GROUNDS.items()
    ),
    *(_moved(state, OrderState.PENDING, "Was never served: pending again", NO_CLOCK) for state in _STARTED),
    _moved(OrderState.EXPIRED, OrderState.IN_FORCE, "Its last day is not over: in force again", DAYS_LEFT),
    *(_moved(state, state, "Its clock moves") for state in (*_STARTED, *_OVER)),
)
