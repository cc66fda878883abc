"""What several acts on a debt need: that the debt was there on their day; and how a sum is named."""

from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation


def money_text(minor: int, currency: str) -> str:
    """A sum as a sentence names it."""
    return f"{currency} {Money(minor, currency).amount}"


def _after_it_arose(at: Situation[Debt, Any]) -> Denial | None:
    if at.effective_on >= at.thing.arose_on:
        return None
    return Denial(
        detail=f"The act is dated {at.effective_on}; the debt arose on {at.thing.arose_on}.",
        reference="nothing is done about a debt before it arose",
        satisfied_by=f"a date not before {at.thing.arose_on}",
        who=("finance_officer",),
    )


AFTER_IT_AROSE = Guard("after_it_arose", state=_after_it_arose)
