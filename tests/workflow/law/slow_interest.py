"""A second count of interest, day by day, that shares no code with the one it checks; and requests for both."""

from calendar import isleap
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

from tests.workflow.law.slow_penalty import DAY, cents, half_up, months_on

FIRST = date(2021, 11, 3)
Request = dict[str, Any]


def a_request(random: Random) -> Request:
    """A request that can be computed, over some years."""

    def day(least: int = 0, most: int = 1_500) -> str:
        return (FIRST + DAY * random.randint(least, most)).isoformat()

    def points(most: int = 12) -> str:
        return random.choice([f"{random.randint(0, most)}", f"{random.randint(0, most)}.25", "0", "0.000001"])

    begins = FIRST + DAY * random.randint(0, 500)
    last = begins + DAY * random.randint(0, 1_300)
    first = begins + DAY * random.randint(0, (last - begins).days)
    request: Request = {
        "currency": "EUR",
        "principal": random.choice(["10000.00", "1", "0", "77777.77", "0.05", "123456789.01"]),
        "payments": [
            {"on": day(-100), "amount": random.choice(["0.01", "500", "3333.33", "20000"])}
            for _ in range(random.randint(0, 4))
        ],
        "interest_from": begins.isoformat(),
        "to": last.isoformat(),
    }
    if random.random() < 0.6:
        request["from"] = first.isoformat()
    if random.random() < 0.2:
        request["surcharge"] = {
            "fraction": random.choice(["1/10", "3/7"]),
            "per": random.choice(["P6M", "P1M", "P45D", "P1Y3D"]),
        }
        return request
    days = {day() for _ in range(random.randint(0, 4))} | {FIRST.isoformat()}
    request["rates"] = [{"from": each, "percent": points()} for each in sorted(days, key=lambda _: random.random())]
    for name, value in (
        ("margin", points(5)),
        ("day_count", random.choice(["actual_actual", "actual_365"])),
        ("compounding", random.choice(["none", "yearly", "yearly"])),
        ("round_daily", random.choice([True, False])),
    ):
        if random.random() < 0.6:
            request[name] = value
    # The rate of the month before the first one has no day in the table.
    if begins > date(2022, 1, 1):
        request["rate_of"] = random.choice(["day", "month_of_last_day"])
    lengths = random.sample(["P2M", "P1D", "P1Y", "P3W", "P1M15D", "P40Y"], random.randint(0, 3))
    request["steps"] = [{"after": each, "add": points(5)} for each in lengths]
    return request


def length(day: date, period: str, times: int = 1) -> date:
    """The day so long after another, in one step."""
    numbers, number = {"Y": 0, "M": 0, "W": 0, "D": 0}, ""
    for letter in period[1:]:
        if letter.isdigit():
            number += letter
        else:
            numbers[letter], number = int(number) * times, ""
    return months_on(day, 12 * numbers["Y"] + numbers["M"]) + DAY * (7 * numbers["W"] + numbers["D"])


class SlowInterest:
    """One request, counted by hand."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.begins = date.fromisoformat(request["interest_from"])
        self.last = date.fromisoformat(request["to"])
        self.first = date.fromisoformat(str(request.get("from", request["interest_from"])))

    def work(self) -> tuple[str, str]:
        count = self.surcharge if "surcharge" in self.request else self.interest
        total = count(self.last)
        fixed = count(self.first - DAY) if self.first > self.begins else 0
        return _text(total - fixed), _text(total)

    def unpaid(self, day: date) -> int:
        paid = [each["amount"] for each in self.request["payments"] if date.fromisoformat(each["on"]) <= day]
        return cents(self.request["principal"]) - sum(map(cents, paid))

    def percent(self, day: date) -> Fraction:
        asked = day
        if self.request.get("rate_of") == "month_of_last_day":
            asked = (self.begins - DAY).replace(day=1)
        since = max(each["from"] for each in self.request["rates"] if each["from"] <= asked.isoformat())
        rate = next(Fraction(each["percent"]) for each in self.request["rates"] if each["from"] == since)
        added = [step["add"] for step in self.request["steps"] if length(self.begins, step["after"]) <= day]
        return rate + Fraction(self.request.get("margin", "0")) + sum(map(Fraction, added))

    def interest(self, until: date) -> int:
        added, years, exact, day = 0, 0, Fraction(0), self.begins
        while day <= until:
            if self.request.get("compounding") == "yearly" and day == months_on(self.begins, 12 * (years + 1)):
                added, years, exact = added + half_up(exact), years + 1, Fraction(0)
            in_year = 366 if isleap(day.year) and self.request.get("day_count") != "actual_365" else 365
            of_day = max(self.unpaid(day) + added, 0) * self.percent(day) / 100 / in_year
            exact += half_up(of_day) if self.request.get("round_daily") else of_day
            day += DAY
        return added + half_up(exact)

    def surcharge(self, until: date) -> int:
        fraction, per = Fraction(self.request["surcharge"]["fraction"]), self.request["surcharge"]["per"]
        exact, k = Fraction(0), 1
        while (ends := length(self.begins, per, k) - DAY) <= until:
            exact += max(self.unpaid(ends), 0) * fraction
            k += 1
        return half_up(exact)


def _text(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
