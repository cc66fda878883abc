"""The days around a day, those left of a period, and those that time given later frees."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law.days import day_after, day_before, days_between, days_left, grace_from, local_day, year_from

FIRST, LAST = date(2022, 10, 20), date(2022, 12, 19)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_days_beside_a_day(day: date) -> None:
    assert day_before(day_after(day)) == day
    assert (days_between(day, day), days_between(day, day_after(day))) == (0, 1)


def test_the_local_day_is_that_of_the_authority() -> None:
    instant = datetime(2022, 12, 19, 23, 30, tzinfo=UTC)
    assert local_day(instant, "Europe/Paris") == date(2022, 12, 20)
    assert local_day(instant, "Europe/London") == date(2022, 12, 19)


def test_a_year_on_is_the_same_day_or_the_last_of_february() -> None:
    assert year_from(date(2022, 12, 20)) == date(2023, 12, 20)
    assert year_from(date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("stopped_on", "left"),
    [("2022-10-01", 61), ("2022-10-20", 61), ("2022-12-10", 10), ("2022-12-19", 1), ("2022-12-20", 0)],
)
def test_the_day_on_which_a_period_stops_is_left(stopped_on: str, left: int) -> None:
    assert days_left(FIRST, LAST, date.fromisoformat(stopped_on)) == left


def test_a_duty_due_at_once_has_its_one_day_left() -> None:
    assert days_left(date(2022, 10, 20), date(2022, 10, 19), date(2022, 10, 19)) == 1
    assert days_left(date(2022, 10, 20), date(2022, 10, 19), date(2022, 10, 20)) == 0


@pytest.mark.parametrize(
    ("last_day", "given_on", "free_from"),
    [
        ("2022-12-19", "2022-12-01", None),
        ("2022-12-19", "2022-12-20", None),
        ("2022-12-19", "2022-12-21", "2022-12-21"),
        ("2023-01-31", "2023-01-20", "2023-02-01"),
    ],
)
def test_what_was_late_before_time_was_given_stays_late(last_day: str, given_on: str, free_from: str | None) -> None:
    found = grace_from(date(2022, 12, 20), date.fromisoformat(last_day), date.fromisoformat(given_on))
    assert found == (None if free_from is None else date.fromisoformat(free_from))
