"""Period arithmetic against an independent slow count over days, and what is true of every deadline."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.workflow.law.slow_penalty import months_on
from workflow.law.calendar import calendar
from workflow.law.days import end_of_day, start_of_day
from workflow.law.instants import next_full_hour
from workflow.law.period import compute_deadline

DAY = timedelta(days=1)
FRENCH = frozenset(holidays.country_holidays("FR", years=range(1990, 2070)))
days = st.dates(date(1995, 1, 1), date(2060, 12, 31))


def deadline(random: Random) -> dict[str, Any]:
    def a_day() -> date:
        return date(1995, 1, 1) + DAY * random.randint(0, 24_000)

    years, months, weeks, number = (random.randint(0, most) for most in (2, 14, 5, 45))
    working = random.randint(0, 3) == 0
    if working:
        years = months = weeks = 0
    if not (years or months or weeks or number):
        number = 1
    parts = ((years, "Y"), (months, "M"), (weeks, "W"), (number, "D"))
    return {
        "event_on": a_day().isoformat(),
        "period": "P" + "".join(f"{n}{letter}" for n, letter in parts if n),
        "calendar": "FR",
        "roll": random.choice(["none", "next_working_day"]),
        "day_kind": "working" if working else "calendar",
        "first_day": random.choice(["exclude", "include"]),
        "franc": random.choice([True, False]),
        "min_working_days": random.randint(0, 4),
        "distance_months": 0 if working else random.choice([0, 0, 1, 2]),
        "extra_holidays": [a_day().isoformat() for _ in range(random.randint(0, 2))],
        "parts": (years, months, weeks, number),
    }


def slow(request: dict[str, Any]) -> date:
    years, months, weeks, number = request["parts"]
    event = date.fromisoformat(request["event_on"])
    off = {date.fromisoformat(day) for day in request["extra_holidays"]}

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in FRENCH and day not in off

    if request["day_kind"] == "working":
        day = event - DAY if request["first_day"] == "include" else event
        while number:
            day += DAY
            number -= works(day)
    else:
        day = months_on(event, years * 12 + months + request["distance_months"])
        for _ in range(weeks * 7 + number):
            day += DAY
        if request["first_day"] == "include":
            day -= DAY
    if request["franc"]:
        day += DAY
    rolls = request["roll"] == "next_working_day"
    while rolls and not works(day):
        day += DAY
    while sum(works(event + DAY * n) for n in range(1, (day - event).days + 1)) < request["min_working_days"]:
        day += DAY
        while rolls and not works(day):
            day += DAY
    return day


@settings(max_examples=100)
@given(st.integers(0, 2**64))
def test_ten_thousand_last_days_agree_with_a_slow_count_over_days(seed: int) -> None:
    random = Random(seed)
    for _ in range(100):
        request = deadline(random)
        expected = slow(request)
        request.pop("parts")
        last_day = compute_deadline(request)["last_day"]
        assert last_day == expected.isoformat(), request
        if request["roll"] == "next_working_day":
            extra = [date.fromisoformat(day) for day in request["extra_holidays"]]
            assert calendar("FR").with_extra(extra).is_working(date.fromisoformat(last_day))


@given(days, st.sampled_from(["Europe/Paris", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]))
def test_a_day_ends_where_the_next_begins(day: date, timezone: str) -> None:
    assert end_of_day(day, timezone) == start_of_day(day + DAY, timezone)
    assert start_of_day(day, timezone).tzinfo is UTC
    hours = (end_of_day(day, timezone) - start_of_day(day, timezone)) / timedelta(hours=1)
    assert 23 <= hours <= 25 or timezone == "Pacific/Apia"


seconds = st.integers(946_684_800, 2_208_988_800)


@given(seconds, st.sampled_from(["Europe/Paris", "Australia/Lord_Howe"]))
@example(1_445_727_600, "Europe/Paris")  # in the hour that the clock shows twice
@example(1_445_731_200, "Europe/Paris")
def test_the_next_full_hour_is_the_first_minute_at_which_the_clock_shows_one(second: int, timezone: str) -> None:
    instant = datetime.fromtimestamp(second, ZoneInfo(timezone))
    minute = instant.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    while minute.astimezone(ZoneInfo(timezone)).minute:
        minute += timedelta(minutes=1)
    # Compared as instants: Python never calls a local time that exists twice equal to one of another zone.
    assert next_full_hour(instant).astimezone(UTC) == minute


def test_hours_across_both_changes_of_the_clock_are_elapsed_hours() -> None:
    zone = {"timezone": "Europe/Paris", "period": "PT24H"}
    spring = compute_deadline({"event_at": "2026-03-28T12:00", **zone})
    autumn = compute_deadline({"event_at": "2026-10-24T12:00:30.5", **zone})
    assert spring["last_instant"] == "2026-03-29T14:00:00+02:00"
    assert autumn["last_instant"] == "2026-10-25T12:00:00+01:00"


def test_an_hour_that_exists_twice_is_told_by_its_offset() -> None:
    for offset, last in (("+02:00", "02:00:00+01:00"), ("+01:00", "03:00:00+01:00")):
        request = {"event_at": f"2026-10-25T02:30{offset}", "timezone": "Europe/Paris", "period": "PT24H"}
        assert compute_deadline(request)["last_instant"] == f"2026-10-26T{last}"


def test_a_day_needs_no_offset_for_an_hour_that_exists_twice() -> None:
    request = {"event_at": "2026-10-25T02:30", "timezone": "Europe/Paris", "period": "P1D"}
    answer = compute_deadline(request)
    assert (answer["last_day"], answer["ends_at"]) == ("2026-10-26", "2026-10-26T23:00:00Z")


def test_half_an_hour_moved_forward_over_the_full_hour() -> None:
    request = {"event_at": "2026-10-04T01:20", "timezone": "Australia/Lord_Howe", "period": "PT1H"}
    assert compute_deadline(request)["last_instant"] == "2026-10-04T04:00:00+11:00"


def test_universal_time_may_be_written_where_it_is_the_offset() -> None:
    request = {"event_at": "2026-01-01T00:00:00Z", "timezone": "Europe/London", "period": "PT1H"}
    assert compute_deadline(request)["last_instant"] == "2026-01-01T02:00:00+00:00"
    west = {"event_at": "2026-01-01T00:00:00-05:00", "timezone": "America/New_York", "period": "PT1H"}
    assert compute_deadline(west)["last_instant"] == "2026-01-01T02:00:00-05:00"
