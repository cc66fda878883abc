"""Interest on a debt that was not paid in time, or a surcharge in its place, by a table of yearly rates.

It runs from the day after the last day of payment on what is unpaid on each day; a payment counts from its own day.
Days are counted as they are, a year as its 365 or 366, or always as 365. Sums are exact fractions, rounded once half up
for the time from the first day of interest on, so that slices of one debt always add up to the whole; compounded
interest is rounded once for each full year, and once for the rest. JSON in, JSON out.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from workflow.law.explanation import Explanation, entry, unverified_mark
from workflow.law.interest_days import Reckoning, Run
from workflow.law.interest_request import bears_interest, read_interest
from workflow.law.interest_surcharge import Charge, charges, surcharged
from workflow.law.interest_terms import InterestTerms
from workflow.law.invalid import invalid
from workflow.law.money import LARGEST_SUM, Money, decimal, decimal_text, decimals
from workflow.law.regime_schema import Cited

__all__ = ["bears_interest", "compute_interest"]

_DAY = timedelta(days=1)


def compute_interest(request: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the interest of a slice of days: `amount`, its `lines`, and `total` from `interest_from` to its end.

    The request: `principal` in `currency`, `payments` (`on`, `amount`), `interest_from` (the day after the last day of
    payment), the slice `from` (by default that day) `to`; and a `regime`, or `rates` of its own, or a `surcharge`.
    Further members say how it is counted, and win over the regime. InvalidRequest names what is wrong.

    >>> compute_interest({"principal": "10000.00", "currency": "EUR", "rates": [{"from": "2025-01-01",
    ...     "percent": "5"}], "interest_from": "2025-01-01", "to": "2025-12-31"})["total"]
    '500.00'
    """
    terms = read_interest(request)
    if terms.surcharge is not None:
        return _surcharge(terms)
    reckoning = Reckoning(terms)
    total, fixed = reckoning.total(terms.last), 0
    if terms.first > terms.begins:
        fixed = reckoning.total(terms.first - _DAY)
    least = terms.rules.values.get("interest.minimum") if terms.rules is not None else None
    if least is not None and least.value.currency == terms.currency:
        total, fixed = (_at_least(total, least, terms.explanation), _at_least(fixed, least, None))
    return _answer(
        terms, total, fixed, [_line(run, reckoning, terms) for run in reckoning.runs(terms.first, terms.last)]
    )


def _surcharge(terms: InterestTerms) -> dict[str, Any]:
    found = list(charges(terms))
    total = surcharged(found, terms.last)
    fixed = surcharged(found, terms.first - _DAY)
    return _answer(terms, total, fixed, [_charge(each, terms) for each in found if each.last >= terms.first])


def _answer(terms: InterestTerms, total: int, fixed: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    if total > LARGEST_SUM:
        raise invalid("/to", f"the interest passes {LARGEST_SUM} minor units: an earlier day, or a smaller principal")
    return {
        "amount": decimal_text(total - fixed, terms.places),
        "total": decimal_text(total, terms.places),
        "lines": lines,
        "explanation": terms.explanation,
    }


def _at_least(sum_: int, least: Cited, steps: Explanation | None) -> int:
    money: Money = least.value
    if sum_ >= money.minor:
        return sum_
    if steps is not None:
        rule = f"no interest below {money.currency} {money.amount}{unverified_mark(least)}"
        steps.append(entry(rule, least.ref, decimal_text(sum_, decimals(money.currency)), "0"))
    return 0


def _line(run: Run, reckoning: Reckoning, terms: InterestTerms) -> dict[str, Any]:
    return {
        "from": run.first.isoformat(),
        "to": run.last.isoformat(),
        "days": run.days,
        "unpaid": decimal_text(run.unpaid, terms.places),
        "percent": decimal(run.percent),
        "exact": str(reckoning.exact(run) / 10**terms.places),
    }


def _charge(each: Charge, terms: InterestTerms) -> dict[str, Any]:
    return {
        "from": each.first.isoformat(),
        "to": each.last.isoformat(),
        "days": (each.last - each.first).days + 1,
        "unpaid": decimal_text(each.unpaid, terms.places),
        "fraction": str(each.fraction),
        "exact": str(each.exact / 10**terms.places),
    }
