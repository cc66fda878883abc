"""Arithmetic of legal days, and the instants at which a day begins and ends in its time zone."""

from datetime import UTC, date, datetime, time, timedelta

from workflow.law.duration import MONTHS_IN_YEAR, add_months
from workflow.law.instants import zone

_DAY = timedelta(days=1)


def day_after(day: date) -> date:
    """The next calendar day: after the last day that still counts, the first late one."""
    return day + _DAY


def day_before(day: date) -> date:
    """The calendar day before: the day of compliance is not late, the one before it may be."""
    return day - _DAY


def days_between(earlier: date, later: date) -> int:
    """How many days later lies after earlier; 0 for the same day."""
    return (later - earlier).days


def year_from(day: date) -> date:
    """The same day a year on; 28 February for the last of a leap year's."""
    return add_months(day, MONTHS_IN_YEAR)


def days_left(first: date, last_day: date, stopped_on: date) -> int:
    """How many days of a period were left when a suspension stopped it on a day, that day included; 0 when it was over.

    `first` is the first day of the period. A duty due at once has its one day left.

    >>> days_left(date(2022, 10, 20), date(2022, 12, 19), date(2022, 12, 10))
    10
    """
    begin = max(stopped_on, min(first, last_day))
    return max(days_between(begin, last_day) + 1, 0)


def grace_from(first_late_day: date, last_day: date, given_on: date) -> date | None:
    """The first day that time given on a day frees from being late, where days before it stay late; else None.

    None too when no day was late yet: then the whole clock moves.

    >>> grace_from(date(2022, 12, 20), date(2022, 12, 19), date(2023, 1, 10))
    datetime.date(2023, 1, 10)
    """
    if given_on <= first_late_day:
        return None
    return max(given_on, day_after(last_day))


def local_day(instant: datetime, timezone: str) -> date:
    """The day it is in the authority's zone at an aware instant."""
    return instant.astimezone(zone(timezone)).date()


def start_of_day(day: date, timezone: str) -> datetime:
    """Give the UTC instant at which a local day begins; OverflowError when that lies outside years 1 to 9999."""
    return datetime.combine(day, time(0), zone(timezone)).astimezone(UTC)


def end_of_day(day: date, timezone: str) -> datetime:
    """Give the UTC instant at which a local day ends: the midnight that begins the next one.

    Days of 23 and 25 hours come out right. OverflowError for 9999-12-31.
    """
    return start_of_day(day + _DAY, timezone)
