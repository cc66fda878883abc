"""Reading a request for interest: every member with its type, what excludes what, and what a regime adds."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from workflow.law.duration import Duration
from workflow.law.interest_rates import rates_of
from workflow.law.interest_terms import InterestTerms, Step, Surcharge
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.members import Members
from workflow.law.money import LARGEST_SUM, decimals
from workflow.law.regime import Regime, regime

_ON_RATES = ("margin", "rate_of", "day_count", "compounding", "round_daily", "steps")
_MEMBERS = frozenset(
    {
        *("principal", "currency", "payments", "interest_from", "from", "to"),
        *("regime", "rates", "surcharge", *_ON_RATES),
    }
)
_NEEDED = ("principal", "interest_from", "to")
_SOURCES = ("regime", "rates", "surcharge")
_PAYMENT = frozenset(("on", "amount"))
_RATE = frozenset(("from", "percent"))
_STEP = frozenset(("after", "add"))
_SURCHARGE = frozenset(("fraction", "per"))
MOST_PAYMENTS = 10_000
MOST_RATES = 1_000
MOST_STEPS = 100


def bears_interest(rules: Regime) -> bool:
    """Whether a regime has a table of rates: what only names an interest cannot be computed."""
    return "interest.rates" in rules.values


def read_interest(request: Mapping[str, Any]) -> InterestTerms:
    """Read a request for interest; InvalidRequest names every member that is wrong."""
    members = Members(request, "", _MEMBERS, [])
    for name in _NEEDED:
        if name not in members:
            members.fail(name, "is needed")
    _check_source(members)
    currency = members.currency()
    principal = members.minor("principal", currency)
    if principal is not None and principal > LARGEST_SUM:
        members.fail("principal", f"at most {LARGEST_SUM} minor units")
    payments = _payments(members, currency)
    begins, last = members.date("interest_from"), members.date("to")
    first = members.date("from") if "from" in members else begins
    if begins == date.min:
        members.fail("interest_from", "is the first day there is: no last day of payment comes before it")
    rules, own = _rules(members), _own_rates(members)
    surcharge = _surcharge(members)
    margin = members.percent("margin")
    rate_of = members.choice("rate_of", ("day", "month_of_last_day"))
    day_count = members.choice("day_count", ("actual_actual", "actual_365"))
    compounding = members.choice("compounding", ("none", "yearly"))
    round_daily = members.flag("round_daily")
    steps = _steps(members)
    members.raise_errors()
    assert currency is not None
    assert principal is not None
    assert begins is not None
    assert first is not None
    assert last is not None
    if not begins <= first <= last:
        raise invalid("/to", "interest_from, from and to follow each other, from one day to the same or a later one")
    if compounding is None and rules is not None and "interest.compounding" in rules.values:
        compounding = rules.values["interest.compounding"].value
    terms = InterestTerms(
        currency=currency,
        places=decimals(currency),
        principal=principal,
        payments=sorted(payments),
        begins=begins,
        first=first,
        last=last,
        rules=rules,
        surcharge=surcharge,
        year_of_365=day_count == "actual_365",
        compounds=compounding == "yearly",
        round_daily=bool(round_daily),
    )
    given = {name: members.source[name] for name in _ON_RATES if name in members}
    if surcharge is None:
        terms.rates = rates_of(terms, own, margin, rate_of, steps, given)
    return terms


def _check_source(members: Members) -> None:
    """Refuse a request that does not say exactly once what default costs."""
    given = [name for name in _SOURCES if name in members]
    if not given:
        members.fail("regime", "is needed: a regime with a table of rates; or give rates, or surcharge")
    if len(given) > 1:
        for name in given:
            members.fail(name, f"{' and '.join(given)} each say what default costs; keep one")
    if "surcharge" in members:
        for name in _ON_RATES:
            if name in members:
                members.fail(name, "goes with a rate, and a surcharge is in place of interest: leave one out")


def _payments(members: Members, currency: str | None) -> list[tuple[date, int]]:
    found: list[tuple[date, int]] = []
    for each in members.objects("payments", MOST_PAYMENTS, _PAYMENT) or ():
        on, minor = each.date("on"), each.minor("amount", currency)
        for name in _PAYMENT:
            if name not in each:
                each.fail(name, "is needed: the day of a payment, and its amount")
        if on is not None and minor is not None:
            found.append((on, minor))
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
        members.fail("regime", f"{rules.pin} has no table of interest rates: give rates, or surcharge")
        return None
    return rules


def _own_rates(members: Members) -> dict[date, Fraction]:
    entries = members.objects("rates", MOST_RATES, _RATE)
    if entries == []:
        members.fail("rates", "is empty: give the yearly rate and its first day, or a regime")
    found: dict[date, Fraction] = {}
    for each in entries or ():
        start, percent = each.date("from"), each.percent("percent")
        for name in _RATE:
            if name not in each:
                each.fail(name, "is needed: from which day, and the yearly rate in per cent from then on")
        if start is not None and percent is not None:
            if start in found:
                each.fail("from", f"two rates from {start} on; keep one")
            found[start] = percent
    return found


def _steps(members: Members) -> list[Step]:
    found: list[Step] = []
    for each in members.objects("steps", MOST_STEPS, _STEP) or ():
        after, add = _length(each, "after"), each.percent("add")
        for name in _STEP:
            if name not in each:
                each.fail(name, "is needed: so long after interest_from, and the points added from then on")
        if after is not None and add is not None:
            if any(after == step.after for step in found):
                each.fail("after", "two steps after the same time; keep one")
            found.append(Step(after, add))
    return found


def _length(members: Members, name: str) -> Duration | None:
    period = members.duration(name)
    if period is not None and period.hours:
        members.fail(name, "interest is counted in days: give days, weeks, months or years")
        return None
    return period


def _surcharge(members: Members) -> Surcharge | None:
    found = members.object("surcharge", _SURCHARGE)
    if found is None:
        return None
    for name in _SURCHARGE:
        if name not in found:
            found.fail(name, "is needed: a fraction like 1/10, and the period it is for, like P6M")
    per = _length(found, "per")
    fraction = found.fraction("fraction", "a part of the principal above zero")
    if fraction == 0:
        found.fail("fraction", "is above zero: without a surcharge leave it out")
    return Surcharge(fraction, per) if fraction and per is not None else None
