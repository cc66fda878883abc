"""The interest on a debt: what has accrued up to a day, which of its days were charged already, and its charge."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_after, day_before
from workflow.law.interest import bears_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.money import Money
from workflow.law.receipt import receipt
from workflow.law.regime import Regime
from workflow.lifecycle.debt.arising import InterestDays, new_debt, subject_of
from workflow.lifecycle.debt.contents import InterestContent
from workflow.lifecycle.debt.states import GIVEN_UP
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import FINANCE, Guard, Row, Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import DebtKind, DebtState, SubjectKind, Trigger


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
    charges = [each for each in case.debts_of(debt.id) if each.kind is DebtKind.INTEREST]
    for each in charges:
        if each.n == instead_of and each.from_ is not None:
            return each.from_
    return max([begins, *(day_after(each.to) for each in charges if each.to is not None)])


def asked_for(at: Situation[Debt, InterestContent | None]) -> Interest | NoInterest:
    """The interest that an act charges: up to the day it names, by default the day before it."""
    to = (at.content.to if at.content is not None else None) or day_before(at.effective_on)
    if to >= at.effective_on:
        return NoInterest(
            f"Interest would be charged up to {to}, which is not over on {at.effective_on}.",
            "interest is charged for days that are over",
            f"a last day before {at.effective_on}",
        )
    found = charge(at.case, at.thing, to, at.regime)
    if isinstance(found, NoInterest) or found.amount.minor > 0:
        return found
    return NoInterest(
        f"From {found.from_} to {found.to} no interest has accrued.",
        "interest runs on what is unpaid after the last day of payment",
        "a later last day, while something is unpaid",
    )


def charge_interest(at: Situation[Debt, InterestContent | None]) -> list[Event]:
    """`debt.arose` for the interest of the days not charged yet, with its receipt."""
    debt, found = at.thing, at.work_out(asked_for)
    assert isinstance(found, Interest)
    arose = new_debt(at, DebtKind.INTEREST, debt.subject, debt.addressee, found.amount, at.target, at.effective_on)
    said = replace(arose, days=InterestDays(from_=found.from_, to=found.to), statement=found.receipt)
    return [written(at, said, subject=subject_of(at.case, arose.n), parent=debt.subject)]


def _interest_accrued(at: Situation[Debt, InterestContent | None]) -> Denial | None:
    debt = at.thing
    if debt.state in GIVEN_UP:
        return Denial(
            detail=f"The debt is {debt.state.replace('_', ' ')}; no interest is charged on what was given up.",
            reference="interest follows its debt",
            satisfied_by="nothing: the debt is no longer claimed",
        )
    found = at.work_out(asked_for)
    if isinstance(found, Interest):
        return None
    return Denial(
        detail=found.detail, reference=found.reference, satisfied_by=found.satisfied_by, who=("finance_officer",)
    )


INTEREST_ACCRUED = Guard("interest_accrued", state=_interest_accrued)

CHARGE = Row(
    trigger=Trigger.CHARGE_INTEREST,
    sources=(DebtState.ABSENT,),
    target=DebtState.DUE,
    roles=FINANCE,
    label="Charge interest",
    ground="interest from default on",
    guards=(INTEREST_ACCRUED,),
    parent_kind=SubjectKind.DEBT,
    takes=InterestContent,
    act=charge_interest,
)
