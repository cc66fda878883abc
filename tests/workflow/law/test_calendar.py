"""Calendars: what is pinned does not move, what is unknown is an error, what has no list says so."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest

from workflow.law.calendar import UnknownCalendar, calendar
from workflow.law.period import compute_deadline
from workflow.law.regime import regimes

PINNED: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "calendars-2022-2027.json").read_text("utf-8")
)


@pytest.mark.parametrize("code", sorted(PINNED))
def test_the_holidays_of_2022_to_2027_are_pinned(code: str) -> None:
    for year, days in PINNED[code].items():
        found = {day for day in calendar(code).holidays_of(int(year)) if day.weekday() < 5}
        assert sorted(day.isoformat() for day in found) == days, (code, year)


def test_the_calendar_of_every_regime_is_pinned() -> None:
    clocks = {clock.calendar for each in regimes() for clock in each.clocks.values()}
    assert clocks | {each.calendar for each in regimes()} <= set(PINNED)


def test_every_country_and_territory_can_be_asked() -> None:
    for country, territories in holidays.list_supported_countries(include_aliases=False).items():
        assert calendar(country).holidays_of(2026) is not None
        for territory in territories:
            if len(territory) <= 3 and territory.isalnum() and territory.isupper():
                calendar(f"{country}-{territory}").holidays_of(2026)


def test_alsace_has_its_two_days_under_the_numbers_of_its_departments() -> None:
    for code in ("FR-57", "FR-67", "FR-68"):
        assert not calendar(code).is_working(date(2026, 4, 3))
        assert not calendar(code).is_working(date(2025, 12, 26))
    assert calendar("FR").is_working(date(2025, 12, 26))


def test_5_may_is_a_dutch_holiday_every_year() -> None:
    assert all(not calendar("NL").is_working(date(year, 5, 5)) for year in range(2000, 2031))


@pytest.mark.parametrize("code", ["XX", "fr", "FR-GES", "FR-", "FR-99", "XECB", "", "EU-FR", "DE-Augsburg"])
def test_an_unknown_code_is_an_error(code: str) -> None:
    with pytest.raises(UnknownCalendar):
        calendar(code)


def roll(event_on: str, **rules: Any) -> tuple[str, str]:
    answer = compute_deadline({"event_on": event_on, "period": "P1D", "roll": "next_working_day", **rules})
    return answer["last_day"], answer["explanation"][-1]["rule"]


def test_a_year_without_list_has_saturdays_and_sundays_only_and_says_so() -> None:
    last_day, rule = roll("2030-12-24", calendar="EU")
    assert last_day == "2030-12-25"
    assert "no list for 2030: Saturdays and Sundays only" in rule
    assert "no list for 2150" in roll("2150-01-01", calendar="FR")[1]


def test_a_list_that_is_not_verified_says_so() -> None:
    last_day, rule = roll("2025-12-23", calendar="EU")
    assert last_day == "2026-01-01"
    assert "list of 2025 not verified" in rule
    assert "list of 2023 not verified" not in roll("2023-12-24", calendar="EU")[1]


def test_extra_holidays_are_part_of_the_result() -> None:
    last_day, rule = roll("2026-03-03", calendar="FR", extra_holidays=["2026-03-05", "2026-03-04"])
    assert last_day == "2026-03-06"
    assert rule.startswith(f"last day is a holiday: next working day (calendar FR, holidays {holidays.__version__};")  # type: ignore[attr-defined]
    assert "extra holidays 2026-03-04, 2026-03-05" in rule
