"""Working days and holidays: of a country or territory from `holidays`, with or from lists of our own.

A calendar says which days move the last day of a period, not which days are off: the three eves in Sweden, Good Friday
in Austria. A day is no working day when it is a Saturday, a Sunday or in the calendar's list. An unknown code is an
error, and a year that no list covers is told apart from one without holidays.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays
from holidays.registry import COUNTRIES
from holidays.version import __version__ as _edition

from workflow.law.own_calendar import OwnCalendar, own_calendars

# From the registry, which names the countries without loading two hundred and fifty modules.
_COUNTRIES = frozenset(code for _, code, *_ in COUNTRIES.values())
_KNOWN = "a country like FR or NL, a territory like FR-57 or DE-BE, EU, or EU-COURT"
_CODE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_DAY = timedelta(days=1)
SATURDAY = 5
_LANGUAGE = "en_US"

PUBLIC = "-PUBLIC"
"""The end of a code for the public holidays alone, where a calendar has further days: `IE-PUBLIC`."""

# Categories of `holidays` that a calendar needs beside the public holidays: Good Friday and 5 May of every year are
# in Algemene termijnenwet art. 3, although most employers work on them.
_CATEGORIES = {"NL": ("public", "optional")}

# Territories under a name that `holidays` does not know: the two departments of Alsace share one list.
_SAME_AS = {"FR-67": "FR-6AE", "FR-68": "FR-6AE"}

EXTRA = "extra holiday"
"""The name of a holiday that whoever asked added."""

ONLY_WEEKENDS = "Saturdays and Sundays only"
ONLY_YEARLY = "the fixed days and those bound to Easter"

Named = Mapping[date, str]
ListOfYear = Callable[[int], "Named | None"]


class UnknownCalendar(ValueError):
    """There is no calendar of that code."""


class Calendar:
    """The working days of one place.

    `source` names the list, `own` the file with days of its own, `extra` the days added to it.
    """

    __slots__ = ("_known", "_list", "code", "extra", "own", "source")

    def __init__(
        self, code: str, source: str, of_year: ListOfYear, own: OwnCalendar | None = None, extra: Iterable[date] = ()
    ) -> None:
        self.code = code
        self.source = source
        self.own = own
        self.extra = frozenset(extra)
        self._list = of_year
        self._known: dict[int, Named] = {}

    def named_holidays_of(self, year: int) -> Named:
        """Give the holidays of a year with their names, extra days among them.

        Where no list covers the year: the days of `without_list`, and the extra days.
        """
        known = self._known.get(year)
        if known is None:
            listed = self._list(year)
            if listed is None:
                listed = self.own.yearly(year) if self._is_own and self.own else {}
            added = {day: EXTRA for day in self.extra if day.year == year}
            known = self._known[year] = {**added, **listed}
        return known

    def holidays_of(self, year: int) -> frozenset[date]:
        """Give the holidays of a year, as `named_holidays_of` has them."""
        return frozenset(self.named_holidays_of(year))

    def covers(self, year: int) -> bool:
        """Tell whether the list has this year."""
        return self._list(year) is not None

    @property
    def _is_own(self) -> bool:
        """Tell whether the whole list is our own, and no country's."""
        return self.own is not None and self.own.public is None

    @property
    def without_list(self) -> str:
        """Say which days count in a year that the list does not have."""
        return ONLY_YEARLY if self._is_own else ONLY_WEEKENDS

    def sources(self, years: Iterable[int]) -> str:
        """Name the source of the lists of these years."""
        if self.own is None or not self._is_own:
            return self.source
        return "; ".join(dict.fromkeys(self.own.source_of(year) for year in years))

    def is_doubtful(self, year: int) -> bool:
        """Tell whether the list of a year is not verified."""
        return self.own is not None and self.covers(year) and not self.own.is_verified(year)

    def is_working(self, day: date) -> bool:
        """Tell whether a day is neither Saturday, Sunday nor holiday."""
        return day.weekday() < SATURDAY and day not in self.named_holidays_of(day.year)

    def working_day_from(self, day: date, step: timedelta = _DAY) -> date:
        """Give the day itself when it is a working day, else the next one that is; with a step of -1 day the last."""
        while not self.is_working(day):
            day += step
        return day

    def with_extra(self, days: Iterable[date]) -> "Calendar":
        """Give the same calendar with more holidays."""
        return Calendar(self.code, self.source, self._list, self.own, self.extra.union(days))


@lru_cache(maxsize=512)
def calendar(code: str) -> Calendar:
    """Find a calendar: a country (`FR`), a territory (`FR-57`, `DE-BE`), `EU` or a court's (`EU-COURT`).

    A country may have days beside its public holidays that move a last day (`SE`, `DK`, `AT`, `IE`; `NL` is the list
    of Algemene termijnenwet art. 3 and Good Friday); `SE-PUBLIC` has the public holidays alone. UnknownCalendar for
    any other code.
    """
    own = own_calendars().get(code)
    if own is not None and own.public is None:
        return Calendar(code, own.source, own.listed, own)
    country = code.removesuffix(PUBLIC)
    if country != code:
        own = own_calendars().get(country)
        if own is None or own.public is None:
            raise UnknownCalendar(_KNOWN)
        return Calendar(code, f"holidays {_edition}", _public(country, None))
    name = _SAME_AS.get(code, code)
    found = _CODE.fullmatch(name)
    if not found or found[1] not in _COUNTRIES:
        raise UnknownCalendar(_KNOWN)
    country, territory = found[1], found[2]
    if territory and territory not in getattr(holidays, country).subdivisions:
        raise UnknownCalendar(_KNOWN)
    own, public = own_calendars().get(country), _public(country, territory)
    if own is None:
        return Calendar(code, f"holidays {_edition}", public)
    return Calendar(code, f"holidays {_edition}, and {own.source}", _with_own(public, own), own)


def _public(country: str, territory: str | None) -> ListOfYear:
    """The list of `holidays`, in English, whatever language the machine is set to."""
    kind = getattr(holidays, country)
    categories = _CATEGORIES.get(country, ("public",))
    language = _LANGUAGE if _LANGUAGE in kind.supported_languages else None

    @cache
    def of_year(year: int) -> Named | None:
        if not kind.start_year <= year <= kind.end_year:
            return None
        return dict(
            holidays.country_holidays(
                country, subdiv=territory, years=year, categories=categories, expand=False, language=language
            )
        )

    return of_year


def _with_own(public: ListOfYear, own: OwnCalendar) -> ListOfYear:
    @cache
    def of_year(year: int) -> Named | None:
        listed = public(year)
        return None if listed is None else {**own.yearly(year), **listed}

    return of_year
