"""The machine of an order, for every kind."""

from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.order import clock_rows as order_clocks
from workflow.lifecycle.order import endings_rows as order_endings
from workflow.lifecycle.order import findings_rows as order_findings
from workflow.lifecycle.order import suspension_rows as order_stays
from workflow.lifecycle.order.compliance_guards import PERIOD_OVER
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

ROWS: tuple[Row, ...] = (
    *order_clocks.ROWS,
    Row(
        trigger=Trigger.REMIND,
        source=OrderState.IN_FORCE,
        target=OrderState.IN_FORCE,
        roles=frozenset({Role.SCHEDULER}),
        label="Remind of the last day",
        ground="a courtesy of the authority",
        step=True,
    ),
    Row(
        trigger=Trigger.RECORD_EXPIRY,
        source=OrderState.IN_FORCE,
        target=OrderState.EXPIRED,
        roles=frozenset({Role.SCHEDULER, Role.CASE_OFFICER}),
        label="Record that the period expired",
        ground="a fact of the calendar; no finding",
        guards=(PERIOD_OVER,),
        step=True,
    ),
    *order_findings.ROWS,
    *order_stays.ROWS,
    *order_endings.ROWS,
)
