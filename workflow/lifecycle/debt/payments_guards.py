"""Which payments and refunds a debt can take."""

from typing import Any

from workflow.law import debt_days as law
from workflow.lifecycle.debt.contents import PaymentContent, RefundContent
from workflow.lifecycle.debt.days import interest_owed
from workflow.lifecycle.debt.guards import money_text
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation

_FINANCE = ("finance_officer",)


def allocated(at: Situation[Any, Any]) -> tuple[tuple[Debt, int], ...]:
    """What of a payment goes to which debt, in minor units: first to its interest where the regime says so.

    The debt that was paid comes last, with what is left for it, which may be nothing.
    """
    debt: Debt = at.thing
    content: PaymentContent = at.command.content
    left, parts = content.amount.minor, []
    for interest in _before(at):
        part = min(left, interest.outstanding)
        left -= part
        if part:
            parts.append((interest, part))
    return (*parts, (debt, left))


def _before(at: Situation[Any, Any]) -> tuple[Debt, ...]:
    debt: Debt = at.thing
    return interest_owed(at.case, debt, at.effective_on) if law.interest_first(at.regime) else ()


def _payment_fits(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content: PaymentContent | None = at.command.content
    if content is None:
        return None
    currency, sum_ = debt.amount.currency, content.amount
    if (denial := _a_sum(sum_.minor, sum_.currency, currency, "payment")) is not None:
        return denial
    interest = sum(each.outstanding for each in _before(at))
    if sum_.minor <= debt.outstanding + interest:
        return None
    outstanding = money_text(debt.outstanding, currency)
    more = f" with {money_text(interest, currency)} of interest before it" if interest else ""
    return Denial(
        detail=f"{sum_.currency} {sum_.amount} was paid; outstanding is {outstanding}{more}.",
        reference="no more is taken than is owed",
        satisfied_by=f"record {money_text(debt.outstanding + interest, currency)}; the rest belongs to another debt, "
        "or goes back to who paid it",
        who=_FINANCE,
    )


def _pays_all(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    if at.command.content is None or allocated(at)[-1][1] == debt.outstanding:
        return None
    return Denial(
        detail="Something stays outstanding.",
        reference="no more is taken than is owed",
        satisfied_by="nothing: the debt is paid in part",
    )


def _leaves_something(at: Situation[Any, Any]) -> Denial | None:
    if at.command.content is None or allocated(at)[-1][1] > 0:
        return None
    return Denial(
        detail="All of it went to the interest before the debt.",
        reference="allocation of payments",
        satisfied_by="nothing: the debt stays as it was",
    )


def _refund_fits(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content: RefundContent | None = at.command.content
    if content is None:
        return None
    currency, sum_ = debt.amount.currency, content.amount
    if (denial := _a_sum(sum_.minor, sum_.currency, currency, "refund")) is not None:
        return denial
    if sum_.minor <= -debt.outstanding:
        return None
    owed = money_text(-debt.outstanding, currency)
    return Denial(
        detail=f"{sum_.currency} {sum_.amount} would be paid back; {owed} was paid above what is owed.",
        reference="no more is paid back than was paid above the debt",
        satisfied_by=f"a refund of at most {owed}",
        who=_FINANCE,
    )


def _refunds_all(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content: RefundContent | None = at.command.content
    if content is None or content.amount.minor == -debt.outstanding:
        return None
    return Denial(
        detail="Something is still to be paid back.",
        reference="no more is paid back than was paid above the debt",
        satisfied_by="nothing: the rest stays to be refunded",
    )


def _a_sum(minor: int, given: str, currency: str, what: str) -> Denial | None:
    if given == currency and minor > 0:
        return None
    wrong = (
        f"The {what} is in {given}; the debt is in {currency}" if given != currency else f"A {what} of nothing is none"
    )
    return Denial(
        detail=f"{wrong}.",
        reference="a debt is paid in its own currency",
        satisfied_by=f"the sum in {currency} that the bank booked",
        who=_FINANCE,
    )


PAYMENT_FITS = Guard("payment_fits", _payment_fits)
PAYS_ALL = Guard("pays_all", _pays_all)
LEAVES_SOMETHING = Guard("leaves_something", _leaves_something)
REFUND_FITS = Guard("refund_fits", _refund_fits)
REFUNDS_ALL = Guard("refunds_all", _refunds_all)
