"""The yearly rates of a debt: the table of a regime or a request, a margin, points added later; and their reasons."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from workflow.law.duration import Duration, add_months
from workflow.law.explanation import REQUEST, entry, unverified_mark
from workflow.law.interest_terms import InterestTerms, Rates, Step
from workflow.law.invalid import invalid
from workflow.law.money import decimal
from workflow.law.regime_schema import Cited

_DAY = timedelta(days=1)
_SHOWN = 80


def rates_of(
    terms: InterestTerms,
    own: Mapping[date, Fraction],
    margin: Fraction | None,
    rate_of: str | None,
    steps: Sequence[Step],
    given: Mapping[str, Any],
) -> Rates:
    """Give the rates that hold from the first day of interest on, and note how they come about.

    What the request says itself wins over its regime and is named. InvalidRequest when the table begins later.
    """
    cited = {} if terms.rules is None else terms.rules.values
    said, of_rate = cited.get("interest.rates"), cited.get("interest.rate_of")
    of_margin, compounding = cited.get("interest.margin"), cited.get("interest.compounding")
    table: Rates = tuple(sorted(own.items())) if said is None else tuple((each[0], each[1]) for each in said.value)
    _name_counting(terms, said, cited.get("debt.interest"), None if "compounding" in given else compounding)
    fixed = (rate_of or _value(of_rate)) == "month_of_last_day"
    since = (terms.begins - _DAY).replace(day=1) if fixed else terms.begins
    base = _known(table, since, terms, fixed)
    if fixed:
        _say(terms, f"the rate of {since} holds for the whole time", None if rate_of else of_rate)
    points = _value(of_margin) if margin is None else margin
    _name_margin(terms, points, of_margin if margin is None else None)
    if terms.rules is not None:
        of_regime = {"rate_of": of_rate, "margin": of_margin, "compounding": compounding}
        for name, value in given.items():
            _name_won(terms, name, value, of_regime.get(name))
    later = [(day, step.add) for step in steps if (day := _after(terms.begins, step.after)) is not None]
    for day, add in sorted(later):
        _say(terms, f"{decimal(add)} points are added to the rate from {day} on", None)
    turns = sorted({terms.begins, *(day for day, _ in base), *(day for day, _ in later)})
    return tuple(
        (day, _at(base, day) + (points or 0) + sum(add for begins, add in later if begins <= day))
        for day in turns
        if day >= terms.begins
    )


def _known(table: Rates, since: date, terms: InterestTerms, fixed: bool) -> Rates:
    before = [rate for rate in table if rate[0] <= since]
    if not before:
        whose = "of the request" if terms.rules is None else f"of {terms.rules.pin}"
        raise invalid("/interest_from", f"the table of rates {whose} begins on {table[0][0]}, after {since}")
    return (before[-1],) if fixed else tuple(rate for rate in table if rate[0] >= before[-1][0])


def _at(base: Rates, day: date) -> Fraction:
    return next((rate for since, rate in reversed(base) if since <= day), base[0][1])


def _after(begins: date, length: Duration) -> date | None:
    """The day so long after the first day of interest; None beyond year 9999."""
    try:
        return add_months(begins, length.all_months) + timedelta(days=length.all_days)
    except OverflowError:
        return None


def _name_counting(terms: InterestTerms, rates: Cited | None, named: Cited | None, compounding: Cited | None) -> None:
    before = terms.begins - _DAY
    from_ = entry(
        f"interest from the day after the last day of payment{unverified_mark(named or rates)}",
        REQUEST if rates is None else (named or rates).ref,
        before.isoformat(),
        terms.begins.isoformat(),
    )
    terms.explanation.append(from_)
    year = "of a year of 365" if terms.year_of_365 else "as they are of a year of 365 or 366"
    kind = "" if terms.compounds else "simple interest, "
    _say(terms, f"{kind}yearly rates, days {year}", rates)
    if terms.compounds:
        _say(terms, "after each full year its interest, rounded once, is added to the principal", compounding)
    if terms.round_daily:
        _say(terms, "the interest of a day is rounded before it is multiplied by the days", None)


def _name_margin(terms: InterestTerms, margin: Fraction | None, cited: Cited | None) -> None:
    if margin:
        _say(terms, f"{decimal(margin)} point{'s' if margin != 1 else ''} added to each rate", cited)


def _name_won(terms: InterestTerms, name: str, value: Any, cited: Cited | None) -> None:
    """Name a member of the request that takes the place of the regime's value, or of what holds without one."""
    assert terms.rules is not None
    text = value if isinstance(value, str) else json.dumps(value)
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    instead = "where the regime says nothing"
    if cited is not None:
        of_regime = decimal(cited.value) if isinstance(cited.value, Fraction) else cited.value
        instead = f"in place of {of_regime} ({cited.ref})"
    terms.explanation.append(entry(f"{name} is {text} by the request, {instead}", REQUEST))


def _say(terms: InterestTerms, rule: str, cited: Cited | None) -> None:
    terms.explanation.append(entry(f"{rule}{unverified_mark(cited)}", REQUEST if cited is None else cited.ref))


def _value(cited: Cited | None) -> Any:
    return None if cited is None else cited.value
