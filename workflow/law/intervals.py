"""Sets of days as runs of consecutive days: (first, last) pairs of proleptic ordinals, both inclusive.

A run costs the same whether it is a day or a century, and so does everything computed from it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

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


def _first(run: Run) -> int:
    return run[0]
