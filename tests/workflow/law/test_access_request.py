"""The statutory clock of an access request: one month from receipt, three when the respondent said so in time."""

from datetime import date

import pytest

from workflow.law.access_request import answer_by, answer_receipt
from workflow.law.receipt import check_receipt
from workflow.law.regime import regime, regimes

FR = regime("fr-cnil")


@pytest.mark.parametrize(
    ("received_on", "by", "extended_by"),
    [
        ("2022-10-19", "2022-11-21", "2023-01-19"),  # 19 November is a Saturday
        ("2022-01-31", "2022-02-28", "2022-05-02"),  # months are added in one step; 30 April is a Saturday
        ("2022-11-24", "2022-12-26", "2023-02-24"),  # 24 December is a Saturday; the 26th is no holiday in France
        ("2024-01-31", "2024-02-29", "2024-04-30"),
    ],
)
def test_one_month_or_three_from_receipt(received_on: str, by: str, extended_by: str) -> None:
    day = date.fromisoformat(received_on)
    assert answer_by(day, FR) == date.fromisoformat(by)
    assert answer_by(day, FR, extended=True) == date.fromisoformat(extended_by)


@pytest.mark.parametrize("rules", regimes(), ids=lambda rules: rules.pin)
@pytest.mark.parametrize("extended", [False, True])
def test_every_regime_has_the_clock_and_its_receipt_can_be_checked(rules: object, extended: bool) -> None:
    made = answer_receipt(date(2024, 3, 4), rules, extended=extended)  # type: ignore[arg-type]
    assert check_receipt(made) == []
    assert made["request"]["period"] == ("P3M" if extended else "P1M")
