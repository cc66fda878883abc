"""Sets of days as runs of consecutive days: (first, last) pairs of proleptic ordinals, both inclusive.

A run costs the same whether it is a day or a century, and so does everything computed from it. `joined`, `without` and
`past` are the same algebra for callers that hold dates, and days that have no end yet.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

Run = tuple[int, int]
Days = list[Run]
"""Runs in order that neither overlap nor touch."""

Stretch = tuple[date, date | None]
"""First and last date, both inclusive; None while there is no last one yet, which 9999-12-31 stands for as well."""

LAST_DAY = date.max.toordinal()


def union(runs: Iterable[Run]) -> Days:
    """Merge runs, in any order, overlapping or not, into a set of days."""
    merged: Days = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            if last > merged[-1][1]:
                merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def subtract(days: Days, away: Days) -> Days:
    """Give the days of one set that are not in the other."""
    left: Days = []
    for first, last in days:
        start = first
        n = max(bisect_right(away, (start, start)) - 1, 0)
        while n < len(away) and away[n][0] <= last:
            if away[n][1] >= start:
                if away[n][0] > start:
                    left.append((start, away[n][0] - 1))
                start = away[n][1] + 1
            n += 1
        if start <= last:
            left.append((start, last))
    return left


def clip(days: Days, first: int, last: int) -> Days:
    """Give the days of a set from one day to another, none when the other comes first."""
    if last < first:
        return []
    return [(max(first, a), min(last, b)) for a, b in days if b >= first and a <= last]


def count(days: Sequence[Run]) -> int:
    """Count the days of a set."""
    return sum(last - first + 1 for first, last in days)


def contains(days: Days, day: int) -> bool:
    """Tell whether a day is in a set."""
    n = bisect_right(days, day, key=_first) - 1
    return n >= 0 and days[n][1] >= day


def joined(slices: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The same days in as few slices as can be: those that follow each other without a gap become one.

    >>> joined([(date(2023, 1, 8), date(2023, 1, 14)), (date(2023, 1, 1), date(2023, 1, 7))])
    [(datetime.date(2023, 1, 1), datetime.date(2023, 1, 14))]
    """
    days = union((first.toordinal(), last.toordinal()) for first, last in slices)
    return [(date.fromordinal(first), date.fromordinal(last)) for first, last in days]


def without(first: date, last: date | None, gaps: Sequence[Stretch]) -> list[Stretch]:
    """The days from first to last that lie in no gap.

    >>> without(date(2023, 1, 1), None, [(date(2023, 1, 5), date(2023, 1, 9))])
    [(datetime.date(2023, 1, 1), datetime.date(2023, 1, 4)), (datetime.date(2023, 1, 10), None)]
    """
    if not gaps:
        return [(first, last)]
    left = subtract([_run(first, last)], union(_run(begin, end) for begin, end in gaps))
    return [(date.fromordinal(a), None if b == LAST_DAY else date.fromordinal(b)) for a, b in left]


def past(day: date, gaps: Sequence[Stretch]) -> date | None:
    """The day itself, or the first day after the gaps it lies in; None while such a gap goes on.

    >>> past(date(2023, 1, 5), [(date(2023, 1, 5), date(2023, 1, 9))])
    datetime.date(2023, 1, 10)
    """
    left = without(day, None, gaps)
    return left[0][0] if left else None


def _run(first: date, last: date | None) -> Run:
    return first.toordinal(), LAST_DAY if last is None else last.toordinal()


def _first(run: Run) -> int:
    return run[0]
