"""What is said of a penalty clause: by a draft, and after it was adopted."""

from dataclasses import dataclass
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts import ClauseTerms
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import Retroactivity


@frozen(kw_only=True)
class ClauseContent(ClauseTerms):
    """One penalty clause of a draft."""


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
