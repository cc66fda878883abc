"""What a penalty request says, once read: plain values, days as proleptic ordinals, sums in minor units."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from workflow.law.explanation import Explanation
from workflow.law.intervals import Days

LUMP_SUM = "lump_sum"
BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Unit:
    """What the rate is for: so many days, so many months, one sum, or one breach; `text` as it was written."""

    text: str
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Cap:
    """Limits beyond which nothing accrues: a sum, a number of units, a last day; any together."""

    amount: int | None = None
    units: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A rate from a day on, and where the request says so."""

    day: int
    rate: int
    at: str


@dataclass(frozen=True, slots=True)
class TurnoverShare:
    """A daily rate as so many per cent of a turnover, in minor units, made in so many days."""

    percent: Fraction
    turnover: int
    days: int

    @property
    def rate(self) -> Fraction:
        """What one day costs, exactly, in minor units."""
        return self.percent * self.turnover / (100 * self.days)


Price = int | Fraction
"""What a unit costs in minor units: a fraction only as a share of turnover."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a unit costs: a rate with changes by date, or tiers by ordinal; each unit may grow by a factor.

    A rate that is a `share` of turnover is an exact fraction, and has no changes, tiers or growth.
    """

    rate: Price | None
    changes: tuple[Change, ...] = ()
    tiers: tuple[tuple[int | None, int], ...] = ()
    growth: Fraction | None = None
    share: TurnoverShare | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty of the clause: since when it is unmet, how often it counts, its own rate and cap."""

    name: str
    at: str
    rate: int | None
    complied_on: int | None
    unmet: tuple[tuple[int, int | None], ...] | None
    met: bool | None
    count: int
    cap: Cap | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One party of the clause, with their own rate if they have one."""

    name: str
    at: str
    rate: int | None


@dataclass(frozen=True, slots=True)
class Reduction:
    """What the deciding body leaves to be paid, and why; exactly one of the first four is given."""

    reason: str
    rate: int | None = None
    fraction: Fraction | None = None
    amount: int | None = None
    waived: bool = False


class Span(NamedTuple):
    """Days from one to another, both inclusive, and why they are named."""

    first: int
    last: int
    reason: str


@dataclass(slots=True)
class Terms:
    """A penalty request that can be computed. `first` is the first late day; None with lump sums without dates."""

    currency: str
    places: int
    unit: Unit
    started: bool
    tariff: Tariff
    cap: Cap
    first: int | None = None
    assessed_to: int | None = None
    complied_on: int | None = None
    compliance_day_counts: bool = False
    spans: list[Span] = field(default_factory=list)
    stopped: Days = field(default_factory=list)
    fixed: Days = field(default_factory=list)
    breaches: list[int] = field(default_factory=list)
    obligations: list[Obligation] = field(default_factory=list)
    whole: bool = False
    addressees: list[Addressee] = field(default_factory=list)
    joint: bool = False
    reduction: Reduction | None = None
    deadline: str | None = None
    computed_first: bool = False
    explanation: Explanation = field(default_factory=list)
