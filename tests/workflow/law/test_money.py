"""Sums: exact, signed in code, unsigned and with all decimals in JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law.money import DECIMALS, LARGEST_SUM, Money, NotMoney


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "written"),
    [
        ("5200000", "EUR", 520_000_000, "5200000.00"),
        ("0.5", "EUR", 50, "0.50"),
        ("0", "NOK", 0, "0.00"),
        ("150", "JPY", 150, "150"),
        ("1.234", "KWD", 1234, "1.234"),
        ("92233720368547758.07", "EUR", LARGEST_SUM, "92233720368547758.07"),
    ],
)
def test_a_sum_is_read_and_written_exactly(amount: str, currency: str, minor: int, written: str) -> None:
    money = Money.parse(amount, currency)
    assert money == Money(minor, currency)
    assert money.to_json() == {"amount": written, "currency": currency}


def test_a_negative_sum_is_written_with_its_sign() -> None:
    assert Money(-5, "EUR").amount == "-0.05"
    assert Money(-1500, "JPY").amount == "-1500"


@given(st.integers(0, LARGEST_SUM), st.sampled_from(sorted(DECIMALS)))
def test_json_there_and_back(minor: int, currency: str) -> None:
    assert Money.from_json(Money(minor, currency).to_json()) == Money(minor, currency)


@pytest.mark.parametrize("amount", ["", "1.", ".5", "+1", "-1", "1e3", "1 000", "1,5", "٣", "0.005", "NaN", 5, None])
def test_what_is_no_amount(amount: str) -> None:
    with pytest.raises(NotMoney):
        Money.parse(amount, "EUR")


@pytest.mark.parametrize("currency", ["eur", "ZZZ", "", None, ["EUR"]])
def test_what_is_no_currency(currency: str) -> None:
    with pytest.raises(NotMoney):
        Money.parse("1", currency)


def test_a_sum_beyond_64_bits_is_refused() -> None:
    with pytest.raises(NotMoney, match="at most"):
        Money.parse("92233720368547758.08", "EUR")


@pytest.mark.parametrize("json", [{}, {"amount": "1"}, {"amount": "1", "currency": "EUR", "cents": 1}, []])
def test_json_that_is_no_money(json: dict[str, str]) -> None:
    with pytest.raises(NotMoney):
        Money.from_json(json)
