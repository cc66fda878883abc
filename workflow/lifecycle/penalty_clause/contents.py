"""What is said of a penalty clause: by a draft, and after it was adopted."""

from dataclasses import dataclass
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts import Cap
from workflow.lifecycle.vocabulary import AccruesFrom, Liability, Retroactivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseContent:
    """One penalty clause of a draft."""

    n: int
    covers: tuple[int, ...]
    rate: Money
    per: str
    assess_after: str
    assess_every: str | None = None
    partial_unit: str | None = None
    cap: Cap | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: date | None = None
    liability: Liability = Liability.SEVERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class RateContent:
    """`change_rate`: the new rate, and the first day on which it holds."""

    rate: Money
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualContent:
    """`start_accrual`: the day before which no day counts."""

    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftingContent:
    """`lift`: from the day of the act on, or as if the clause had never been."""

    effect: Retroactivity
