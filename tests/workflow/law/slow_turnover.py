"""Penalties at a share of daily turnover, counted day by day and rounded line by line; and requests for both counts."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.workflow.law.slow_penalty import DAY, Slow, cents, dates, half_up

FIRST = date(2023, 1, 15)
Request = dict[str, Any]


class SlowTurnover(Slow):
    """One request whose rate is a share of turnover."""

    def statement(self, days: set[date], end: date, rate: Any, cap: dict[str, Any]) -> tuple[int, int]:
        price = Fraction(rate["percent"]) * cents(rate["turnover"]) / 100 / rate["days"]
        fixed = {day for span in self.request.get("already_liquidated", []) for day in dates(span, date(2100, 1, 1))}
        most = cents(cap["amount"]) if "amount" in cap else 10**30
        lines: list[tuple[int, int, bool]] = []
        passed = line = 0
        before: date | None = None
        counted = self.countable(days)[: cap.get("units")]
        for day in counted:
            if before is not None and (day != before + DAY or (day in fixed) != (before in fixed)):
                lines.append((line, half_up(price * line), before in fixed))
                passed, line = passed + half_up(price * line), 0
                if passed >= most:
                    break
            if passed + half_up(price * (line + 1)) > most:
                left = most - passed - half_up(price * line)
                if left:
                    lines.append((1, left, day in fixed))
                before = day
                break
            line, before = line + 1, day
        if before is not None:
            lines.append((line, half_up(price * line), before in fixed))
        billed = [each for each in lines if not each[2]]
        return sum(units for units, _, _ in billed), sum(amount for _, amount, _ in billed)


def a_request(random: Random) -> Request:
    """A request that can be computed, with parties, spans, caps and slices."""

    def day(most: int = 300) -> date:
        return FIRST + timedelta(days=random.randint(0, most))

    def spans(most: int) -> list[dict[str, str]]:
        begins = [day() - timedelta(days=20) for _ in range(random.randint(0, most))]
        return [{"from": f"{each}", "to": f"{each + timedelta(days=random.randint(0, 50))}"} for each in begins]

    def cap() -> dict[str, Any]:
        found = {"amount": random.choice(["0", "0.03", "17.5", "100000", "50000000"]), "units": random.randint(1, 90)}
        names = random.sample(["amount", "units", "until"], random.randint(1, 3))
        return {name: found.get(name, day().isoformat()) for name in names}

    request: Request = {
        "currency": "EUR",
        "per": "P1D",
        "rate": {
            "percent": random.choice(["5", "0.5", "0.000001", "100", "3.25"]),
            "turnover": random.choice(["1000000000.00", "365", "0.01", "77777.77", "123456789.10"]),
            "days": random.choice([365, 366, 360, 1, 548]),
        },
        "accrual_from": day(40).isoformat(),
        "assessed_to": day().isoformat(),
        "suspensions": spans(3),
        "excused": spans(1),
    }
    begins = FIRST
    for _ in range(random.randint(0, 3)):
        begins += timedelta(days=random.randint(1, 30))
        ends = begins + timedelta(days=random.randint(0, 60))
        request.setdefault("already_liquidated", []).append({"from": f"{begins}", "to": f"{ends}"})
        begins = ends + DAY
    if random.random() < 0.3:
        request |= {"complied_on": day().isoformat(), "compliance_day_counts": random.random() < 0.5}
    if random.random() < 0.6:
        request["cap"] = cap()
    way = random.choice(["none", "none", "whole", "per_obligation", "several", "joint"])
    if way in ("whole", "per_obligation"):
        request["scope"] = way
        request["obligations"] = [_duty(random, n, spans, day().isoformat()) for n in range(random.randint(1, 3))]
        if way == "per_obligation":
            for duty in request["obligations"]:
                duty |= random.choice([{}, {"count": random.randint(1, 3)}, {"cap": cap()}])
    elif way != "none":
        request |= {"liability": way, "addressees": [{"name": "first"}, {"name": "second"}]}
    less = random.choice([None, {"fraction": "1/3"}, {"amount": "99.99"}, {"waived": True}])
    if less:
        request["reduction"] = {**less, "reason": "conduct"}
    return request


def _duty(random: Random, n: int, spans: Any, complied_on: str) -> dict[str, Any]:
    ways: list[dict[str, Any]] = [{}, {"complied_on": complied_on}, {"unmet": spans(3) or [{"from": complied_on}]}]
    return {"name": f"duty {n}", **random.choice(ways)}
