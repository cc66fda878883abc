"""What a moved clock makes of an order: a pending one again, one in force again, or the same with other days."""

from typing import Any

from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation

CLOCK = "last_day_now"
"""Where the act leaves the last day that an order has now, None when no clock runs for it."""


def _no_clock(at: Situation[Any, Any]) -> Denial | None:
    if at.workings.get(CLOCK) is None:
        return None
    return Denial(
        detail=f"The clock runs; its last day is {at.workings[CLOCK]}.",
        reference="an order binds from service",
        satisfied_by="nothing",
    )


def _days_left(at: Situation[Any, Any]) -> Denial | None:
    last_day = at.workings.get(CLOCK)
    if last_day is not None and last_day >= at.today:
        return None
    return Denial(
        detail=f"The last day, {last_day}, is over.",
        reference="the last day still counts",
        satisfied_by="nothing: the period expired",
    )


NO_CLOCK = Guard("no_clock", _no_clock)
DAYS_LEFT = Guard("days_left", _days_left)
