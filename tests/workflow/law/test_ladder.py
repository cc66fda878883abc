"""The days of the ladder: reminders before a last day, slices after a first late one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law.ladder import assessment_day, far_after, reminder_days, slice_from

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
BEFORE = st.lists(st.integers(0, 90), unique=True, max_size=5).map(lambda found: sorted(found, reverse=True))


def test_reminders_come_from_far_to_near_with_their_places_as_numbers() -> None:
    found = reminder_days(date(2022, 10, 19), date(2022, 12, 19), (30, 7, 1))
    assert found == ((1, date(2022, 11, 19)), (2, date(2022, 12, 12)), (3, date(2022, 12, 18)))


@pytest.mark.parametrize(
    ("last_day", "numbers"),
    [("2022-10-19", []), ("2022-10-20", []), ("2022-10-21", [3]), ("2022-10-26", [3]), ("2022-10-27", [2, 3])],
)
def test_a_reminder_on_or_before_the_first_day_does_not_exist_and_its_number_stays_unused(
    last_day: str, numbers: list[int]
) -> None:
    found = reminder_days(date(2022, 10, 19), date.fromisoformat(last_day), (30, 7, 1))
    assert [n for n, _ in found] == numbers


@given(DAYS, st.integers(0, 400), BEFORE)
def test_every_reminder_lies_after_the_start_and_not_after_the_last_day(
    start: date, length: int, before: list[int]
) -> None:
    last = date.fromordinal(start.toordinal() + length)
    found = reminder_days(start, last, before)
    assert [day for _, day in found] == sorted(day for _, day in found)
    assert {day for _, day in found} == {
        date.fromordinal(last.toordinal() - days) for days in before if last.toordinal() - days > start.toordinal()
    }


@pytest.mark.parametrize(
    ("after", "every", "n", "day"),
    [
        ("P52D", None, 1, "2023-02-10"),
        ("P52D", "P30D", 2, "2023-03-12"),
        ("P52D", "P30D", 3, "2023-04-11"),
        ("P2M", None, 1, "2023-02-20"),
        ("P1M11D", "P1M", 1, "2023-01-31"),
        ("P1M11D", "P1M", 2, "2023-02-28"),
        ("P1M11D", "P1M", 3, "2023-03-31"),
        ("P1W", "P1Y2M3W4D", 3, "2025-06-16"),
    ],
)
def test_a_slice_falls_due_after_its_periods(after: str, every: str | None, n: int, day: str) -> None:
    assert assessment_day(date(2022, 12, 20), after, every, n) == date.fromisoformat(day)


@pytest.mark.parametrize("n", [2, 3, 100])
def test_without_assess_every_there_is_one_slice(n: int) -> None:
    assert assessment_day(date(2022, 12, 20), "P52D", None, n) is None


@given(DAYS)
def test_what_has_no_unit_for_fifty_years_will_have_none(day: date) -> None:
    assert far_after(day).year == day.year + 50


@given(DAYS, st.sampled_from(["P1D", "P3W", "P1M", "P1M15D", "P1Y"]), st.integers(1, 40))
def test_slices_fall_due_one_after_the_other(start: date, every: str, n: int) -> None:
    earlier, later = (assessment_day(start, "P10D", every, each) for each in (n, n + 1))
    assert earlier is not None
    assert later is not None
    assert start < earlier < later


@given(
    first=st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    after=st.sampled_from(["P1D", "P10D", "P1M", "P52D"]),
    every=st.sampled_from([None, "P1D", "P7D", "P1M", "P1Y"]),
    days=st.integers(0, 900),
)
def test_the_first_slice_from_a_day_is_the_one_that_counting_finds(
    first: date, after: str, every: str | None, days: int
) -> None:
    day = date.fromordinal(first.toordinal() + days)
    n = 1
    while every is not None and (due := assessment_day(first, after, every, n)) is not None and due < day:
        n += 1
    assert slice_from(first, after, every, day) == n
