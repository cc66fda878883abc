"""Lists of holidays of our own, as files beside this module: `calendars/<code>.toml`, each with its source.

A file has `edition`, `source`, `verified`, and days that come every year, each with its `name` and one of `on`
("12-24"), `easter` (days after Easter Sunday, before it below zero) or `weekday` with `not_before` (the first Friday
from 19 June); `since` is the first day on which one counts. `public` names the country whose public holidays count as
well. `[year.2024]` is the list published for a year: then the days that come every year only give it names.
`lists_from` is the first year the list is for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from dateutil.easter import easter

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEEDED = frozenset(("edition", "source", "verified", "day"))
_OPTIONAL = frozenset(("public", "lists_from", "year"))
_YEAR = frozenset(("source", "verified", "days"))
_WAYS = ({"on"}, {"easter"}, {"weekday", "not_before"})
_WITHOUT_NAME = "day on which the institutions are closed"


class CalendarFileError(Exception):
    """The file of a list of holidays cannot be loaded."""


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """One file: its days, its lists by year with their sources, and whether a lawyer has verified them."""

    source: str
    verified: bool
    public: str | None
    lists_from: int
    days: tuple[Mapping[str, Any], ...]
    years: Mapping[int, Mapping[str, Any]]

    def yearly(self, year: int) -> dict[date, str]:
        """Give the days that come every year, with their names."""
        found = ((_day(each, year), each) for each in self.days)
        return {day: str(each["name"]) for day, each in found if day >= each.get("since", date.min)}

    def listed(self, year: int) -> dict[date, str] | None:
        """Give the list of a year, with names; None for a year that no list is for."""
        if self.years:
            table = self.years.get(year)
            names = self.yearly(year)
            return None if table is None else {day: names.get(day, _WITHOUT_NAME) for day in table["days"]}
        return self.yearly(year) if year >= self.lists_from else None

    def source_of(self, year: int) -> str:
        """Give where the list of a year was published; the file's own source where it has none of its own."""
        return str(self.years.get(year, {}).get("source", self.source))

    def is_verified(self, year: int) -> bool:
        """Tell whether a lawyer has verified the list of a year."""
        return bool(self.years.get(year, {}).get("verified", self.verified))


def _day(each: Mapping[str, Any], year: int) -> date:
    if "easter" in each:
        sunday: date = easter(year)
        return sunday + timedelta(days=each["easter"])
    month, number = map(int, each.get("on", each.get("not_before", "")).split("-"))
    day = date(year, month, number)
    if "weekday" in each:
        day += timedelta(days=(_WEEKDAYS.index(each["weekday"]) - day.weekday()) % len(_WEEKDAYS))
    return day


@lru_cache(maxsize=1)
def own_calendars() -> Mapping[str, OwnCalendar]:
    """Load every file once, by its code in capitals."""
    folder = resources.files("workflow.law").joinpath("calendars")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml").upper(): load_calendar(entry.read_text("utf-8"), entry.name) for entry in files
    }


def load_calendar(text: str, where: str) -> OwnCalendar:
    """Read one file; CalendarFileError names what is missing, unknown or wrong in it."""
    content = tomllib.loads(text)
    if not _NEEDED <= set(content) <= _NEEDED | _OPTIONAL:
        raise CalendarFileError(f"{where}: needs {_listed(_NEEDED)}, may have {_listed(_OPTIONAL)}, and nothing else")
    for each in content["day"]:
        if set(each) - {"name", "since"} not in _WAYS or "name" not in each:
            raise CalendarFileError(f"{where}: a day has name, and on, easter, or weekday with not_before: {each}")
        if each.get("weekday", _WEEKDAYS[0]) not in _WEEKDAYS:
            raise CalendarFileError(f"{where}: weekday is one of {', '.join(_WEEKDAYS)}")
    for year, table in content.get("year", {}).items():
        if set(table) != _YEAR:
            raise CalendarFileError(f"{where}: year.{year} has {_listed(_YEAR)}")
    return OwnCalendar(
        source=f"{content['source']} (edition {content['edition']})",
        verified=content["verified"],
        public=content.get("public"),
        lists_from=content.get("lists_from", 1),
        days=tuple(content["day"]),
        years={int(year): table for year, table in content.get("year", {}).items()},
    )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
