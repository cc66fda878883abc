"""What an explanation says of a calendar: which list, which of its days moved a last day, which years it lacks."""

from collections.abc import Iterator
from datetime import date

from workflow.law.calendar import SATURDAY, Calendar
from workflow.law.counting_rules import CountingRules

MOST_NAMED = 12
"""A count of many working days passes more holidays than a reader wants to see."""

PASSED = "; passed: "
"""What comes before the holidays that moved a day, at the end of the words about a calendar."""


def why_no_working_day(day: date) -> str:
    """Say what a day is that is no working day."""
    return ("Saturday", "Sunday")[day.weekday() - SATURDAY] if day.weekday() >= SATURDAY else "holiday"


def calendar_words(rules: CountingRules, first: date, last: date, *, moved: bool) -> str:
    """Name the calendar with the source of its list, its extra days, and the years it has no list for.

    `first` and `last` are the days before and after the step, in either order. With `moved` the holidays among them
    are named that are no Saturday or Sunday; the day that the step leads to is none.
    """
    calendar = rules.calendar
    assert calendar is not None
    if last < first:
        first, last = last, first
    years = range(first.year, last.year + 1)
    parts = [f"calendar {calendar.code}, {calendar.sources(years)}"]
    if calendar.extra:
        parts.append(f"extra holidays {', '.join(day.isoformat() for day in sorted(calendar.extra))}")
    without = [str(year) for year in years if not calendar.covers(year)]
    doubtful = [str(year) for year in years if calendar.is_doubtful(year)]
    if rules.mark("calendar"):
        parts.append("not verified")
    if doubtful:
        parts.append(f"list of {', '.join(doubtful)} not verified")
    if without:
        parts.append(f"no list for {', '.join(without)}: {calendar.without_list}")
    return f"{'; '.join(parts)}{_passed(calendar, first, last) if moved else ''}"


def _passed(calendar: Calendar, first: date, last: date) -> str:
    names = [f"{name} on {day}" for day, name in _holidays(calendar, first, last)]
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{PASSED}{', '.join(names[:MOST_NAMED])}{more}"


def _holidays(calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, str]]:
    for year in range(first.year, last.year + 1):
        for day, name in sorted(calendar.named_holidays_of(year).items()):
            if first <= day <= last and day.weekday() < SATURDAY:
                yield day, name
