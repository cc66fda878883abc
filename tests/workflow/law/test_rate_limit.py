"""A rate is compared with the limit of a regime, also for a unit of another length."""

import pytest

from workflow.law.money import Money
from workflow.law.rate_limit import exceeds
from workflow.law.regime_schema import RateLimit


@pytest.mark.parametrize(
    ("rate", "per", "limit_per", "above"),
    [
        ("100000.00", "P1D", "P1D", False),
        ("100000.01", "P1D", "P1D", True),
        ("700000.00", "P1W", "P1D", False),
        ("700000.01", "P1W", "P1D", True),
        ("2800000.00", "P1M", "P1D", False),  # a month has at least 28 days
        ("2800000.01", "P1M", "P1D", True),
        ("3571.42", "P1D", "P28D", False),
        ("3571.43", "P1D", "P28D", True),
        ("3571.43", "P1D", "P1M", True),
        ("999999999.00", "P1D", "lump_sum", False),
    ],
)
def test_a_rate_is_above_the_limit_for_the_shortest_unit(rate: str, per: str, limit_per: str, above: bool) -> None:
    limit = RateLimit(Money.parse("100000.00", "EUR"), limit_per, "art. 1")
    assert exceeds(Money.parse(rate, "EUR"), per, limit) is above
