"""When time can be given."""

from typing import Any

from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import ExtensionContent

_EXTENSION = "a decision gives time; it takes none"


def _can_be_extended(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    content: ExtensionContent | None = at.command.content
    if content is None or order.last_day is None:
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


CAN_BE_EXTENDED = Guard("can_be_extended", _can_be_extended)
