"""The window of an appeal: until when one party may appeal, with the months for distance its country gives."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from workflow.law.receipt import clock_receipt
from workflow.law.regime import ClockRules, Regime


def appeal_window(
    served_on: date, posted_on: date | None, country: str | None, rules: Regime
) -> Mapping[str, Any] | None:
    """Compute the receipt of the window: its `result` has the last day. None when the regime has no clock for it.

    `rules` are those in force on the day that starts the clock; a clock that starts at dispatch runs from the day of
    posting where that is known. A party without a country is taken to be at home.
    """
    clock = rules.clocks.get("appeal")
    if clock is None or clock.period is None:
        return None
    starts = posted_on if clock.starts == "dispatch" and posted_on is not None else served_on
    return clock_receipt(rules, "appeal", starts, distance_months=distance_months(clock, country, rules) or None)


def distance_months(clock: ClockRules, country: str | None, rules: Regime) -> int:
    """Give the months a clock adds for a party's country: those overseas, those abroad, none at home."""
    overseas = clock.cited.get("overseas")
    if overseas is not None and country in overseas.value:
        return clock.overseas_months
    return clock.abroad_months if country not in (None, rules.calendar[:2]) else 0


def finality_day(windows: list[date], rules: Regime) -> date:
    """Give the first day on which finality can be proposed: after the last window and the grace of the regime."""
    return max(windows) + timedelta(days=rules.ladder.finality_grace_days + 1)
