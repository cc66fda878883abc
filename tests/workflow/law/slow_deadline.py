"""A second count of periods in days, day by day, that shares no code with the one it checks; and requests for both."""

from datetime import date, timedelta
from random import Random
from typing import Any

import holidays
from dateutil.easter import easter

from tests.workflow.law.slow_penalty import months_on

DAY = timedelta(days=1)
FIRST = date(1995, 1, 1)
FRENCH = frozenset(holidays.country_holidays("FR", years=range(1980, 2080)))
Request = dict[str, Any]


def in_recess(name: str, day: date) -> bool:
    """Whether a day is one of a recess, by the words of its law."""
    number = (day.month, day.day)
    if name in ("IT", "ES"):
        return day.month == 8
    if name == "BE":
        return day.month in (7, 8)
    near_easter = abs((day - easter(day.year)).days) <= 7
    return near_easter or (7, 15) <= number <= (8, 15) or number >= (12, 18) or number <= (1, 2)


def a_request(random: Random) -> Request:
    """A request that can be computed, with `parts` and a day of any year from 1995 to 2060."""
    years, months, weeks, days = (random.choice([0, random.randint(0, most)]) for most in (2, 14, 5, 70))
    kind = random.choice(["calendar", "calendar", "working", "short"])
    if kind == "working":
        years = months = weeks = 0
    if not (years or months or weeks or days):
        days = random.randint(1, 12)
    before = random.random() < 0.4
    request: Request = {
        "event_on": _a_day(random).isoformat(),
        "period": "P"
        + "".join(f"{n}{unit}" for n, unit in zip((years, months, weeks, days), "YMWD", strict=True) if n),
        "parts": (years, months, weeks, days),
        "calendar": "FR",
        "extra_holidays": [_a_day(random).isoformat() for _ in range(random.randint(0, 2))],
        "direction": "before" if before else "after",
        "roll": random.choice(["none", "previous_working_day" if before else "next_working_day"]),
        "min_working_days": random.choice([0, 0, random.randint(1, 12)]),
    }
    if kind == "short":
        request["short_period"] = random.randint(1, 12)
    else:
        request["day_kind"] = kind
    if kind != "working":
        request["distance_months"] = random.choice([0, 0, 1, 2])
    request[random.choice(["franc", "clear_days"])] = random.choice([True, False])
    request["month_count"] = random.choice(["event_day", "day_after"])
    if request["month_count"] == "event_day" and not request.get("clear_days"):
        request["first_day"] = random.choice(["exclude", "include"])
    recess = random.choice(["", "IT", "ES", "CH-ZPO", "CH-VwVG", "BE"])
    if recess and not (before and recess == "BE"):
        request["recess"] = recess
    return request


def _a_day(random: Random) -> date:
    return FIRST + DAY * random.randint(0, 24_000)


class SlowDeadline:
    """One request, counted by hand."""

    def __init__(self, request: Request) -> None:
        years, months, weeks, days = request["parts"]
        self.request = request
        self.months = 12 * years + months + request.get("distance_months", 0)
        self.days = 7 * weeks + days
        self.back = request["direction"] == "before"
        self.step = -DAY if self.back else DAY
        self.include = request.get("first_day") == "include"
        self.working = request.get("day_kind") == "working"
        if "short_period" in request and not (weeks or self.months):
            self.working = days <= request["short_period"]
        self.off = {date.fromisoformat(day) for day in request["extra_holidays"]}
        name = request.get("recess", "")
        self.recess = "" if name == "BE" or (name == "CH-VwVG" and self.months) else name

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in FRENCH and day not in self.off

    def stands(self, day: date) -> bool:
        return bool(self.recess) and in_recess(self.recess, day)

    def last_day(self) -> date:
        event = self.event()
        day = self.working_days(event) if self.working else self.calendar_days(event)
        if self.request.get("franc") or self.request.get("clear_days"):
            day = self.on(day, 1)
        day = self.fixed(event, day)
        day = self.rolled(day)
        while self.held(event, day) < self.request["min_working_days"]:
            day = self.rolled(day + self.step)
        return day

    def event(self) -> date:
        """The event, out of a recess: the first day after it, or the day before that day."""
        event = date.fromisoformat(self.request["event_on"])
        if not self.stands(event):
            return event
        while self.stands(event):
            event += self.step
        return event if self.recess == "ES" or self.include else event - self.step

    def on(self, day: date, number: int) -> date:
        """So many days on that count."""
        while number:
            day += self.step
            number -= not self.stands(day)
        return day

    def working_days(self, event: date) -> date:
        day, left = event - self.step if self.include else event, self.days
        while left:
            day += self.step
            left -= self.works(day) and not self.stands(day)
        return day

    def calendar_days(self, event: date) -> date:
        day = event - self.step if self.include else event
        if self.months:
            first, day = day + self.step, self.after_months(event, self.months)
            if self.recess == "ES":
                day = self.without_august(event, first)
            elif self.recess:
                day = self.on(day, sum(self.stands(each) for each in self.between(first, day)))
        return self.on(day, self.days)

    def after_months(self, event: date, months: int) -> date:
        sign = -1 if self.back else 1
        if self.request["month_count"] == "event_day":
            day = months_on(event, sign * months)
            return day - self.step if self.include else day
        begins = event + self.step
        number = months_on(begins, sign * months)
        if not self.back and number.day < begins.day:
            return number
        return number - self.step

    def without_august(self, event: date, first: date) -> date:
        more = 0
        while True:
            day = self.after_months(event, self.months + more)
            met = {each.year for each in self.between(first, day) if each.month == 8}
            if len(met) == more:
                return day
            more = len(met)

    def between(self, first: date, last: date) -> list[date]:
        return [first + self.step * n for n in range((last - first) // self.step + 1)]

    def fixed(self, event: date, day: date) -> date:
        if self.request.get("recess") != "BE":
            return day
        begins = event if self.include else event + DAY
        inside = in_recess("BE", begins) and in_recess("BE", day) and begins.year == day.year
        return date(day.year, 9, 15) if inside else day

    def rolled(self, day: date) -> date:
        while self.request["roll"] != "none" and (not self.works(day) or self.stands(day)):
            day += self.step
        return day

    def held(self, event: date, day: date) -> int:
        days = self.between(event + self.step, day)
        return sum(self.works(each) and not self.stands(each) for each in days)
