"""What a stay and time given later do to a period: the days it still had, and the days that accrued before."""

from datetime import date

from workflow.law.ladder import day_after, days_between


def days_left(first: date, last_day: date, stopped_on: date) -> int:
    """How many days of a period were left when it stopped on a day, that day included; 0 when it was over.

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
