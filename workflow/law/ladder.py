"""The days of the ladder: when to remind, when a slice of late days falls due, which day is the first late one.

Days before a date and periods after one; nothing here is a rule of one authority: the numbers come from its regime
and from the clause.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from workflow.law.duration import add_months, read_duration
from workflow.law.instants import zone

_COMPONENT = re.compile(r"(\d+)([YMWD])")


def local_day(instant: datetime, timezone: str) -> date:
    """The day it is in the authority's zone at an aware instant."""
    return instant.astimezone(zone(timezone)).date()


def day_after(day: date) -> date:
    """The next calendar day: after the last day that still counts, the first late one."""
    return day + timedelta(days=1)


def day_before(day: date) -> date:
    """The calendar day before: the day of compliance is not late, the one before it may be."""
    return day - timedelta(days=1)


def days_between(earlier: date, later: date) -> int:
    """How many days later lies after earlier; 0 for the same day."""
    return (later - earlier).days


def far_after(day: date) -> date:
    """A day fifty years on: what has no unit by then has reached its cap and will never have one."""
    return _plus(day, "P50Y")


def year_from(day: date) -> date:
    """The same day a year on; 28 February for the last of a leap year's."""
    return _plus(day, "P1Y")


def reminder_days(starts_on: date, last_day: date, days_before: Sequence[int]) -> tuple[tuple[int, date], ...]:
    """Number and day of each reminder, earliest first.

    The numbers are the places in `days_before`, which the regime gives from far to near. A reminder on or before the
    day that starts the clock does not exist, and its number stays unused.
    """
    numbered = [(n, last_day - timedelta(days=days)) for n, days in enumerate(days_before, start=1)]
    return tuple((n, day) for n, day in numbered if day > starts_on)


@lru_cache(maxsize=4096)
def assessment_day(first_late_day: date, assess_after: str, assess_every: str | None, n: int) -> date | None:
    """The day on which slice n falls due: first late day + assess_after + (n - 1) × assess_every.

    The slice covers the late days up to the day before. None for n above 1 without `assess_every`: such a clause is
    proposed once. Each multiple is added in one step, so that months do not wear down to the shortest one.

    >>> assessment_day(date(2022, 12, 20), "P52D", None, 1)
    datetime.date(2023, 2, 10)
    """
    first = _plus(first_late_day, assess_after)
    if n == 1:
        return first
    if assess_every is None:
        return None
    return _plus(first, _times(assess_every, n - 1))


def slice_from(first_late_day: date, assess_after: str, assess_every: str | None, day: date) -> int:
    """The number of the first slice that falls due on a day or later; 1 where there is but one slice.

    Found by doubling and halving: a clause with a slice a day has thousands.

    >>> slice_from(date(2023, 1, 1), "P10D", "P1D", date(2023, 2, 1))
    22
    """
    if assess_every is None:
        return 1

    def due(n: int) -> bool:
        found = assessment_day(first_late_day, assess_after, assess_every, n)
        return found is None or found >= day

    least, most = 1, 1
    while not due(most):
        least, most = most + 1, most * 2
    while least < most:
        half = (least + most) // 2
        least, most = (least, half) if due(half) else (half + 1, most)
    return least


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


def _plus(day: date, period: str) -> date:
    length = read_duration(period)
    return add_months(day, length.all_months) + timedelta(days=length.all_days)


def _times(period: str, factor: int) -> str:
    return "P" + "".join(f"{int(count) * factor}{unit}" for count, unit in _COMPONENT.findall(period))
