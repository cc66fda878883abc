"""The units of a clause laid over its countable days. Units are numbered from 0; a day is a proleptic ordinal.

A grid answers three questions about a unit (its first countable day, its last day, the day it belongs to) and finds
units by day, so that a tariff is laid over any number of units at the cost of its changes alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import Protocol

from workflow.law.duration import MONTHS_IN_YEAR, add_months
from workflow.law.intervals import Days, Run

_YEAR_10000 = date.max.toordinal() + 1


class Grid(Protocol):
    """Units in order of their days."""

    count: int

    def first(self, k: int) -> int:
        """Give the first countable day of unit k."""

    def last(self, k: int) -> int:
        """Give the last day of unit k."""

    def belongs(self, k: int) -> int:
        """Give the day on which unit k is billed."""

    def beginning_from(self, day: int) -> int:
        """Find the first unit whose first countable day is this day or later."""

    def belonging_from(self, day: int) -> int:
        """Find the first unit that belongs to this day or a later one."""

    def breaks(self) -> Iterable[int]:
        """List the units that do not begin on the day after the one before them."""


class DayGrid:
    """Units of n countable days in a row; days that do not count are skipped, and the unit goes on after them."""

    __slots__ = ("_before", "_days", "_size", "_started", "_total", "count")

    def __init__(self, days: Days, size: int, started: bool) -> None:
        self._days = days
        self._size = size
        self._started = started
        # The number of countable days before each run, and in all.
        self._before = [0, *accumulate(last - first + 1 for first, last in days)]
        self._total = self._before[-1]
        self.count = -(-self._total // size) if started else self._total // size

    def _day(self, position: int) -> int:
        run = bisect_right(self._before, position) - 1
        return self._days[run][0] + position - self._before[run]

    def _position(self, day: int) -> int:
        """Count the countable days before a day."""
        run = bisect_right(self._days, day, key=_first) - 1
        if run < 0:
            return 0
        first, last = self._days[run]
        return self._before[run] + min(day, last + 1) - first

    def first(self, k: int) -> int:
        """Give the first countable day of unit k."""
        return self._day(k * self._size)

    def last(self, k: int) -> int:
        """Give the last countable day of unit k; of a unit only begun, the last there is."""
        return self._day(min((k + 1) * self._size, self._total) - 1)

    def belongs(self, k: int) -> int:
        """Give the day on which unit k is billed: its first when started units count, else its last."""
        return self.first(k) if self._started else self.last(k)

    def beginning_from(self, day: int) -> int:
        """Find the first unit whose first countable day is this day or later."""
        return -(-self._position(day) // self._size)

    def belonging_from(self, day: int) -> int:
        """Find the first unit that belongs to this day or a later one."""
        return self.beginning_from(day) if self._started else self._position(day) // self._size

    def breaks(self) -> Iterable[int]:
        """List the units that begin after a gap."""
        return [before // self._size for before in self._before[1:-1] if before % self._size == 0]


class MonthGrid:
    """Units of n months from the first late day, each computed in one step; suspensions do not move them.

    A unit without a countable day does not count and takes no ordinal. A unit whose last day lies after `end` is not
    completed.
    """

    __slots__ = ("_begin", "_counted_before", "_days", "_final", "_months", "_skipped", "_started", "count")

    def __init__(self, days: Days, begin: int, end: int, months: int, started: bool) -> None:
        self._days = days
        self._begin = date.fromordinal(begin)
        self._months = months
        self._final = end
        self._started = started
        beyond = (date.fromordinal(max(end, begin)).year - self._begin.year + 1) * MONTHS_IN_YEAR // months + 2
        # Calendar units that count by their first or their last day, then without those that have no countable day.
        calendar_units = bisect_right(range(beyond), end, key=self._start if started else self._end)
        # Runs of units without a countable day: how many units that count come before each, and all that are skipped.
        self._counted_before: list[int] = []
        self._skipped = [0]
        lasts = [begin - 1, *(last for _, last in days)]
        firsts = [*(first for first, _ in days), _YEAR_10000 + 2]
        for gap_first, gap_end in zip(lasts, firsts, strict=True):
            empty_from = bisect_left(range(calendar_units), gap_first + 1, key=self._start)
            empty_to = bisect_left(range(calendar_units), gap_end, key=self._end)
            if empty_from < empty_to:
                self._counted_before.append(empty_from - self._skipped[-1])
                self._skipped.append(self._skipped[-1] + empty_to - empty_from)
        self.count = calendar_units - self._skipped[-1]

    def _start(self, k: int) -> int:
        try:
            return add_months(self._begin, k * self._months).toordinal()
        except OverflowError:
            # A unit may still end with year 9999: then the next would begin on the very first day that does not exist.
            month = self._begin.year * MONTHS_IN_YEAR + self._begin.month - 1 + k * self._months
            return _YEAR_10000 + (self._begin.day > 1 or month > (date.max.year + 1) * MONTHS_IN_YEAR)

    def _end(self, k: int) -> int:
        return self._start(k + 1) - 1

    def _unit(self, k: int) -> int:
        """Give the number on the calendar of the unit of ordinal k."""
        return k + self._skipped[bisect_right(self._counted_before, k)]

    def first(self, k: int) -> int:
        """Give the first countable day of unit k."""
        start = self._start(self._unit(k))
        run = bisect_left(self._days, start, key=_last)
        return max(start, self._days[run][0])

    def last(self, k: int) -> int:
        """Give the last day of unit k on the calendar, even when suspended; of a unit only begun, the end."""
        last = self._end(self._unit(k))
        return min(last, self._final) if self._started else last

    def belongs(self, k: int) -> int:
        """Give the day on which unit k is billed."""
        return self.first(k) if self._started else self.last(k)

    def beginning_from(self, day: int) -> int:
        """Find the first unit whose first countable day is this day or later."""
        return bisect_left(range(self.count), day, key=self.first)

    def belonging_from(self, day: int) -> int:
        """Find the first unit that belongs to this day or a later one."""
        return bisect_left(range(self.count), day, key=self.belongs)

    def breaks(self) -> Iterable[int]:
        """List the units that do not begin on the day after the one before them."""
        near = {self.beginning_from(first) for first, _ in self._days[1:]}
        return [k for k in near if 0 < k < self.count and self.first(k) != self.last(k - 1) + 1]


class ListedGrid:
    """Units of one day each: a lump sum on its day, or breaches on theirs."""

    __slots__ = ("_days", "count")

    def __init__(self, days: list[int]) -> None:
        self._days = days
        self.count = len(days)

    def first(self, k: int) -> int:
        """Give the day of unit k."""
        return self._days[k]

    last = belongs = first

    def beginning_from(self, day: int) -> int:
        """Find the first unit on this day or later."""
        return bisect_left(self._days, day)

    belonging_from = beginning_from

    def breaks(self) -> Iterable[int]:
        """List every unit: each has a line of its own."""
        return range(self.count)


def _first(run: Run) -> int:
    return run[0]


def _last(run: Run) -> int:
    return run[1]
