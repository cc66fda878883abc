"""The interest on a debt: what has accrued up to a day, and which of its days were charged already."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_after
from workflow.law.interest import bears_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.money import Money
from workflow.law.receipt import receipt
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import DebtKind


@frozen
class NoInterest:
    """Why there is none: a sentence, the rule it rests on, the way out."""

    detail: str
    reference: str
    satisfied_by: str


@frozen
class Interest:
    """The interest of a slice of days, both included, with its receipt; `total` is that of all days from the first."""

    amount: Money
    total: Money
    from_: date
    to: date
    receipt: Mapping[str, Any]


def charge(
    case: CaseFacts, debt: Debt, to: date, rules: Regime, instead_of: int | None = None
) -> Interest | NoInterest:
    """The interest of the days not charged yet, up to this one; or of those of interest debt n, computed again."""
    if debt.kind is DebtKind.INTEREST:
        return NoInterest("Interest bears no interest.", "simple interest", "charge interest on the debt it is for")
    if not bears_interest(rules):
        named = rules.values.get("debt.interest")
        what = f"names {named.value}, and has no table of its rates" if named else "names no interest"
        reference = named.ref if named else f"regime {rules.pin}, debt"
        return NoInterest(f"{rules.pin} {what}.", reference, "nothing: no interest can be computed under this regime")
    if debt.due_by is None:
        return NoInterest(
            "The debt has no last day of payment, so no default to count from.",
            f"regime {rules.pin}, clock payment",
            "wait until it has fallen due",
        )
    begins = day_after(debt.due_by)
    first = _first(case, debt, begins, instead_of)
    if to < first:
        before = "that day is charged already" if first > begins else f"the last day of payment is {debt.due_by}"
        return NoInterest(
            f"No interest is left to charge up to {to}: {before}.",
            "a day of default is charged once",
            f"a last day not before {first}",
        )
    return _stated(debt, begins, first, to, rules)


def _stated(debt: Debt, begins: date, first: date, to: date, rules: Regime) -> Interest | NoInterest:
    currency = debt.amount.currency
    request: dict[str, Any] = {
        "regime": rules.pin,
        "currency": currency,
        "principal": debt.amount.amount,
        "interest_from": begins.isoformat(),
        "from": first.isoformat(),
        "to": to.isoformat(),
    }
    if debt.payments:
        paid = sorted(debt.payments, key=lambda each: (each.paid_on, each.amount.minor))
        request["payments"] = [{"on": each.paid_on.isoformat(), "amount": each.amount.amount} for each in paid]
    try:
        stated = receipt(request, rules)
    except InvalidRequest as refused:
        why = "; ".join(error.problem for error in refused.errors)
        return NoInterest(
            f"The interest cannot be computed: {why}.",
            f"regime {rules.pin}, interest",
            "a version of the regime whose table of rates goes back so far",
        )
    result = stated["result"]
    amount, total = (Money.parse(result[name], currency) for name in ("amount", "total"))
    return Interest(amount, total, first, to, stated)


def _first(case: CaseFacts, debt: Debt, begins: date, instead_of: int | None) -> date:
    """The first day not charged yet; with `instead_of` the first of that charge."""
    charges = [each for each in case.debts_of(debt.id) if each.kind is DebtKind.INTEREST and each.to is not None]
    again = next((each for each in charges if each.n == instead_of), None)
    if again is not None and again.from_ is not None:
        return again.from_
    last = max((each.to for each in charges if each.to is not None), default=None)
    return begins if last is None else max(begins, day_after(last))
