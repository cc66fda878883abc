"""What every act needs: an open case, and a date that is possible and not before the last act on the same thing."""

from datetime import date
from typing import Any

from workflow.law.days import day_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import CaseState, Trigger


def _possible_date(at: Situation[Any, Any]) -> Denial | None:
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


def _not_backwards(at: Situation[Any, Any]) -> Denial | None:
    """The legal dates of the acts of the authority on one thing follow each other, and what was done to it."""
    last = max((day for day in at.kind.last_dates(at.thing) if day is not None), default=None)
    if last is None or at.effective_on >= last:
        return None
    what = at.command.subject.kind.value.replace("_", " ")
    return Denial(
        detail=f"The act is dated {at.effective_on}; the last one on this {what} is of {last}.",
        reference=f"the acts on a {what} follow each other",
        satisfied_by=f"an effective_on of {last} or later; if this act did come first, the act of {last} has the wrong "
        "date: give it its own effective_on, in a new draft where it made one",
    )


def _case_is_open(at: Situation[Any, Any]) -> Denial | None:
    if at.case.state is not CaseState.CLOSED or at.command.trigger is Trigger.REOPEN:
        return None
    since = f" since {at.case.closed_on}" if at.case.closed_on is not None else ""
    return Denial(
        detail=f"The case is closed{since}; it can be read, and reopened.",
        reference="nothing happens in a closed case",
        satisfied_by="reopen the case first",
        who=("head_of_enforcement", "decision_maker"),
    )


def over_after(at: Situation[Any, Any], last: date) -> tuple[str, date | None]:
    """What opens an act dated before a last day is over: time, and on which day; or, that day past, a later date."""
    if last < at.today:
        return f"a date after {last}", None
    return f"wait until after {last}", day_after(last)


NOT_BACKWARDS = Guard("not_backwards", state=_not_backwards)
POSSIBLE_DATE = Guard("possible_date", state=_possible_date)
CASE_IS_OPEN = Guard("case_is_open", state=_case_is_open)
