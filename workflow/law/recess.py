"""Recesses: days of the courts on which periods do not run, or whose periods end on a fixed day.

Each is a file of our own in `recesses/`, with its name and source: its spans, from one day of the year to another or
from so many days before Easter Sunday to so many after; and its effect.

- `not_counted`: its days do not count in a period of days. An event inside is moved (`event_inside`: to the `last_day`
  of the span, so that the day after it is the first day of the period, or to the `day_after`). In a period of months
  its days are added (`days_added`), one month is added for each span that is met (`passed_over`), or nothing
  (`untouched`).
- `last_day_to`: only a period that begins and ends inside one span is moved, to `last_day` of that year.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from dateutil.easter import easter

_DAY = timedelta(days=1)
_WORDS = {"event_inside": ("last_day", "day_after"), "months": ("days_added", "passed_over", "untouched")}
_MEMBERS_OF = {"not_counted": tuple(_WORDS), "last_day_to": ("last_day",)}

Span = tuple[date, date]
"""First and last day of one recess, both inside."""


class RecessFileError(Exception):
    """The file of a recess cannot be loaded."""


class UnknownRecess(ValueError):
    """There is no recess of that name."""


@dataclass(frozen=True, slots=True)
class Recess:
    """One recess. `event_inside` and `months` are empty for the effect `last_day_to`, `last_day` for the other."""

    name: str
    title: str
    source: str
    verified: bool
    effect: str
    event_inside: str
    months: str
    last_day: str
    spans: tuple[tuple[str | int, str | int], ...]

    def stands_still(self, months: int) -> bool:
        """Tell whether days of this recess do not count in a period with so many months."""
        return self.effect == "not_counted" and not (months and self.months == "untouched")

    def fixed_day(self, span: Span) -> date:
        """Give the day to which a period that begins and ends inside a span is moved."""
        return _on(self.last_day, span[1].year)

    def around(self, day: date) -> Span | None:
        """Give the span that a day lies in."""
        found = self._nearest(day, _DAY)
        return found if found is not None and found[0] <= day else None

    def between(self, first: date, last: date) -> Iterator[Span]:
        """Give the spans that lie, in whole or in part, between two days, both included."""
        span = self._nearest(first, _DAY)
        while span is not None and span[0] <= last:
            yield span
            span = None if span[1] == date.max else self._nearest(span[1] + _DAY, _DAY)

    def days_between(self, first: date, last: date) -> int:
        """Count the days of recess between two days, both included; 0 when the last comes before the first."""
        return sum((min(last, ends) - max(first, begins)).days + 1 for begins, ends in self.between(first, last))

    def days_on(self, day: date, count: int, step: timedelta = _DAY) -> date:
        """Go so many days on from a day, or back with a step of -1 day; days of recess do not count.

        With a count of 0 it is the day itself. OverflowError outside years 1 to 9999.
        """
        ahead = step == _DAY
        while count:
            span = self._nearest(day + step, step)
            if span is None:
                break
            begins, ends = span if ahead else (span[1], span[0])
            free = max((begins - day) // step - 1, 0)
            if free >= count:
                break
            count -= free
            day = ends
        return day + step * count

    def _nearest(self, day: date, step: timedelta) -> Span | None:
        """Give the span that a day lies in, else the next one, or the one before with a step of -1 day."""
        if step == _DAY:
            years = (day.year, min(day.year + 1, date.max.year))
            return next((span for year in years for span in _spans(self, year) if span[1] >= day), None)
        years = (day.year, max(day.year - 1, date.min.year))
        return next((span for year in years for span in reversed(_spans(self, year)) if span[0] <= day), None)


@lru_cache(maxsize=4096)
def _spans(recess: Recess, year: int) -> tuple[Span, ...]:
    """The spans that have a day in a year, in order."""
    found = [_span(begins, ends, each) for begins, ends in recess.spans for each in (year - 1, year)]
    return tuple(sorted({span for span in found if span is not None and year in (span[0].year, span[1].year)}))


def _span(begins: str | int, ends: str | int, year: int) -> Span | None:
    """One span that begins in a year; None in year 0, and cut off at the end of year 9999."""
    if year < date.min.year:
        return None
    if isinstance(begins, int) and isinstance(ends, int):
        sunday = easter(year)
        return sunday + timedelta(days=begins), sunday + timedelta(days=ends)
    first, last = _on(str(begins), year), str(ends)
    if last >= str(begins):
        return first, _on(last, year)
    return first, date.max if year == date.max.year else _on(last, year + 1)


def _on(month_and_day: str, year: int) -> date:
    month, day = map(int, month_and_day.split("-"))
    return date(year, month, day)


def recess(name: str) -> Recess:
    """Find a recess by its name, like `IT` or `CH-VwVG`; UnknownRecess names those that are known."""
    found = recesses().get(name)
    if found is None:
        raise UnknownRecess(f"one of {', '.join(recesses())}")
    return found


@lru_cache(maxsize=1)
def recesses() -> Mapping[str, Recess]:
    """Load every file once, by the name of its recess; a file that cannot be loaded stops everything."""
    folder = resources.files("workflow.law").joinpath("recesses")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    loaded = [load_recess(entry.read_text("utf-8"), entry.name) for entry in files]
    return {each.name: each for each in loaded}


def load_recess(text: str, where: str) -> Recess:
    """Read one file; RecessFileError names what is missing, unknown or wrong in it."""
    content = tomllib.loads(text)
    effect = str(content.get("effect"))
    if effect not in _MEMBERS_OF:
        raise RecessFileError(f"{where}: effect is one of {', '.join(_MEMBERS_OF)}")
    members = {"name", "title", "source", "verified", "effect", "span", *_MEMBERS_OF[effect]}
    if set(content) != members:
        raise RecessFileError(f"{where}: a recess that is {effect} has {', '.join(sorted(members))}, and nothing else")
    for member, words in _WORDS.items():
        if member in content and content[member] not in words:
            raise RecessFileError(f"{where}: {member} is one of {', '.join(words)}")
    return Recess(
        name=content["name"],
        title=content["title"],
        source=content["source"],
        verified=content["verified"],
        effect=effect,
        event_inside=content.get("event_inside", ""),
        months=content.get("months", ""),
        last_day=content.get("last_day", ""),
        spans=tuple(_read_span(where, span) for span in content["span"]),
    )


def _read_span(where: str, span: Mapping[str, Any]) -> tuple[str | int, str | int]:
    if set(span) == {"easter_from", "easter_to"}:
        return int(span["easter_from"]), int(span["easter_to"])
    if set(span) == {"from", "to"}:
        return str(span["from"]), str(span["to"])
    raise RecessFileError(f"{where}: a span has from and to, or easter_from and easter_to")
