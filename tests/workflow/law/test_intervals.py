"""Sets of days: what is joined, what is left without gaps, and the first day after them."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflow.law.days import days_between
from workflow.law.intervals import joined, past, without


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
