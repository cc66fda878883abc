"""When a debt falls due, what interest it bears, and where another sum leads it."""

from typing import Any

from workflow.law import debt_days as law
from workflow.law.days import day_before
from workflow.law.money import Money
from workflow.lifecycle.debt.interest import NoInterest, charge
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import DebtState

OWED_NOW = "owed_now"
"""What an act leaves in the workings for the rows of `adjust`: the sum that is owed from now on."""

GIVEN_UP = (DebtState.WRITTEN_OFF, DebtState.TIME_BARRED)
"""The states in which a debt is no longer claimed, though it was not paid."""

_FINANCE = ("finance_officer",)


def money_text(minor: int, currency: str) -> str:
    """A sum as a sentence names it."""
    return f"{currency} {Money(minor, currency).amount}"


def another_row(detail: str) -> Denial:
    """Why one of several rows of a trigger is not the one: another of them is."""
    return Denial(detail=detail, reference="the sums and days recorded", satisfied_by="nothing: another row fits")


def _due_at_once(at: Situation[Any, Any]) -> Denial | None:
    if law.due_event(at.regime) in law.AT_ONCE:
        return None
    return another_row(f"Under {at.regime.pin} a debt falls due at {law.due_event(at.regime).replace('_', ' ')}.")


def _due_at_finality(at: Situation[Any, Any]) -> Denial | None:
    if law.due_event(at.regime) == "finality":
        return None
    return another_row(f"Under {at.regime.pin} a debt does not fall due at finality.")


def _due_by_court(at: Situation[Any, Any]) -> Denial | None:
    cited = at.regime.values["debt.due"]
    if cited.value == "court_decision":
        return None
    return Denial(
        detail=f"Under {at.regime.pin} a debt falls due at {str(cited.value).replace('_', ' ')}; nobody records that "
        "by hand.",
        reference=cited.ref,
        satisfied_by="record the finality of the decision it arose from",
        who=("registrar",),
    )


def _after_it_arose(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    if at.effective_on >= debt.arose_on:
        return None
    return Denial(
        detail=f"The act is dated {at.effective_on}; the debt arose on {debt.arose_on}.",
        reference="nothing is done about a debt before it arose",
        satisfied_by=f"a date not before {debt.arose_on}",
        who=_FINANCE,
    )


def _interest_accrued(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    if debt.state in GIVEN_UP:
        return Denial(
            detail=f"The debt is {debt.state.value.replace('_', ' ')}; no interest is charged on what was given up.",
            reference="interest follows its debt",
            satisfied_by="nothing: the debt is no longer claimed",
        )
    content = at.command.content
    named = content.to if content is not None else None
    to = named or day_before(at.effective_on)
    if to >= at.effective_on:
        return Denial(
            detail=f"Interest would be charged up to {to}, which is not over on {at.effective_on}.",
            reference="interest is charged for days that are over",
            satisfied_by=f"a last day before {at.effective_on}",
            who=_FINANCE,
        )
    found = charge(at.case, debt, to, at.regime)
    if not isinstance(found, NoInterest) and found.amount.minor <= 0:
        found = NoInterest(
            f"From {found.from_} to {found.to} no interest has accrued.",
            "interest runs on what is unpaid after the last day of payment",
            "a later last day, while something is unpaid",
        )
    if isinstance(found, NoInterest):
        return Denial(detail=found.detail, reference=found.reference, satisfied_by=found.satisfied_by, who=_FINANCE)
    at.workings["interest"] = found
    return None


def _paid_above(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid > at.workings[OWED_NOW].minor else another_row("No more was paid than is owed now.")


def _nothing_owed(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid == at.workings[OWED_NOW].minor == 0 else another_row("Something is owed, or was paid.")


def _paid_exactly(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid == at.workings[OWED_NOW].minor else another_row("What was paid is not what is owed now.")


def _paid_something(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid > 0 else another_row("Nothing was paid yet.")


def _due_before(at: Situation[Any, Any]) -> Denial | None:
    """Whether what made it due holds still: the court's decision, or the finality of a penalty whose basis was gone."""
    debt: Debt = at.thing
    penalty = next((each for each in at.case.penalty_decisions if each.id == debt.source), None)
    final = penalty is not None and penalty.final_on is not None
    if debt.fell_due_on is not None and (final or law.due_event(at.regime) == "court_decision"):
        return None
    return another_row("Nothing that made it due holds.")


DUE_AT_ONCE = Guard("due_at_once", _due_at_once)
DUE_AT_FINALITY = Guard("due_at_finality", _due_at_finality)
DUE_BY_COURT = Guard("due_by_court", _due_by_court)
AFTER_IT_AROSE = Guard("after_it_arose", _after_it_arose)
INTEREST_ACCRUED = Guard("interest_accrued", _interest_accrued)
PAID_ABOVE = Guard("paid_above", _paid_above)
NOTHING_OWED = Guard("nothing_owed", _nothing_owed)
PAID_EXACTLY = Guard("paid_exactly", _paid_exactly)
PAID_SOMETHING = Guard("paid_something", _paid_something)
DUE_BEFORE = Guard("due_before", _due_before)
