"""The statutory clock of an access request: from its receipt to the last day on which it may be answered in time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.duration import read_duration
from workflow.law.receipt import clock_receipt
from workflow.law.regime import Regime

CLOCK = "access_request"


def answer_receipt(received_on: date, rules: Regime, *, extended: bool = False) -> Mapping[str, Any]:
    """The computation of the last day for an answer, as a receipt: the regime's clock `access_request`.

    With `extended`, the period and its extension run in one piece from receipt, so that months are added in one step
    and only the end of the whole rolls. Legal source: GDPR art. 12(3), counted by Regulation 1182/71 art. 3.
    """
    if not extended:
        return clock_receipt(rules, CLOCK, received_on)
    clock = rules.clocks[CLOCK]
    assert clock.period is not None
    assert clock.extension is not None
    return clock_receipt(rules, CLOCK, received_on, _together(clock.period, clock.extension))


def answer_by(received_on: date, rules: Regime, *, extended: bool = False) -> date:
    """The last day for an answer.

    >>> from workflow.law.regime import regime
    >>> answer_by(date(2022, 10, 31), regime("fr-cnil"))
    datetime.date(2022, 11, 30)
    >>> answer_by(date(2022, 10, 31), regime("fr-cnil"), extended=True)
    datetime.date(2023, 1, 31)
    """
    return date.fromisoformat(answer_receipt(received_on, rules, extended=extended)["result"]["last_day"])


def _together(period: str, more: str) -> str:
    """Two lengths as one, component by component: P1M and P2M are P3M."""
    counts = map(sum, zip(read_duration(period), read_duration(more), strict=True))
    return "P" + "".join(f"{count}{unit}" for count, unit in zip(counts, "YMWD", strict=False) if count)
