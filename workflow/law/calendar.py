"""Working days and holidays: of a country or territory from `holidays`, of the EU institutions from our own list.

A day is no working day when it is a Saturday, a Sunday or in the calendar's list. An unknown code is an error, and a
year that no list covers is told apart from one without holidays.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources

import holidays
from holidays.registry import COUNTRIES
from holidays.version import __version__ as _edition

# From the registry, which names the countries without loading two hundred and fifty modules.
_COUNTRIES = frozenset(code for _, code, *_ in COUNTRIES.values())
_KNOWN = "a country like FR or NL, a territory like FR-57 or DE-BE, or EU"
_CODE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_DAY = timedelta(days=1)
_SATURDAY = 5

# Categories of `holidays` that a calendar needs beside the public holidays: Good Friday and 5 May of every year are
# in Algemene termijnenwet art. 3, although most employers work on them.
_CATEGORIES = {"NL": ("public", "optional")}

# Territories under a name that `holidays` does not know: the two departments of Alsace share one list.
_SAME_AS = {"FR-67": "FR-6AE", "FR-68": "FR-6AE"}

ListOfYear = Callable[[int], "frozenset[date] | None"]


class UnknownCalendar(ValueError):
    """There is no calendar of that code."""


class Calendar:
    """The working days of one place.

    `source` names the list, `extra` the days added to it, `doubtful` the years whose list is not verified.
    """

    __slots__ = ("_known", "_list", "code", "doubtful", "extra", "source")

    def __init__(
        self,
        code: str,
        source: str,
        of_year: ListOfYear,
        extra: Iterable[date] = (),
        doubtful: frozenset[int] = frozenset(),
    ) -> None:
        self.code = code
        self.source = source
        self.extra = frozenset(extra)
        self.doubtful = doubtful
        self._list = of_year
        self._known: dict[int, frozenset[date]] = {}

    def holidays_of(self, year: int) -> frozenset[date]:
        """Give the holidays of a year, extra days among them; only the extra days where no list covers the year."""
        known = self._known.get(year)
        if known is None:
            listed = self._list(year) or frozenset()
            known = self._known[year] = listed | {day for day in self.extra if day.year == year}
        return known

    def covers(self, year: int) -> bool:
        """Tell whether the list has this year; without a list only Saturdays and Sundays are known."""
        return self._list(year) is not None

    def is_working(self, day: date) -> bool:
        """Tell whether a day is neither Saturday, Sunday nor holiday."""
        return day.weekday() < _SATURDAY and day not in self.holidays_of(day.year)

    def working_day_from(self, day: date) -> date:
        """Give the day itself when it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def with_extra(self, days: Iterable[date]) -> "Calendar":
        """Give the same calendar with more holidays."""
        return Calendar(self.code, self.source, self._list, self.extra.union(days), self.doubtful)


@lru_cache(maxsize=512)
def calendar(code: str) -> Calendar:
    """Find a calendar: a country (`FR`), a territory (`FR-57`, `DE-BE`) or `EU`; UnknownCalendar for any other code.

    `NL` is the list of Algemene termijnenwet art. 3 and Good Friday.
    """
    if code == "EU":
        return _institutions()
    name = _SAME_AS.get(code, code)
    found = _CODE.fullmatch(name)
    if not found or found[1] not in _COUNTRIES:
        raise UnknownCalendar(_KNOWN)
    country, territory = found[1], found[2]
    kind = getattr(holidays, country)
    if territory and territory not in kind.subdivisions:
        raise UnknownCalendar(_KNOWN)
    categories = _CATEGORIES.get(country, ("public",))

    @cache
    def of_year(year: int) -> frozenset[date] | None:
        if not kind.start_year <= year <= kind.end_year:
            return None
        return frozenset(
            holidays.country_holidays(country, subdiv=territory, years=year, categories=categories, expand=False)
        )

    return Calendar(code, f"holidays {_edition}", of_year)


def _institutions() -> Calendar:
    text = resources.files("workflow.law").joinpath("calendars", "eu.toml").read_text("utf-8")
    content = tomllib.loads(text)
    years = {int(year): frozenset(table["days"]) for year, table in content["year"].items()}
    doubtful = frozenset(int(year) for year, table in content["year"].items() if not table["verified"])
    return Calendar("EU", f"the institutions' yearly lists, edition {content['edition']}", years.get, (), doubtful)
