"""The window for observations on the grounds of a penalty: how long it is by the regime, and when it is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.receipt import clock_receipt
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts, Grounds

_CLOCK = "observations"


def window_receipt(case: CaseFacts, notified_on: date) -> Mapping[str, Any] | None:
    """Request, regime and result of the window that a notice on this day opens; None where the regime has no period.

    The clock takes the version of the regime in force on the day that starts it.
    """
    rules = regime(case.regime, notified_on)
    clock = rules.clocks.get(_CLOCK)
    if clock is None or clock.period is None:
        return None
    return clock_receipt(rules, _CLOCK, notified_on)


def over_on(grounds: Grounds, day: date) -> bool:
    """Whether the window is over on a day: its last day still counts, the rest of it can be waived."""
    return grounds.window_ends_on < day or (grounds.waived_on is not None and grounds.waived_on <= day)
