"""The clock of an order: its last day by the law, with the receipt that lets anyone compute it again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflow.law.days import day_after, day_before, days_left, end_of_day, grace_from
from workflow.law.receipt import clock_receipt
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Decision, Order, Suspension
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.vocabulary import OrderState, PeriodFrom, SuspensionEffect


def clock_day(decision: Decision, order: Order) -> date | None:
    """The day that starts the clock of an order, None while it did not come.

    An order binds its addressee from service. A date fixed by the decision needs no more; a period that runs from
    dispatch, publication or finality starts on that day, but a later service starts those after service later.
    """
    service = decision.service_on(order.addressee)
    if service is None:
        return None
    if order.comply_by_fixed is not None:
        return service.served_on
    match order.period_from:
        case PeriodFrom.SERVICE:
            return service.served_on
        case PeriodFrom.DISPATCH:
            return service.posted_on or service.served_on
        case PeriodFrom.PUBLICATION:
            began = decision.published_on
        case PeriodFrom.FINALITY:
            began = decision.final_on
    return None if began is None else max(began, service.served_on)


@frozen(kw_only=True)
class Clock:
    """The last day of an order with what follows from it, and the receipt where the law computed it.

    `grace_from` is there when days were late already: from it to the last day nothing is. `ends_at` is the instant at
    which the last day is over.
    """

    last_day: date
    first_late_day: date
    ends_at: datetime
    grace_from: date | None = None
    receipt: Mapping[str, Any] | None = None


def start_clock(order: Order, served_on: date, regime: Regime, bound_on: date | None = None) -> Clock:
    """What a clock started on this day means for the order.

    A period is computed by the regime's clock `compliance`, with the decision's own roll where it fixed one; a date
    fixed by the decision is taken as it stands, unless it is over by then; an order with neither is due at once, on the
    day of service. No day before service (`bound_on`, where the clock starts on another day) is ever late.
    """
    computed: Mapping[str, Any] | None = None
    if order.period is not None:
        computed = deadline_receipt(order, served_on, regime)
        last_day = date.fromisoformat(computed["result"]["last_day"])
    else:
        last_day = max(order.comply_by_fixed or served_on, served_on)
    return _clock(max(last_day, bound_on or last_day), regime, computed)


def deadline_receipt(order: Order, served_on: date, regime: Regime) -> Mapping[str, Any]:
    """Request, regime and result of the deadline of an order with a period."""
    return clock_receipt(regime, "compliance", served_on, order.period, roll=order.roll)


def _clock(last_day: date, regime: Regime, computed: Mapping[str, Any] | None = None) -> Clock:
    ends_at = end_of_day(last_day, regime.timezone)
    return Clock(last_day=last_day, first_late_day=day_after(last_day), ends_at=ends_at, receipt=computed)


def new_clock(
    order: Order,
    last_day: date,
    given_on: date,
    regime: Regime,
    *,
    undoes: bool = False,
    computed: Mapping[str, Any] | None = None,
) -> Clock:
    """What a new last day means, given on a day: the day after it is late, and so is what was late before.

    With `undoes` what was late before is not.
    """
    clock = _clock(last_day, regime, computed)
    if undoes or order.first_late_day is None or order.last_day is None:
        return clock
    return replace(clock, grace_from=grace_from(order.first_late_day, order.last_day, given_on))


def resumed_clock(
    order: Order, ended: Suspension, resumed_on: date, named: date | None, regime: Regime
) -> Clock | None:
    """What the end of a suspension means for the order's last day; None where it stays as it is.

    A period that stopped runs on with the days it had left; one that restarts is counted anew from the day of
    resumption. No clock of a duty that is complied with moves.
    """
    if ended.limb is not None or order.before is OrderState.COMPLIED or order.last_day is None:
        return None
    computed: Mapping[str, Any] | None = None
    match ended.effect:
        case SuspensionEffect.PERIOD_STOPS:
            left = days_left(_first_day(order, regime), order.last_day, ended.from_)
            if left == 0:
                return None
            computed = _rest_receipt(order, left, resumed_on, regime)
            last_day = date.fromisoformat(computed["result"]["last_day"])
        case SuspensionEffect.PERIOD_RESTARTS:
            anew = start_clock(order, resumed_on, regime)
            computed, last_day = anew.receipt, anew.last_day
        case SuspensionEffect.NEW_LAST_DAY:
            last_day = named or order.last_day
        case _:
            return None
    return new_clock(order, last_day, ended.from_, regime, computed=computed)


def _first_day(order: Order, regime: Regime) -> date:
    """The first day of the period: the day that starts it, or the day after."""
    starts_on = order.starts_on or order.last_day
    assert starts_on is not None
    return starts_on if regime.clocks["compliance"].first_day == "include" else day_after(starts_on)


def _rest_receipt(order: Order, left: int, resumed_on: date, regime: Regime) -> Mapping[str, Any]:
    """The rest of a period, counted in calendar days from the day of resumption, which is the first of them."""
    return clock_receipt(
        regime,
        "compliance",
        day_before(resumed_on),
        f"P{left}D",
        first_day="exclude",
        day_kind="calendar",
        franc=False,
        roll=order.roll,
    )
