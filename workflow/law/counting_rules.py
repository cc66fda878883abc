"""The rules by which a period in days is counted, each with its source where a regime gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.law.calendar import Calendar
from workflow.law.explanation import REQUEST, UNVERIFIED, unverified_mark
from workflow.law.recess import Recess
from workflow.law.regime_schema import Cited

DAY = timedelta(days=1)


@dataclass(slots=True)
class CountingRules:
    """How a period is counted; `cited` has the source of each rule that came from a regime.

    `backwards`: the event is the end, and the last day is that on which a thing may still be done before it; `roll` is
    then to the working day before. `clear_days` is `franc` by its general name. `day_after`: months are counted from
    the day after the event. A period in days alone of at most `short_period` days counts working days only: then it
    `is_short`.
    """

    cited: Mapping[str, Cited]
    calendar: Calendar | None = None
    roll: bool | None = None
    include_first: bool = False
    working: bool = False
    franc: bool = False
    distance_months: int = 0
    min_working_days: int = 0
    backwards: bool = False
    clear_days: bool = False
    short_period: int = 0
    is_short: bool = False
    day_after: bool = False
    recess: Recess | None = None

    @property
    def step(self) -> timedelta:
        """One day on, in the direction of the count."""
        return -DAY if self.backwards else DAY

    def mark(self, rule: str) -> str:
        """Give the mark of a rule that is not verified."""
        return unverified_mark(self.cited.get(rule))

    def explained(self, rule: str, name: str, before: date, after: date) -> dict[str, str]:
        """Write the entry of a step: what the rule says, with the mark and the reference of what gave it."""
        cited = self.cited.get(name)
        return {
            "rule": rule if cited is None or cited.verified else f"{rule}{UNVERIFIED}",
            "reference": REQUEST if cited is None else cited.ref,
            "before": before.isoformat(),
            "after": after.isoformat(),
        }
