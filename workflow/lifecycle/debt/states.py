"""The states of a debt by what may be done in them, and the state to which one that is claimed again comes."""

from typing import Any

from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.vocabulary import DebtState

PAYABLE = (DebtState.DUE, DebtState.PARTLY_PAID, DebtState.HANDED_OVER, DebtState.DEFERRED, DebtState.INSTALMENTS)
"""With a last day of payment that can be missed, and another that can be agreed."""

CLAIMED = (*PAYABLE, DebtState.SECURED, DebtState.UNCOLLECTABLE_ABROAD)
"""Claimed, so that it can be given up."""

OPEN = (DebtState.PENDING, *CLAIMED, DebtState.SUSPENDED)
"""Money may still come in."""

GIVEN_UP = (DebtState.WRITTEN_OFF, DebtState.TIME_BARRED)
"""No longer claimed, though it was not paid."""


def claimed(at: Situation[Debt, Any]) -> DebtState:
    """Due, or paid in part where something was paid before."""
    return DebtState.PARTLY_PAID if at.thing.paid > 0 else DebtState.DUE
