"""What the facts of a debt make of its days: the last day that counts now, the part that is missed, its limitation."""

from datetime import date

from workflow.law import debt_days
from workflow.law.days import day_after, days_between
from workflow.law.debt_days import Limitation
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Debt, Instalment
from workflow.lifecycle.vocabulary import DebtState


def next_part(debt: Debt) -> Instalment:
    """The first instalment that is not covered by what was paid.

    What is outstanding is that of the last parts: a payment, and a sum reduced by a court, goes to the first ones.
    """
    left = debt.outstanding
    for part in reversed(debt.instalments):
        if left <= part.amount.minor:
            return part
        left -= part.amount.minor
    return debt.instalments[0]


def payable_by(debt: Debt) -> date | None:
    """The last day of payment as it stands: that of the next instalment, of a deferral, else of the debt."""
    if debt.state is DebtState.INSTALMENTS:
        return next_part(debt).due_by
    return debt.deferred_to if debt.state is DebtState.DEFERRED else debt.due_by


def limitation(debt: Debt, rules: Regime, today: date | None = None) -> Limitation | None:
    """The last day on which the debt can be claimed; None before it fell due, and where the regime states no period.

    A suspension that still runs counts up to the day before today, and not at all without today.
    """
    if debt.fell_due_on is None:
        return None
    suspended = 0
    for each in debt.suspensions:
        end = day_after(each.to) if each.to is not None else today
        suspended += max(0, days_between(each.from_, end)) if end is not None else 0
    return debt_days.limitation(debt.fell_due_on, rules, suspended)
