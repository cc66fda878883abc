"""The most that a regime lets a clause threaten for each unit of delay."""

from workflow.law.duration import read_duration
from workflow.law.money import Money
from workflow.law.regime_schema import RateLimit


def exceeds(rate: Money, per: str, limit: RateLimit) -> bool:
    """Whether a rate is above the limit, also for a unit of another length; a lump sum is no daily rate."""
    if not limit.per.startswith("P"):
        return False
    return rate.minor * _least_days(limit.per) > limit.money.minor * _least_days(per)


def _least_days(per: str) -> int:
    length = read_duration(per)
    return length.all_months * 28 + length.all_days
