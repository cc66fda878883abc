"""The days of a debt, as each regime has them."""

from datetime import date

import pytest

from workflow.law.debt_days import collector, due_event, interest_first, limitation, limitation_warning, payment_clock
from workflow.law.regime import load_regime, regime, regimes

FR, NL, BE, UK = (regime(name) for name in ("fr-cnil", "nl-ap", "be-apd", "uk-ico"))


@pytest.mark.parametrize("rules", regimes(), ids=lambda each: each.pin)
def test_every_regime_says_what_makes_a_debt_due_and_who_collects(rules: object) -> None:
    assert due_event(rules) in {"service", "forfeiture", "finality", "court_decision"}  # type: ignore[arg-type]
    assert collector(rules)  # type: ignore[arg-type]


def test_a_regime_may_leave_open_who_collects() -> None:
    text = "\n".join(line for line in BE.text.splitlines() if not line.startswith("collected_by"))
    assert collector(load_regime(text.encode(), "x")) is None


def test_the_clock_of_payment_rolls_as_the_regime_says() -> None:
    fr, nl, uk = (payment_clock(day, rules) for day, rules in (
        (date(2022, 10, 19), FR), (date(2026, 3, 29), NL), (date(2022, 10, 19), UK),
    ))  # fmt: skip
    assert fr is not None
    assert nl is not None
    assert uk is not None
    assert fr["result"]["last_day"] == "2022-11-21"
    assert nl["result"]["last_day"] == "2026-05-11"  # Sunday 10 May rolls
    assert uk["result"]["last_day"] == "2022-11-15"  # the day of service is the first of 28
    assert payment_clock(date(2022, 10, 19), BE) is None


def test_a_year_of_limitation_runs_to_the_same_date() -> None:
    found = limitation(date(2024, 2, 29), NL)
    assert found is not None
    assert found.last_day == date(2025, 2, 28)
    five = limitation(date(2022, 10, 19), FR)
    assert five is not None
    assert five.last_day == date(2027, 10, 19)
    assert [step["reference"] for step in five.explanation] == ["Code civil art. 2224"]
    assert limitation(date(2022, 10, 19), BE) is None


def test_suspended_days_are_added_where_the_regime_adds_them() -> None:
    for rules, last in ((NL, date(2023, 10, 29)), (FR, date(2027, 10, 19))):
        found = limitation(date(2022, 10, 19), rules, 10)
        assert found is not None
        assert found.last_day == last
    found = limitation(date(2022, 10, 19), NL, 10)
    assert found is not None
    assert "10 days of suspension added" in found.explanation[-1]["rule"]


def test_suspended_days_are_not_added_where_the_regime_says_so() -> None:
    says = "suspended_days_added = { value = true"
    text = NL.text.replace(says, says.replace("true", "false"))
    assert text != NL.text
    found = limitation(date(2022, 10, 19), load_regime(text.encode(), NL.pin), 10)
    assert found is not None
    assert found.last_day == date(2023, 10, 19)


def test_the_warning_comes_so_many_days_before() -> None:
    assert limitation_warning(date(2027, 10, 19), FR) == date(2027, 7, 21)
    assert limitation_warning(date(2027, 10, 19), BE) is None


def test_interest_comes_first_where_the_regime_says_so() -> None:
    assert interest_first(NL)
    assert not interest_first(FR)
