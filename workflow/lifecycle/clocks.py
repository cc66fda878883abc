"""The clock of an order: its last day by the law, with the receipt that lets anyone compute it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.ladder import day_after
from workflow.law.period import end_of_day
from workflow.law.receipt import receipt
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Order


def start_clock(order: Order, served_on: date, regime: Regime) -> dict[str, Any]:
    """What service on this day means for the order: its last day, first late day, end instant and receipt.

    A period is computed by the regime's clock `compliance`, with the decision's own roll where it fixed one; a date
    fixed by the decision is taken as it stands, unless it is over by then; an order with neither is due at once, on the
    day of service. No day before service is ever late.
    """
    computed: Mapping[str, Any] | None = None
    if order.period is not None:
        computed = deadline_receipt(order, served_on, regime)
        last_day = date.fromisoformat(computed["result"]["last_day"])
    else:
        last_day = max(order.comply_by_fixed or served_on, served_on)
    clock: dict[str, Any] = {
        "starts_on": served_on.isoformat(),
        "last_day": last_day.isoformat(),
        "first_late_day": day_after(last_day).isoformat(),
        "ends_at": _instant(last_day, regime),
    }
    return clock if computed is None else clock | {"receipt": computed}


def deadline_receipt(order: Order, served_on: date, regime: Regime) -> Mapping[str, Any]:
    """Request, regime and result of the deadline of an order with a period."""
    request: dict[str, Any] = {
        "event_on": served_on.isoformat(),
        "period": order.period,
        "regime": regime.pin,
        "clock": "compliance",
        "timezone": regime.timezone,
    }
    if order.roll is not None:
        request["roll"] = order.roll
    return receipt(request, regime)


def _instant(last_day: date, regime: Regime) -> str:
    return end_of_day(last_day, regime.timezone).isoformat().replace("+00:00", "Z")
