"""Sets of days: joined, taken from each other, cut at two days; and the same for dates without an end yet."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflow.law.intervals import Days, Run, Stretch, clip, contains, count, joined, past, subtract, union, without

# Few days, so that runs often begin and end on one day, or on the day before or after.
DAY = st.integers(1, 12)
RUNS = st.lists(st.tuples(DAY, st.integers(0, 4)).map(lambda run: (run[0], run[0] + run[1])), max_size=5)
GAPS = st.lists(
    st.tuples(DAY, st.none() | DAY).filter(lambda gap: gap[1] is None or gap[0] <= gap[1]),
    max_size=4,
)
Gap = tuple[int, int | None]
FAR = 40


def days_of(runs: list[Run]) -> set[int]:
    return {day for first, last in runs for day in range(first, last + 1)}


def is_set(days: Days) -> bool:
    return all(first <= last for first, last in days) and all(later[0] - one[1] > 1 for one, later in pairwise(days))


def dated(day: int) -> date:
    return date(2023, 1, day)


def stretches(gaps: list[Gap]) -> list[Stretch]:
    return [(dated(first), None if last is None else dated(last)) for first, last in gaps]


@given(RUNS)
@example([(1, 3), (4, 6)])
@example([(1, 3), (5, 6)])
@example([(1, 6), (2, 3)])
def test_runs_are_merged_into_a_set_of_the_same_days(runs: list[Run]) -> None:
    found = union(runs)
    assert is_set(found)
    assert days_of(found) == days_of(runs)
    assert count(found) == len(days_of(runs))
    assert joined([(dated(a), dated(b)) for a, b in runs]) == [(dated(a), dated(b)) for a, b in found]


@given(RUNS, RUNS)
@example([(5, 9)], [(3, 4)])
@example([(5, 9)], [(3, 5)])
@example([(5, 9)], [(3, 6)])
@example([(5, 9)], [(8, 12)])
@example([(5, 9)], [(9, 12)])
@example([(5, 9)], [(10, 12)])
@example([(1, 3), (5, 9)], [(3, 5)])
def test_a_set_is_taken_from_another(runs: list[Run], away: list[Run]) -> None:
    found = subtract(union(runs), union(away))
    assert is_set(found)
    assert days_of(found) == days_of(runs) - days_of(away)


@given(RUNS, DAY, DAY)
@example([(5, 9)], 5, 9)
@example([(5, 9)], 9, 12)
@example([(5, 9)], 1, 5)
@example([(5, 9)], 6, 5)
def test_a_set_is_cut_at_two_days(runs: list[Run], first: int, last: int) -> None:
    found = clip(union(runs), first, last)
    assert is_set(found)
    assert days_of(found) == {day for day in days_of(runs) if first <= day <= last}


@given(RUNS, DAY)
@example([(5, 9)], 4)
@example([(5, 9)], 5)
@example([(5, 9)], 9)
@example([(5, 9)], 10)
def test_a_day_is_in_a_set_or_not(runs: list[Run], day: int) -> None:
    assert contains(union(runs), day) == (day in days_of(runs))


@pytest.mark.parametrize(
    ("gap", "left", "left_of_open"),
    [
        ((3, 4), [(5, 9)], [(5, None)]),  # ends on the day before the first
        ((3, 5), [(6, 9)], [(6, None)]),
        ((3, 6), [(7, 9)], [(7, None)]),
        ((5, 5), [(6, 9)], [(6, None)]),
        ((6, 8), [(5, 5), (9, 9)], [(5, 5), (9, None)]),
        ((5, 9), [], [(10, None)]),
        ((8, 12), [(5, 7)], [(5, 7), (13, None)]),
        ((9, 12), [(5, 8)], [(5, 8), (13, None)]),
        ((10, 12), [(5, 9)], [(5, 9), (13, None)]),  # begins on the day after the last
        ((4, None), [], []),
        ((5, None), [], []),
        ((6, None), [(5, 5)], [(5, 5)]),
        ((9, None), [(5, 8)], [(5, 8)]),
        ((10, None), [(5, 9)], [(5, 9)]),
    ],
)
def test_a_gap_takes_its_first_and_its_last_day(gap: Gap, left: list[Gap], left_of_open: list[Gap]) -> None:
    assert without(dated(5), dated(9), stretches([gap])) == stretches(left)
    assert without(dated(5), None, stretches([gap])) == stretches(left_of_open)


@given(first=DAY, last=st.none() | DAY, gaps=GAPS)
@example(first=5, last=None, gaps=[(3, 5), (6, 7)])
@example(first=5, last=9, gaps=[(9, None), (3, 5)])
@example(first=5, last=5, gaps=[(5, 5)])
def test_days_without_gaps_are_those_no_gap_holds(first: int, last: int | None, gaps: list[Gap]) -> None:
    if last is not None and last < first:
        first, last = last, first
    found = without(dated(first), None if last is None else dated(last), stretches(gaps))
    left = [(begin.day, FAR if end is None else end.day) for begin, end in found]
    dropped = days_of([(begin, FAR if end is None else end) for begin, end in gaps])
    assert days_of(left) == days_of([(first, FAR if last is None else last)]) - dropped
    assert is_set(left)


@pytest.mark.parametrize(
    ("gaps", "day"),
    [
        ([(3, 4)], 5),
        ([(3, 5)], 6),
        ([(5, 5)], 6),
        ([(6, 9)], 5),
        ([(6, 9), (3, 5)], 10),
        ([(3, 5), (7, 9)], 6),
        ([(3, 9), (4, 6)], 10),
        ([(4, None)], None),
        ([(5, None)], None),
        ([(6, None)], 5),
        ([(3, 5), (6, None)], None),
    ],
)
def test_a_day_in_a_gap_moves_to_the_day_after_it(gaps: list[Gap], day: int | None) -> None:
    assert past(dated(5), stretches(gaps)) == (None if day is None else dated(day))


@given(day=DAY, gaps=GAPS)
def test_a_day_past_the_gaps_is_the_first_that_no_gap_holds(day: int, gaps: list[Gap]) -> None:
    dropped = days_of([(begin, FAR if end is None else end) for begin, end in gaps])
    free = min(set(range(day, FAR)) - dropped, default=None)
    assert past(dated(day), stretches(gaps)) == (None if free is None else dated(free))


def test_the_last_day_of_all_is_as_good_as_no_end() -> None:
    assert without(date(9999, 12, 30), date.max, [(date(9999, 12, 30), date(9999, 12, 30))]) == [(date.max, None)]
    assert past(dated(5), [(dated(5), date.max)]) is None
