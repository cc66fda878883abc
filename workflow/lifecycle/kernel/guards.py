"""When an act can be dated at all: not ahead, and not before the last act on the same thing."""

from datetime import date
from typing import Any

from workflow.law.days import day_after
from workflow.lifecycle.facts import CaseFacts, Debt, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation


def _possible_date(at: Situation) -> Denial | None:
    if at.effective_on > at.today:
        return Denial(
            detail=f"The act is dated {at.effective_on}, after today, {at.today}.",
            reference="a legal date is never after the day it is recorded",
            satisfied_by=f"a date not after {at.today}",
        )
    if at.effective_on < at.case.opened_on:
        return Denial(
            detail=f"The act is dated {at.effective_on}, before the case opened on {at.case.opened_on}.",
            reference="nothing happens in a case before it opens",
            satisfied_by=f"a date not before {at.case.opened_on}",
        )
    return None


def _not_backwards(at: Situation) -> Denial | None:
    """The legal dates of the acts of the authority on one thing follow each other, and what was done to it."""
    last = max((day for day in _days(at.thing) if day is not None), default=None)
    if last is None or at.effective_on >= last:
        return None
    what = at.command.subject.kind.value.replace("_", " ")
    return Denial(
        detail=f"The act is dated {at.effective_on}; the last one on this {what} is of {last}.",
        reference=f"the acts on a {what} follow each other",
        satisfied_by=f"a date not before {last}",
    )


def _days(thing: Any) -> tuple[date | None, ...]:
    match thing:
        case Decision() | PenaltyDecision():
            served = (service.served_on for service in thing.services)
            return (thing.acted_on, *served, *(ruling.ruled_on for ruling in thing.rulings), thing.final_on)
        case Order():
            return (thing.starts_on, thing.acted_on)
        case Debt():
            return (thing.arose_on, thing.acted_on)
        case Filing():
            return (thing.received_on,)
        case CaseFacts():
            return (thing.closed_on,)
        case _:
            raise AssertionError(f"the last act on {type(thing).__name__} is not kept")


def over_after(at: Situation, last: date) -> tuple[str, date | None]:
    """What opens an act dated before a last day is over: time, and on which day; or, that day past, a later date."""
    if last < at.today:
        return f"a date after {last}", None
    return f"wait until after {last}", day_after(last)


NOT_BACKWARDS = Guard("not_backwards", _not_backwards)
POSSIBLE_DATE = Guard("possible_date", _possible_date)
