"""The reduction: what the deciding body leaves to be paid, applied last, and each party's share of it."""

from collections.abc import Sequence

from workflow.law.parties import Account
from workflow.law.statement import rounded, share
from workflow.law.terms import Reduction


def reduce_gross(reduction: Reduction, owed: Sequence[Account], gross: int) -> int:
    """Give what remains to be paid, rounded once; never more than gross.

    A rate takes the place of every rate: each party's own units at the one flat rate, summed.
    """
    if reduction.waived:
        return 0
    if reduction.rate is not None:
        left = reduction.rate * sum(account.units for account in owed)
    elif reduction.fraction is not None:
        left = share(gross, reduction.fraction)
    else:
        assert reduction.amount is not None
        left = reduction.amount
    return min(left, gross)


def shared_out(amount: int, parts: Sequence[int]) -> list[int]:
    """Share an amount in proportion to parts, in whole minor units that sum to it exactly."""
    whole = sum(parts)
    shares: list[int] = []
    passed = given = 0
    for part in parts:
        passed += part
        until = rounded(amount * passed, whole) if whole else 0
        shares.append(until - given)
        given = until
    return shares
