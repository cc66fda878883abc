"""Calendars: what is pinned does not move, what is unknown is an error, what has no list says so."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest

from workflow.law.calendar import UnknownCalendar, calendar
from workflow.law.own_calendar import CalendarFileError, load_calendar, own_calendars
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


@pytest.mark.parametrize(
    "code",
    ["XX", "fr", "FR-GES", "FR-", "FR-99", "XECB", "", "EU-FR", "DE-Augsburg", "FR-PUBLIC", "-PUBLIC", "EU-PUBLIC"],
)
def test_an_unknown_code_is_an_error(code: str) -> None:
    with pytest.raises(UnknownCalendar):
        calendar(code)


def roll(event_on: str, **rules: Any) -> tuple[str, str]:
    answer = compute_deadline({"event_on": event_on, "period": "P1D", "roll": "next_working_day", **rules})
    return answer["last_day"], answer["explanation"][-1]["rule"]


def test_a_year_without_list_has_the_fixed_days_and_those_bound_to_easter_and_says_so() -> None:
    last_day, rule = roll("2030-12-23", calendar="EU")
    assert last_day == "2031-01-02"
    assert "no list for 2030, 2031: the fixed days and those bound to Easter" in rule
    assert "Christmas Eve on 2030-12-24" in rule
    assert "New Year's Day on 2031-01-01" in rule


def test_a_country_without_list_has_saturdays_and_sundays_only_and_says_so() -> None:
    assert "no list for 2150: Saturdays and Sundays only" in roll("2150-01-01", calendar="FR")[1]


def test_a_list_that_is_not_verified_says_so() -> None:
    last_day, rule = roll("2025-12-23", calendar="EU")
    assert last_day == "2026-01-02"
    assert "list of 2025 not verified" in rule
    assert "list of 2023 not verified" not in roll("2023-12-24", calendar="EU")[1]


@pytest.mark.parametrize(("on", "works"), [("2018-05-09", True), ("2019-05-09", False), ("2020-05-09", False)])
def test_europe_day_counts_since_2019(on: str, works: bool) -> None:
    for code in ("EU", "EU-COURT"):
        assert (date.fromisoformat(on) not in calendar(code).holidays_of(int(on[:4]))) is works


# Of each calendar of periods: a day that is a holiday in it, and days near it that are none.
@pytest.mark.parametrize(
    ("code", "holiday", "working"),
    [
        ("SE", "2026-06-19", ["2026-06-18", "2026-06-22"]),
        ("SE", "2020-06-19", ["2020-06-18", "2020-06-22"]),
        ("SE", "2015-06-19", ["2015-06-18", "2015-06-26"]),
        ("SE", "2027-06-25", ["2027-06-24", "2027-06-18"]),
        ("SE", "2026-12-24", ["2026-12-23", "2026-12-28"]),
        ("SE", "2026-12-31", ["2026-12-30"]),
        ("DK", "2026-06-05", ["2026-06-04"]),
        ("DK", "2026-12-31", ["2026-12-30", "2026-05-01"]),
        ("AT", "2026-04-03", ["2026-04-02"]),
        ("AT", "2026-12-24", ["2026-12-23", "2026-12-31"]),
        ("IE", "2021-04-01", ["2021-03-31", "2021-04-07"]),
        ("IE", "2021-04-06", ["2021-04-07"]),
        ("EU-COURT", "2023-12-26", ["2023-12-27", "2023-12-22"]),
        ("EU-COURT", "2026-06-23", ["2026-06-22", "2026-06-24"]),
        ("EU-COURT", "2025-12-26", ["2025-12-24", "2025-12-29", "2025-07-21", "2025-04-18"]),
    ],
)
def test_a_calendar_of_periods_has_its_own_days(code: str, holiday: str, working: list[str]) -> None:
    found = calendar(code)
    assert not found.is_working(date.fromisoformat(holiday))
    assert all(found.is_working(date.fromisoformat(day)) for day in working)


def test_the_public_holidays_alone_do_not_close_an_office() -> None:
    assert calendar("IE-PUBLIC").is_working(date(2021, 4, 1))
    assert not calendar("IE-PUBLIC").is_working(date(2021, 4, 5))


def test_each_list_of_our_own_has_its_source_and_says_whether_it_is_verified() -> None:
    for code, own in own_calendars().items():
        assert own.source.endswith("(edition 1)") or code == "EU"
        assert calendar(code).is_doubtful(2026) is (code in ("IE", "DK"))


def test_the_explanation_names_the_holiday_and_the_source_of_its_list() -> None:
    assert "lag (1930:173) § 2" in roll("2026-12-23", calendar="SE")[1]
    assert roll("2026-12-23", calendar="SE")[1].endswith(
        "; passed: Christmas Eve on 2026-12-24, Christmas Day on 2026-12-25)"
    )
    assert "list of 2021 not verified" in roll("2021-03-31", calendar="IE")[1]


GOOD = """edition = 1\nsource = "x"\nverified = true\n[[day]]\nname = "A day"\non = "12-24"
[year.2024]\nsource = "x"\nverified = true\ndays = [2024-12-24]\n"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("edition = 1", "", "needs day, edition, source, verified"),
        ("edition = 1", "edition = 1\nlist_from = 2004", "and nothing else"),
        ('on = "12-24"', "", "a day has name"),
        ('name = "A day"', "", "a day has name"),
        ('on = "12-24"', 'on = "12-24"\neaster = 1', "a day has name"),
        ('on = "12-24"', 'weekday = "Freitag"\nnot_before = "06-19"', "weekday is one of Monday"),
        ("days = [2024-12-24]", "", "year.2024 has days, source, verified"),
    ],
)
def test_a_file_of_a_calendar_says_what_is_wrong(old: str, new: str, said: str) -> None:
    assert load_calendar(GOOD, "x.toml").listed(2024) == {date(2024, 12, 24): "A day"}
    with pytest.raises(CalendarFileError, match=said):
        load_calendar(GOOD.replace(old, new), "x.toml")


def test_extra_holidays_are_part_of_the_result() -> None:
    last_day, rule = roll("2026-03-03", calendar="FR", extra_holidays=["2026-03-05", "2026-03-04"])
    assert last_day == "2026-03-06"
    assert rule.startswith(f"last day is a holiday: next working day (calendar FR, holidays {holidays.__version__};")  # type: ignore[attr-defined]
    assert "extra holidays 2026-03-04, 2026-03-05" in rule
