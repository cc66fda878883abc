"""When the expiry of a period can be recorded, and when time can be given."""

from typing import Any

from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import ExtensionContent

_EXTENSION = "a decision gives time; it takes none"


def _period_over(at: Situation[Order, Any]) -> Denial | None:
    last_day = at.thing.last_day
    if last_day is None or last_day < at.effective_on:
        return None
    way_out, open_on = over_after(at, last_day)
    return Denial(
        detail=f"The last day is {last_day}; expiry can be recorded on the day after it.",
        reference="the last day still counts",
        satisfied_by=way_out,
        open_on=open_on,
    )


def _can_be_extended(at: Situation[Order, ExtensionContent]) -> Denial | None:
    order, content = at.thing, at.content
    if order.last_day is None:
        return None
    if content.last_day <= order.last_day:
        return Denial(
            detail=f"The last day is {order.last_day}; an extension to {content.last_day} would not be one.",
            reference=_EXTENSION,
            satisfied_by=f"a day after {order.last_day}",
        )
    if order.lapses_on is not None and content.last_day > order.lapses_on:
        return Denial(
            detail=f"The order binds until {order.lapses_on} only; its last day cannot be {content.last_day}.",
            reference="an order made for a time lapses with it",
            satisfied_by=f"a day not after {order.lapses_on}",
        )
    if content.last_day < at.effective_on and not content.undoes_accrued:
        return Denial(
            detail=f"The extension to {content.last_day} is over on {at.effective_on}, the day of this act, and leaves "
            "every late day as it is.",
            reference="an extension after the last day does not undo accrued days unless it says so",
            satisfied_by=f"a day not before {at.effective_on}, or undoes_accrued: true",
        )
    return None


PERIOD_OVER = Guard("period_over", state=_period_over)
CAN_BE_EXTENDED = Guard("can_be_extended", content=_can_be_extended)
