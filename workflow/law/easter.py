"""The date of Easter Sunday, from which the law counts movable days."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1024)
def easter(year: int) -> date:
    """Give Easter Sunday of a year by the Gregorian reckoning.

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    # The computus of Meeus, Jones and Butcher: golden number, century, epact, then the Sunday after the full moon.
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, over = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarter, odd = divmod(rest, 4)
    sunday = (32 + 2 * over + 2 * quarter - epact - odd) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
