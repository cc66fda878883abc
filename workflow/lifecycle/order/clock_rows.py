"""The rows by which the clock of an order starts, moves, is reminded of, runs out and is extended."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.filing.requests_guards import GRANTS_EXTENSION
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import DECIDER, SAME, SCHEDULER, Chosen, Row, Same, Situation, effect
from workflow.lifecycle.order.clock import LastDayNow, extend, record_expiry, remind
from workflow.lifecycle.order.clock_guards import CAN_BE_EXTENDED, PERIOD_OVER
from workflow.lifecycle.order.contents import ExtensionContent
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

_RUNNING = (OrderState.IN_FORCE, OrderState.NON_COMPLIANT, OrderState.COMPLIED, OrderState.SUSPENDED)
_OVER = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED)
_GROUNDS = {
    Trigger.RECORD_SERVICE: "service of the decision on the addressee",
    Trigger.RECORD_PUBLICATION: "publication, where the decision says that the period runs from it",
    Trigger.RECORD_RULING: "what was served while it stood annulled binds once it is reinstated",
    Trigger.RECORD_FINALITY: "finality, where the decision says that the period runs from it",
}


def _with_another_clock(at: Situation[Order, LastDayNow]) -> OrderState | Same:
    """Pending again where it was never served; an expired one in force again while its last day is not over."""
    if at.content.day is None:
        return OrderState.PENDING
    runs = at.thing.state is OrderState.EXPIRED and at.content.day >= at.today
    return OrderState.IN_FORCE if runs else SAME


ROWS: tuple[Row, ...] = (
    *(
        effect(
            cause,
            trigger=Trigger.ENTER_INTO_FORCE,
            sources=(OrderState.PENDING,),
            target=OrderState.IN_FORCE,
            label="Enters into force",
            ground=ground,
        )
        for cause, ground in _GROUNDS.items()
    ),
    *(
        effect(
            Trigger.CORRECT_SERVICE,
            trigger=Trigger.MOVE_CLOCK,
            sources=sources,
            target=Chosen(among, _with_another_clock) if among else SAME,
            label="Its clock moves",
            ground="a correction is a new fact: what hung on the old date is derived again",
        )
        for sources, among in (
            (_RUNNING, (OrderState.PENDING, SAME)),
            ((OrderState.EXPIRED,), (OrderState.PENDING, OrderState.IN_FORCE, SAME)),
            (_OVER, ()),
        )
    ),
    Row(
        trigger=Trigger.REMIND,
        sources=(OrderState.IN_FORCE,),
        target=SAME,
        roles=SCHEDULER,
        label="Remind of the last day",
        ground="a courtesy of the authority",
        step=True,
        act=remind,
    ),
    Row(
        trigger=Trigger.RECORD_EXPIRY,
        sources=(OrderState.IN_FORCE,),
        target=OrderState.EXPIRED,
        roles=frozenset({Role.SCHEDULER, Role.CASE_OFFICER}),
        label="Record that the period expired",
        ground="a fact of the calendar; no finding",
        guards=(PERIOD_OVER,),
        step=True,
        act=record_expiry,
    ),
)
EXTENSION = Row(
    trigger=Trigger.EXTEND,
    sources=(OrderState.IN_FORCE, OrderState.EXPIRED),
    target=OrderState.IN_FORCE,
    roles=DECIDER,
    label="Extend the period",
    ground="GDPR art. 58(2)",
    guards=(NOT_BACKWARDS, CAN_BE_EXTENDED, GRANTS_EXTENSION),
    takes=ExtensionContent,
    act=extend,
)
