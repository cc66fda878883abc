"""Lengths of time as the law writes them: years, months, weeks and days, or hours alone. ISO 8601, whole, positive."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_CALENDAR = re.compile(r"P(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?")
_HOURS = re.compile(r"PT([0-9]{1,6})H")

DAYS_IN_WEEK = 7
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MONTHS_IN_YEAR = 12


class NotADuration(ValueError):
    """This is no length of time."""


class Duration(NamedTuple):
    """A length of time; hours stand alone."""

    years: int
    months: int
    weeks: int
    days: int
    hours: int

    @property
    def all_months(self) -> int:
        """Years and months together, in months."""
        return self.years * MONTHS_IN_YEAR + self.months

    @property
    def all_days(self) -> int:
        """Weeks and days together, in days."""
        return self.weeks * DAYS_IN_WEEK + self.days

    @property
    def words(self) -> str:
        """The length in words: "two months", "one month and 15 days"."""
        return _in_words(self)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number of things: "two months", "52 days", "one breach", "no day"; small numbers in words."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {noun if number < 2 else plural or (noun and f'{noun}s')}".rstrip()


@lru_cache(maxsize=4096)
def _in_words(length: Duration) -> str:
    named = zip(length, ("year", "month", "week", "day", "hour"), strict=True)
    parts = [counted(n, name) for n, name in named if n]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


@lru_cache(maxsize=4096)
def read_duration(text: str) -> Duration:
    """Read an ISO 8601 length: `P2M`, `P15D`, `P3W`, `P1Y`, `P1M15D`, `PT24H`.

    Upper case, whole numbers, every component above zero, in the order Y M W D; hours mix with nothing.
    NotADuration for everything else.
    """
    found = _CALENDAR.fullmatch(text)
    hours = _HOURS.fullmatch(text) if found is None else None
    components = found.groups() if found else hours.groups() if hours else ()
    numbers = [int(component) for component in components if component is not None]
    if not numbers or 0 in numbers:
        raise NotADuration(
            "a length like P2M, P15D, P3W, P1M15D or PT24H: upper case, whole, every number above zero, hours alone"
        )
    if hours:
        return Duration(0, 0, 0, 0, numbers[0])
    years, months, weeks, days = (int(component or 0) for component in components)
    return Duration(years, months, weeks, days, 0)


def add_months(day: date, months: int) -> date:
    """Give the same day number so many months on, or the month's last day where that number does not exist.

    A number of months below zero goes back. Always in one step: 31 January plus two months is 31 March, although plus
    one is 28 February. OverflowError outside years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("outside years 1 to 9999")
    number = day.day
    if number > 28:  # every month has 28 days: only later ones can be missing
        number = min(number, monthrange(year, month + 1)[1])
    return date(year, month + 1, number)
