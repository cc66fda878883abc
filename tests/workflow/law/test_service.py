"""The legal day of a deemed service, as each regime has it, and the window of an appeal with its distance."""

from dataclasses import replace
from datetime import date

import pytest

from workflow.law.appeal import appeal_window, distance_months, finality_day
from workflow.law.receipt import check_receipt
from workflow.law.regime import regime
from workflow.law.service import deemed_service


@pytest.mark.parametrize(
    ("name", "basis", "rests_on", "served_on", "certain_on"),
    [
        ("fr-cnil", "uncollected", "2022-10-19", "2022-10-19", "2022-11-04"),
        ("fr-cnil", "unopened", "2022-10-19", "2022-11-03", "2022-11-03"),
        ("de-federal@1", "posted", "2024-12-30", "2025-01-02", "2025-01-02"),
        ("de-federal@2", "posted", "2025-01-02", "2025-01-06", "2025-01-06"),
        ("de-federal@2", "posted", "2025-01-08", "2025-01-12", "2025-01-12"),  # a Sunday: the deemed day does not roll
        ("nl-ap", "posted", "2025-01-02", "2025-01-02", "2025-01-02"),
        ("es-aepd", "unopened", "2025-01-02", "2025-01-12", "2025-01-12"),
        ("se-imy", "posted", "2025-01-02", "2025-01-16", "2025-01-16"),
    ],
)
def test_each_regime_has_its_own_day(name: str, basis: str, rests_on: str, served_on: str, certain_on: str) -> None:
    rules = regime(name)
    found = deemed_service(basis, date.fromisoformat(rests_on), rules)
    assert found is not None
    assert (found.served_on.isoformat(), found.certain_on.isoformat()) == (served_on, certain_on)
    why = found.explanation[-1]
    assert (why["before"], why["after"]) == (rests_on, served_on)
    assert why["reference"] == rules.values[f"service.{basis}"].ref
    assert ("(unverified)" in why["rule"]) is not rules.values[f"service.{basis}"].verified
    if found.receipt is not None:
        assert check_receipt(found.receipt) == []


@pytest.mark.parametrize(("name", "basis"), [("fr-cnil", "posted"), ("ie-dpc", "unopened"), ("nl-ap", "unopened")])
def test_a_regime_without_a_rule_gives_no_day(name: str, basis: str) -> None:
    assert deemed_service(basis, date(2025, 1, 2), regime(name)) is None


@pytest.mark.parametrize(
    ("country", "last_day"),
    [
        (None, "2022-12-20"),
        ("FR", "2022-12-20"),
        ("RE", "2023-01-20"),
        ("US", "2023-02-20"),
    ],
)
def test_the_french_window_is_longer_for_those_far_away(country: str | None, last_day: str) -> None:
    window = appeal_window(date(2022, 10, 19), None, country, regime("fr-cnil"))
    assert window is not None
    assert window["result"]["last_day"] == last_day
    assert check_receipt(window) == []


def test_a_window_that_starts_at_dispatch_runs_from_the_day_of_posting_where_it_is_known() -> None:
    rules = regime("nl-ap")
    for posted_on, last_day in ((date(2025, 1, 6), "2025-02-17"), (None, "2025-02-19")):
        window = appeal_window(date(2025, 1, 8), posted_on, "US", rules)
        assert window is not None
        assert window["result"]["last_day"] == last_day


def test_a_party_abroad_has_no_more_time_where_the_regime_gives_none() -> None:
    rules = regime("de-federal")
    assert distance_months(rules.clocks["appeal"], "US", rules) == 0
    eu = regime("eu-commission")
    assert distance_months(eu.clocks["appeal"], "FR", eu) == 0


def test_finality_comes_after_the_last_window_and_the_grace() -> None:
    rules = regime("fr-cnil")
    assert rules.ladder.finality_grace_days == 14
    assert finality_day([date(2022, 12, 20), date(2023, 2, 20)], rules) == date(2023, 3, 7)


def test_a_regime_without_a_clock_for_appeals_has_no_window() -> None:
    rules = regime("fr-cnil")
    clocks = {name: clock for name, clock in rules.clocks.items() if name != "appeal"}
    assert appeal_window(date(2022, 10, 19), None, "US", replace(rules, clocks=clocks)) is None
