"""The ladder of steps: the days of reminders before a last day, and the days on which slices of late days fall due.

Nothing here is a rule of one authority: the numbers come from its regime and from the clause.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from workflow.law.duration import add_months, read_duration

_COMPONENT = re.compile(r"(\d+)([YMWD])")


def far_after(day: date) -> date:
    """A day fifty years on: what has no unit by then has reached its cap and will never have one."""
    return _plus(day, "P50Y")


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


def _plus(day: date, period: str) -> date:
    length = read_duration(period)
    return add_months(day, length.all_months) + timedelta(days=length.all_days)


def _times(period: str, factor: int) -> str:
    return "P" + "".join(f"{int(count) * factor}{unit}" for count, unit in _COMPONENT.findall(period))
