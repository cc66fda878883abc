"""A second penalty calculator, day by day and unit by unit, that shares no code with the one it checks."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

DAY = timedelta(days=1)
Request = dict[str, Any]


def months_on(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def cents(amount: str) -> int:
    return int(Decimal(amount) * 100)


def half_up(exact: Fraction) -> int:
    below = exact.numerator // exact.denominator
    return below + (exact - below >= Fraction(1, 2))


def dates(span: dict[str, str], until: date) -> set[date]:
    first, last = date.fromisoformat(span["from"]), date.fromisoformat(span.get("to", until.isoformat()))
    return {first + DAY * n for n in range((min(last, until) - first).days + 1)}


class Slow:
    """One request, worked by hand."""

    def __init__(self, request: Request) -> None:
        self.request = request
        start = request.get("accrual_from")
        self.first = date.fromisoformat(start) if start else date.fromisoformat(request["deadline"]) + DAY
        self.skip = 0 if request.get("compliance_day_counts") else 1

    def limit(self, cap: dict[str, Any], complied_on: str | None) -> date:
        ends = [date.fromisoformat(self.request["assessed_to"])]
        complied = [day for day in (self.request.get("complied_on"), complied_on) if day]
        ends += [date.fromisoformat(day) - DAY * self.skip for day in complied]
        if "until" in cap:
            ends.append(date.fromisoformat(cap["until"]))
        return min(ends)

    def duty(self, duty: dict[str, Any], cap: dict[str, Any]) -> tuple[set[date], date | None]:
        if duty.get("met"):
            return set(), None
        end = self.limit(cap, duty.get("complied_on"))
        everything = {self.first + DAY * n for n in range((end - self.first).days + 1)}
        if "unmet" not in duty:
            return everything, end
        if all("to" in span for span in duty["unmet"]):
            end = min(end, max(date.fromisoformat(span["to"]) for span in duty["unmet"]))
        unmet = {day for span in duty["unmet"] for day in dates(span, end)}
        return {day for day in everything & unmet if day <= end}, end

    def countable(self, days: set[date]) -> list[date]:
        away = {
            day
            for name in ("suspensions", "excused")
            for span in self.request.get(name, [])
            for day in dates(span, date(2100, 1, 1))
        }
        return sorted(days - away)

    def units(self, days: list[date], end: date) -> list[tuple[date, date]]:
        per, started = self.request["per"], self.request.get("partial_unit") == "started"
        if per == "lump_sum":
            return [(day, day) for day in days[:1]]
        if per == "breach":
            breaches = sorted(date.fromisoformat(day) for day in self.request["breaches"])
            return [(day, day) for day in breaches if day in days]
        number = int(per[1:-1]) * {"D": 1, "W": 7, "M": 1, "Y": 12}[per[-1]]
        if per[-1] in "DW":
            chunks = [days[n : n + number] for n in range(0, len(days), number)]
            return [
                (chunk[0], chunk[0] if started else chunk[-1]) for chunk in chunks if started or len(chunk) == number
            ]
        found: list[tuple[date, date]] = []
        for k in range(10_000):
            begin, last = months_on(self.first, k * number), months_on(self.first, (k + 1) * number) - DAY
            if (begin if started else last) > end:
                return found
            inside = [day for day in days if begin <= day <= last]
            if inside:
                found.append((inside[0], inside[0] if started else last))
        raise AssertionError

    def cost(self, ordinal: int, begins: date, rate: str | None) -> int:
        passed = 0
        for tier in self.request.get("tiers", []):
            passed += tier.get("units", 10**9)
            if ordinal < passed:
                return cents(tier["rate"])
        changes = sorted(self.request.get("rate_changes", []), key=lambda change: change["from"])
        for change in changes:
            if change["from"] <= begins.isoformat():
                rate = change["rate"]
        assert rate is not None
        factor = Fraction(self.request.get("growth", {}).get("factor", "1"))
        return half_up(cents(rate) * factor**ordinal)

    def statement(self, days: set[date], end: date, rate: str | None, cap: dict[str, Any]) -> tuple[int, int]:
        fixed = {day for span in self.request.get("already_liquidated", []) for day in dates(span, date(2100, 1, 1))}
        billed = gross = running = 0
        for ordinal, (begins, belongs) in enumerate(self.units(self.countable(days), end)):
            if "units" in cap and ordinal >= cap["units"]:
                break
            amount = self.cost(ordinal, begins, rate)
            if "amount" in cap:
                if running >= cents(cap["amount"]):
                    break
                amount = min(amount, cents(cap["amount"]) - running)
            running += amount
            if belongs not in fixed:
                billed += 1
                gross += amount
        return billed, gross

    def work(self) -> tuple[int, str, str]:
        request, cap = self.request, self.request.get("cap", {})
        duties, rate = request.get("obligations", []), request.get("rate")
        end = self.limit(cap, None)
        parties: list[tuple[int, int]]
        if duties and request["scope"] == "per_obligation":
            parties = []
            for duty in duties:
                own = duty.get("cap", cap)
                days, last = self.duty(duty, own)
                units, gross = self.statement(days, last or date.min, duty.get("rate", rate), own)
                parties.append((units * duty.get("count", 1), gross * duty.get("count", 1)))
        else:
            days = {self.first + DAY * n for n in range((end - self.first).days + 1)}
            if duties:
                each = [self.duty(duty, cap) for duty in duties]
                days = set().union(*(found for found, _ in each))
                end = max((last for _, last in each if last), default=date.min)
            rates = [party.get("rate", rate) for party in request.get("addressees", [])] or [rate]
            if request.get("liability") == "joint":
                rates = rates[:1]
            parties = [self.statement(days, end, own, cap) for own in rates]
        gross = sum(sum_ for _, sum_ in parties)
        counts = [units for units, _ in parties]
        total = max(counts) if request.get("addressees") else sum(counts)
        return total, _text(gross), _text(min(gross, self.left(gross, sum(counts))))

    def left(self, gross: int, units: int) -> int:
        reduction = self.request.get("reduction")
        if reduction is None:
            return gross
        if "waived" in reduction:
            return 0
        if "rate" in reduction:
            return cents(reduction["rate"]) * units
        if "fraction" in reduction:
            return half_up(gross * Fraction(reduction["fraction"]))
        return cents(reduction["amount"])


def _text(minor: int) -> str:
    return str((Decimal(minor) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP))
