"""On which legal day an act counts as served when it was not handed over: by the rules of the regime.

A letter nobody collects, a message nobody opens and mail that was only sent have a day each regime gives or does not:
the first day of a period, once it is over, or its last. Without a period it is the day the basis rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.law.days import day_after
from workflow.law.explanation import entry, unverified_mark
from workflow.law.receipt import clock_receipt
from workflow.law.regime import Regime

_WORDS = {
    "uncollected": "a letter nobody collected, from its first presentation",
    "unopened": "a message nobody opened, from the day it was made available",
    "posted": "mail that was sent, from the day of posting",
}


@dataclass(frozen=True, slots=True)
class Deemed:
    """The legal day of a deemed service, the first day on which it can be said, why, and the period's receipt."""

    served_on: date
    certain_on: date
    explanation: tuple[Mapping[str, Any], ...]
    receipt: Mapping[str, Any] | None


def deemed_service(basis: str, rests_on: date, rules: Regime) -> Deemed | None:
    """Give the legal day of service on a basis (`uncollected`, `unopened`, `posted`); None when the regime has none.

    `rules` are those in force on the day the basis rests on.

    >>> from workflow.law.regime import regime
    >>> deemed_service("posted", date(2025, 1, 2), regime("de-federal@2")).served_on
    datetime.date(2025, 1, 6)
    """
    cited = rules.values.get(f"service.{basis}")
    if cited is None:
        return None
    clock = rules.clocks.get(basis)
    computed = None
    last_day = rests_on
    if clock is not None:
        computed = clock_receipt(rules, basis, rests_on)
        last_day = date.fromisoformat(computed["result"]["last_day"])
    at_its_end = cited.value == "last_day"
    served_on = last_day if at_its_end else rests_on
    why = entry(
        f"{_WORDS[basis]}: served on the {'last' if at_its_end else 'first'} day{unverified_mark(cited)}",
        cited.ref,
        rests_on.isoformat(),
        served_on.isoformat(),
    )
    steps = () if computed is None else tuple(computed["result"]["explanation"])
    waits = not at_its_end and clock is not None
    return Deemed(served_on, day_after(last_day) if waits else served_on, (*steps, why), computed)
