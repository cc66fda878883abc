"""When an act can be dated at all."""

from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation


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


POSSIBLE_DATE = Guard("possible_date", _possible_date)
