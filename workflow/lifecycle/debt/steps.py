"""The steps of a debt: that payment is overdue, that its limitation is near."""

from collections.abc import Iterator
from datetime import date

from workflow.law.days import day_after
from workflow.law.debt_days import limitation_warning
from workflow.law.regime import Regime
from workflow.lifecycle.debt.days import limitation, payable_by
from workflow.lifecycle.debt.states import CLAIMED, PAYABLE
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.kernel.kind import rules_under
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.vocabulary import DebtState, Trigger


def debt_steps(case: CaseFacts, only: str | None = None) -> Iterator[Step | None]:
    """The earliest open step of each debt, or of the one with this id alone."""
    for debt in case.debts:
        if only in (None, debt.id):
            decision = case.decision_under(case.source_of(debt))
            yield debt_step(debt, rules_under(case, decision, debt.arose_on))


def debt_step(debt: Debt, rules: Regime) -> Step | None:
    """The day after the last day of payment, or the day from which the end of the limitation is near."""
    open_ = [step for step in _steps(debt, rules) if step.key not in debt.steps_done]
    return min(open_, key=lambda step: step.due_on, default=None)


def _steps(debt: Debt, rules: Regime) -> Iterator[Step]:
    subject = debt.subject
    last = payable_by(debt) if debt.state in PAYABLE else None
    if last is not None:
        # A date recorded late may lie before the debt arose in the register: it is overdue from then on.
        due_on = max(day_after(last), debt.arose_on)
        yield a_step(subject, Trigger.PAYMENT_OVERDUE, last, 1, due_on, rules)
    near = _near(debt, rules) if debt.state in (*CLAIMED, DebtState.SUSPENDED) else None
    if near is not None and debt.fell_due_on is not None:
        yield a_step(subject, Trigger.LIMITATION_NEAR, debt.fell_due_on, 1, max(near, debt.arose_on), rules)


def _near(debt: Debt, rules: Regime) -> date | None:
    """The day of the warning. A suspension that still runs adds nothing to it: a warning may come early, not late."""
    found = limitation(debt, rules)
    return limitation_warning(found.last_day, rules) if found is not None else None
