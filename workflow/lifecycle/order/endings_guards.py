"""When an order can be said to have lapsed or to be annulled."""

from datetime import date

from workflow.law.days import day_after
from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import AnnulmentContent, LapseContent


def lapse_day(order: Order, named: date | None, effective_on: date) -> date:
    """The first day on which the order no longer binds: the one named, else the day after its own last, else this."""
    if named is not None:
        return named
    return day_after(order.lapses_on) if order.lapses_on is not None else effective_on


def _lapsed_on_is_past(at: Situation[Order, LapseContent | None]) -> Denial | None:
    order, content = at.thing, at.content
    day = lapse_day(order, content.lapsed_on if content is not None else None, at.effective_on)
    if day > at.effective_on:
        return Denial(
            detail=f"The order binds until {day} comes; on {at.effective_on}, the day of this act, it has not lapsed.",
            reference="an order made for a time binds on its last day",
            satisfied_by=f"wait until {day}, or name an earlier lapsed_on if something else ended it",
        )
    if order.starts_on is not None and day < order.starts_on:
        return Denial(
            detail=f"The order would have lapsed on {day}; it binds from {order.starts_on} on.",
            reference="what has not begun cannot lapse",
            satisfied_by=f"a lapsed_on not before {order.starts_on}",
        )
    return None


def _annulled_on_is_past(at: Situation[Order, AnnulmentContent]) -> Denial | None:
    content = at.content
    if content.annulled_on is None or content.annulled_on <= at.effective_on:
        return None
    return Denial(
        detail=f"The annulment is dated {content.annulled_on}, after {at.effective_on}, the day of this act.",
        reference="a legal date is never after the day it is recorded",
        satisfied_by=f"a date not after {at.effective_on}",
    )


LAPSED_ON_IS_PAST = Guard("lapsed_on_is_past", state=_lapsed_on_is_past)
ANNULLED_ON_IS_PAST = Guard("annulled_on_is_past", content=_annulled_on_is_past)
