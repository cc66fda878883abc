"""Interest on a debt that was not paid in time: simple interest by a regime's table of yearly rates.

It runs from the day after the last day of payment on what is unpaid on each day; a payment counts from its own day.
Days are counted as they are, a year as its 365 or 366. Sums are exact fractions, rounded once half up for the time
from the first day of interest on, so that slices of one debt always add up to the whole. JSON in, JSON out.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from workflow.law.explanation import Explanation, entry, unverified_mark
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.members import Members
from workflow.law.money import Money, NotMoney, decimal_text, decimals
from workflow.law.regime import Regime, regime
from workflow.law.regime_schema import Cited
from workflow.law.statement import rounded

_MEMBERS = frozenset({"regime", "currency", "principal", "payments", "interest_from", "from", "to"})
_NEEDED = ("regime", "currency", "principal", "interest_from", "to")
_PAYMENT = frozenset({"on", "amount"})
_MOST_PAYMENTS = 10_000
_DAY = timedelta(days=1)

Rates = tuple[tuple[date, Fraction], ...]
Run = tuple[date, date, int, Fraction]
"""First and last day, what is unpaid in minor units, and the yearly rate in per cent."""


def bears_interest(rules: Regime) -> bool:
    """Whether a regime has a table of rates: what only names an interest cannot be computed."""
    return "interest.rates" in rules.values


def compute_interest(request: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the interest of a slice of days: `amount`, its `lines`, and `total` from `interest_from` to its end.

    The request: `principal` in `currency`, `payments` (`on`, `amount`), `interest_from` (the day after the last day of
    payment), the slice `from` (by default that day) `to`, and the `regime`. InvalidRequest names what is wrong.
    """
    members = Members(request, "", _MEMBERS, [])
    for name in _NEEDED:
        if name not in members:
            members.fail(name, "is needed")
    currency = _currency(members)
    principal = members.minor("principal", currency)
    payments = _payments(members, currency)
    begins, last = members.date("interest_from"), members.date("to")
    first = members.date("from") if "from" in members else begins
    rules = _rules(members)
    members.raise_errors()
    assert principal is not None
    assert begins is not None
    assert first is not None
    assert last is not None
    assert rules is not None
    assert currency is not None
    if not begins <= first <= last:
        raise invalid("/to", "interest_from, from and to follow each other, from one day to the same or a later one")
    rates = _rates(rules, begins)
    steps = _explained(rules, begins)
    whole = list(_runs(principal, payments, rates, begins, last))
    before = list(_runs(principal, payments, rates, begins, first - _DAY))
    total, fixed = _sum(whole), _sum(before)
    least = rules.values.get("interest.minimum")
    if least is not None and least.value.currency == currency:
        total, fixed = (_at_least(each, least, steps, each is total) for each in (total, fixed))
    places = decimals(currency)
    return {
        "amount": decimal_text(total - fixed, places),
        "total": decimal_text(total, places),
        "lines": [_line(run, places) for run in _runs(principal, payments, rates, begins, last, first)],
        "explanation": steps,
    }


def _currency(members: Members) -> str | None:
    try:
        decimals(members.source.get("currency"))
    except NotMoney as wrong:
        members.fail("currency", str(wrong))
        return None
    return str(members.source["currency"])


def _payments(members: Members, currency: str | None) -> list[tuple[date, int]]:
    found: list[tuple[date, int]] = []
    for each in members.objects("payments", _MOST_PAYMENTS, _PAYMENT) or ():
        on, minor = each.date("on"), each.minor("amount", currency)
        if on is not None and minor is not None:
            found.append((on, minor))
        else:
            each.fail("", "a payment has a day, `on`, and an `amount`")
    return found


def _rules(members: Members) -> Regime | None:
    name = members.text("regime")
    if name is None:
        return None
    try:
        rules = regime(name)
    except InvalidRequest as wrong:
        members.errors.extend(wrong.errors)
        return None
    if not bears_interest(rules):
        members.fail("regime", f"{rules.pin} has no table of interest rates")
        return None
    return rules


def _rates(rules: Regime, begins: date) -> Rates:
    """The rates that may hold from a day on; InvalidRequest when the table begins later."""
    table: Rates = rules.values["interest.rates"].value
    fixed_on = _fixed_on(rules, begins)
    known = [rate for rate in table if rate[0] <= (fixed_on or begins)]
    if not known:
        raise invalid("/interest_from", f"the table of rates of {rules.pin} begins on {table[0][0]}, after that day")
    if fixed_on is not None:
        return ((known[-1][0], known[-1][1]),)
    return tuple(rate for rate in table if rate[0] >= known[-1][0])


def _fixed_on(rules: Regime, begins: date) -> date | None:
    """The day whose rate holds for the whole time, where the regime fixes one."""
    cited = rules.values.get("interest.rate_of")
    return (begins - _DAY).replace(day=1) if cited is not None and cited.value == "month_of_last_day" else None


def _runs(
    principal: int,
    payments: list[tuple[date, int]],
    rates: Rates,
    begins: date,
    last: date,
    first: date | None = None,
) -> Iterator[Run]:
    """Stretches of days in one year with one rate and one unpaid sum; nothing for days on which all is paid."""
    start = first or begins
    years = [date(year, 1, 1) for year in range(start.year + 1, last.year + 1)]
    turns = {start, *years, *(day for day, _ in payments), *(day for day, _ in rates)}
    days = sorted(day for day in turns if start <= day <= last)
    for day, after in pairwise([*days, last + _DAY]):
        unpaid = principal - sum(minor for on, minor in payments if on <= day)
        if unpaid > 0:
            yield day, after - _DAY, unpaid, next(rate for since, rate in reversed(rates) if since <= day)


def _exact(run: Run) -> Fraction:
    """The interest of a stretch in minor units."""
    first, last, unpaid, percent = run
    in_year = (date(first.year + 1, 1, 1) - date(first.year, 1, 1)).days if first.year < date.max.year else 365
    return Fraction(unpaid * ((last - first).days + 1), in_year) * percent / 100


def _sum(runs: list[Run]) -> int:
    exact = sum(map(_exact, runs), Fraction(0))
    return rounded(exact.numerator, exact.denominator)


def _at_least(sum_: int, least: Cited, steps: Explanation, named: bool) -> int:
    money: Money = least.value
    if sum_ >= money.minor:
        return sum_
    if named:
        rule = f"no interest below {money.currency} {money.amount}{unverified_mark(least)}"
        steps.append(entry(rule, least.ref, decimal_text(sum_, decimals(money.currency)), "0"))
    return 0


def _line(run: Run, places: int) -> dict[str, Any]:
    first, last, unpaid, percent = run
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": (last - first).days + 1,
        "unpaid": decimal_text(unpaid, places),
        "percent": str(percent),
        "exact": str(_exact(run) / 10**places),
    }


def _explained(rules: Regime, begins: date) -> Explanation:
    rates = rules.values["interest.rates"]
    named = rules.values.get("debt.interest", rates)
    steps = [
        entry(
            f"interest from the day after the last day of payment{unverified_mark(named)}",
            named.ref,
            (begins - _DAY).isoformat(),
            begins.isoformat(),
        ),
        entry(
            f"simple interest, yearly rates, days as they are of a year of 365 or 366{unverified_mark(rates)}",
            rates.ref,
        ),
    ]
    fixed_on = _fixed_on(rules, begins)
    if fixed_on is not None:
        cited = rules.values["interest.rate_of"]
        rule = f"the rate of {fixed_on} holds for the whole time{unverified_mark(cited)}"
        steps.append(entry(rule, cited.ref))
    return steps
