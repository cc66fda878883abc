"""The days of a debt: when it falls due, its last day of payment, when its claim is time-barred."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workflow.law.counting import count_days
from workflow.law.counting_rules import CountingRules
from workflow.law.duration import read_duration
from workflow.law.explanation import Explanation, entry, unverified_mark
from workflow.law.receipt import clock_receipt
from workflow.law.regime import Regime

AT_ONCE = frozenset({"service", "forfeiture"})
"""What makes a debt due from the day it arises; the rest is due later."""


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day on which a debt can still be claimed, with its reasons."""

    last_day: date
    explanation: Explanation


def due_event(rules: Regime) -> str:
    """The event that makes a debt fall due: `service`, `forfeiture`, `finality` or `court_decision`."""
    return str(rules.values["debt.due"].value)


def collector(rules: Regime) -> str | None:
    """Who collects, where the regime says."""
    cited = rules.values.get("debt.collected_by")
    return None if cited is None else str(cited.value)


def interest_first(rules: Regime) -> bool:
    """Whether a payment goes first to the interest charged, then to the debt itself; else to the debt alone."""
    cited = rules.values.get("debt.allocation")
    return cited is not None and cited.value == "interest"


def payment_clock(starts_on: date, rules: Regime) -> Mapping[str, Any] | None:
    """The receipt of the last day of payment, counted from the day that starts it.

    None where the regime states no period: then no day is made up.
    """
    clock = rules.clocks.get("payment")
    if clock is None or clock.period is None:
        return None
    return clock_receipt(rules, "payment", starts_on)


def limitation(starts_on: date, rules: Regime, suspended_days: int = 0) -> Limitation | None:
    """The last day of the claim: the period from the day it fell due, and the days of suspension where they are added.

    A year runs to the same date, not 365 days. None where the regime states no period. Acts that interrupt the period
    are not counted: what they are must be judged by a person.
    """
    cited = rules.values.get("limitation.period")
    if cited is None:
        return None
    steps: Explanation = []
    last_day = count_days(starts_on, read_duration(cited.value), CountingRules(cited={"first_day": cited}), steps)
    added = rules.values.get("limitation.suspended_days_added")
    if added is not None and added.value and suspended_days:
        before, last_day = last_day, last_day + timedelta(days=suspended_days)
        rule = f"{suspended_days} days of suspension added{unverified_mark(added)}"
        steps.append(entry(rule, added.ref, before.isoformat(), last_day.isoformat()))
    return Limitation(last_day, steps)


def limitation_warning(last_day: date, rules: Regime) -> date | None:
    """The day from which the end of the limitation is near; None where the regime's ladder does not warn."""
    cited = rules.values.get("ladder.limitation_warning_days")
    return None if cited is None else last_day - timedelta(days=cited.value)
