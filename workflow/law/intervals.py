"""Sets of days as runs of consecutive days: (first, last) pairs of proleptic ordinals, both inclusive.

A run costs the same whether it is a day or a century, and so does everything computed from it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from workflow.law.days import day_after, day_before

Run = tuple[int, int]
Days = list[Run]
"""Runs in order that neither overlap nor touch."""


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
    found: list[tuple[date, date]] = []
    for first, last in sorted(slices):
        if found and first <= day_after(found[-1][1]):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def without(first: date, last: date | None, gaps: Sequence[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """What is left of the days from first to last when the days of some gaps are dropped.

    None for a last day means that there is none yet: a stretch or a gap that goes on.

    >>> without(date(2023, 1, 1), None, [(date(2023, 1, 5), date(2023, 1, 9))])
    [(datetime.date(2023, 1, 1), datetime.date(2023, 1, 4)), (datetime.date(2023, 1, 10), None)]
    """
    if not gaps:
        return [(first, last)]
    left: list[tuple[date, date | None]] = []
    start: date | None = first
    for begin, end in sorted(gaps, key=lambda gap: gap[0]):
        if start is None or (last is not None and start > last):
            break
        if end is not None and end < start:
            continue
        if last is not None and begin > last:
            break
        if begin > start:
            left.append((start, day_before(begin)))
        start = None if end is None else max(start, day_after(end))
    if start is not None and (last is None or start <= last):
        left.append((start, last))
    return left


def past(day: date, gaps: Sequence[tuple[date, date | None]]) -> date | None:
    """The day itself, or the first day after the gaps it lies in; None while such a gap goes on.

    >>> past(date(2023, 1, 5), [(date(2023, 1, 5), date(2023, 1, 9))])
    datetime.date(2023, 1, 10)
    """
    if not gaps:
        return day
    for begin, end in sorted(gaps, key=lambda gap: gap[0]):
        if begin <= day and (end is None or day <= end):
            if end is None:
                return None
            day = day_after(end)
    return day


def _first(run: Run) -> int:
    return run[0]
