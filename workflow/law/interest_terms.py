"""What a request for interest says, once read: sums in minor units, rates in per cent a year, days as dates."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from workflow.law.duration import Duration
from workflow.law.explanation import Explanation
from workflow.law.regime import Regime

Rates = tuple[tuple[date, Fraction], ...]
"""Yearly rates in per cent, each from its day on."""


@dataclass(frozen=True, slots=True)
class Surcharge:
    """So much of what is unpaid for each completed period, in place of interest."""

    fraction: Fraction
    per: Duration


@dataclass(frozen=True, slots=True)
class Step:
    """Points added to the rate from so long after the first day of interest."""

    after: Duration
    add: Fraction


@dataclass(slots=True)
class InterestTerms:
    """A request for interest that can be computed.

    `begins` is the first day of interest; the slice runs `first` to `last`, both included. `rates` hold from `begins`
    on, with margin and steps in them; empty beside a `surcharge`.
    """

    currency: str
    places: int
    principal: int
    payments: list[tuple[date, int]]
    begins: date
    first: date
    last: date
    rules: Regime | None
    rates: Rates = ()
    surcharge: Surcharge | None = None
    year_of_365: bool = False
    compounds: bool = False
    round_daily: bool = False
    explanation: Explanation = field(default_factory=list)
