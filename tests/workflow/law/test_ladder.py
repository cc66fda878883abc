"""The days of the ladder: reminders before a last day, slices after a first late one."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law.ladder import (
    assessment_day,
    day_after,
    day_before,
    days_between,
    far_after,
    joined,
    local_day,
    past,
    reminder_days,
    slice_from,
    without,
    year_from,
)

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


@given(DAYS, st.sampled_from(["P1D", "P3W", "P1M", "P1M15D", "P1Y"]), st.integers(1, 40))
def test_slices_fall_due_one_after_the_other(start: date, every: str, n: int) -> None:
    earlier, later = (assessment_day(start, "P10D", every, each) for each in (n, n + 1))
    assert earlier is not None
    assert later is not None
    assert start < earlier < later


@given(DAYS)
def test_the_days_beside_a_day(day: date) -> None:
    assert day_before(day_after(day)) == day
    assert (days_between(day, day), days_between(day, day_after(day))) == (0, 1)
    assert far_after(day).year == day.year + 50


def test_the_local_day_is_that_of_the_authority() -> None:
    instant = datetime(2022, 12, 19, 23, 30, tzinfo=UTC)
    assert local_day(instant, "Europe/Paris") == date(2022, 12, 20)
    assert local_day(instant, "Europe/London") == date(2022, 12, 19)


def test_a_year_on_is_the_same_day_or_the_last_of_february() -> None:
    assert year_from(date(2022, 12, 20)) == date(2023, 12, 20)
    assert year_from(date(2024, 2, 29)) == date(2025, 2, 28)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), max_size=12))
def test_joined_slices_hold_the_same_days_with_a_gap_between_each(spans: list[tuple[int, int]]) -> None:
    start = date(2023, 1, 1).toordinal()
    slices = [(date.fromordinal(start + a), date.fromordinal(start + a + n)) for a, n in spans]
    found = joined(slices)
    days = {day for first, last in slices for day in range(first.toordinal(), last.toordinal() + 1)}
    assert {day for first, last in found for day in range(first.toordinal(), last.toordinal() + 1)} == days
    assert all(days_between(one[1], two[0]) > 1 for one, two in pairwise(found))


QUARTER = st.dates(date(2023, 1, 1), date(2023, 3, 31))
GAPS = st.lists(
    st.tuples(QUARTER, st.none() | QUARTER).filter(lambda gap: gap[1] is None or gap[0] <= gap[1]), max_size=5
)


def days_of(first: date, last: date) -> set[date]:
    return {date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)}


@given(first=QUARTER, last=st.none() | QUARTER, gaps=GAPS)
def test_days_without_gaps_are_those_no_gap_holds(
    first: date, last: date | None, gaps: list[tuple[date, date | None]]
) -> None:
    end = date(2023, 6, 30)
    dropped: set[date] = set().union(*(days_of(begin, to or end) for begin, to in gaps))
    wanted = days_of(first, last or end) - dropped
    found = without(first, last, gaps)
    kept: list[set[date]] = [days_of(begin, to or end) for begin, to in found]
    assert set().union(*kept) == wanted
    assert sum(map(len, kept)) == len(wanted)
    assert all(to is not None for _, to in found[:-1])


@given(day=QUARTER, gaps=GAPS)
def test_a_day_past_the_gaps_is_the_first_that_no_gap_holds(day: date, gaps: list[tuple[date, date | None]]) -> None:
    end = date(2023, 6, 30)
    dropped: set[date] = set().union(*(days_of(begin, to or end) for begin, to in gaps))
    free = sorted(days_of(day, end) - dropped)
    assert past(day, gaps) == (free[0] if free else None)


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
