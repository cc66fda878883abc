"""What the calculators take and answer, as models: OpenAPI is made from them. The law itself reads the requests.

A request that fits its model may still be refused, as its members depend on each other; one that does not is refused.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Sum = Annotated[str, Field(pattern=r"^[0-9]{1,30}(\.[0-9]{1,3})?$", examples=["100000.00"])]
Rate = Annotated[str, Field(pattern=r"^[0-9]{1,30}(\.[0-9]{1,3}|/[0-9]+)?$", examples=["100000.00", "10000000/73"])]
Signed = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]{1,3})?$", examples=["5200000.00"])]
Length = Annotated[str, Field(description="ISO 8601, upper case, whole: P2M, P15D, PT24H.", examples=["P2M"])]
Points = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,6})?$", examples=["3.5"])]
Units = Annotated[int, Field(ge=1, le=10_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=2_000)]
Day = date


class Asked(BaseModel):
    """A JSON object that refuses members it does not know."""

    model_config = ConfigDict(extra="forbid")


class Answered(BaseModel):
    """A JSON answer; a member that says nothing is left out."""


class DeadlineRequest(Asked):
    """The event that starts a period, its length, and a regime with its clock or rules of its own, which win."""

    period: Length
    event_on: Annotated[Day | None, Field(description="The day of the event.", examples=["2022-10-19"])] = None
    event_at: Annotated[
        str | None, Field(description="Its local instant, for a period in hours.", examples=["2022-10-19T10:00"])
    ] = None
    timezone: Annotated[str | None, Field(description="The time zone of the place.", examples=["Europe/Paris"])] = None
    regime: Annotated[str | None, Field(description="An authority's rules.", examples=["fr-cnil"])] = None
    clock: Annotated[str | None, Field(description="One of the regime's clocks.", examples=["compliance"])] = None
    calendar: Annotated[str | None, Field(description="Whose holidays count.", examples=["FR"])] = None
    extra_holidays: Annotated[list[Day] | None, Field(max_length=1_000, description="Further holidays.")] = None
    roll: Annotated[
        Literal["none", "next_working_day", "previous_working_day"] | None,
        Field(description="Where a last day that is no working day moves; before an event, to the one before."),
    ] = None
    first_day: Annotated[
        Literal["exclude", "include"] | None, Field(description="Whether the day of the event counts.")
    ] = None
    day_kind: Annotated[
        Literal["calendar", "working"] | None, Field(description="Whether every day counts, or working days alone.")
    ] = None
    franc: Annotated[bool | None, Field(description="Whether neither the first nor the last day counts.")] = None
    distance_months: Annotated[int | None, Field(ge=0, le=1_200, description="Months added for a party far away.")] = (
        None
    )
    min_working_days: Annotated[
        int | None, Field(ge=0, le=1_000, description="The working days there must be at least.")
    ] = None
    direction: Annotated[
        Literal["after", "before"] | None, Field(description="Whether the event begins the period or ends it.")
    ] = None
    clear_days: Annotated[
        bool | None, Field(description="Whether neither the event's day nor the last day is one of the period's.")
    ] = None
    short_period: Annotated[
        int | None, Field(ge=1, le=1_000, description="At most so many days are counted as working days.", examples=[5])
    ] = None
    month_count: Annotated[
        Literal["event_day", "day_after"] | None,
        Field(description="Whether months are counted from the event's day or from the day after it."),
    ] = None
    recess: Annotated[
        str | None, Field(description="A recess of courts, or none where the clock has one.", examples=["IT"])
    ] = None


class Change(Asked):
    """A rate that holds from a day on."""

    from_: Annotated[Day, Field(alias="from")]
    rate: Sum


class Tier(Asked):
    """So many units at this rate; the last tier has no number."""

    units: Units | None = None
    rate: Sum


class Growth(Asked):
    """The factor by which each unit costs more than the one before."""

    factor: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$", examples=["2"])]


class Limits(Asked):
    """Where nothing more accrues; any together, at least one."""

    amount: Sum | None = None
    units: Units | None = None
    until: Day | None = None


class Less(Asked):
    """What remains to be paid, in exactly one way, and why."""

    reason: Name
    rate: Sum | None = None
    fraction: Annotated[str | None, Field(pattern=r"^[0-9]{1,18}/[0-9]{1,18}$", examples=["1/2"])] = None
    amount: Sum | None = None
    waived: Literal[True] | None = None


class Days(Asked):
    """Days from one to another, both included, and why they do not count."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    reason: Name | None = None


class FixedDays(Asked):
    """Days that an earlier decision is about, both included."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day


class UnmetDays(Asked):
    """Days on which an obligation is unmet; without `to` it still is."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None


class Duty(Asked):
    """An obligation of the clause, and when it was met, in one way."""

    name: Name
    rate: Sum | None = None
    complied_on: Day | None = None
    unmet: Annotated[list[UnmetDays] | None, Field(max_length=1_000)] = None
    met: Annotated[bool | None, Field(description="For lump sums: whether it was met at all.")] = None
    count: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    cap: Limits | None = None


class Debtor(Asked):
    """An addressee of the clause."""

    name: Name
    rate: Sum | None = None


class TurnoverRate(Asked):
    """A daily rate as a share of the average daily turnover; for `per` P1D alone."""

    percent: Points
    turnover: Sum
    days: Annotated[int, Field(ge=1, le=1_000, description="The days in which it was made.", examples=[365])]


class PenaltyRequest(Asked):
    """From when an order is late, until when that is assessed, and what each unit of delay costs."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["EUR"])]
    per: Annotated[
        str, Field(description="The unit: P1D is a day; `breach` and `lump_sum` are no time.", examples=["P1D"])
    ]
    rate: Annotated[
        Sum | TurnoverRate | None,
        Field(description="What a unit costs, where there are no tiers: a sum, or a share of daily turnover."),
    ] = None
    assessed_to: Annotated[Day | None, Field(description="The last day assessed.", examples=["2023-02-09"])] = None
    deadline: Annotated[Day | None, Field(description="The last day in time.", examples=["2022-12-19"])] = None
    accrual_from: Annotated[Day | None, Field(description="The first late day, in place of a deadline.")] = None
    served_on: Annotated[Day | None, Field(description="The day of service, in place of a deadline.")] = None
    compliance_period: Annotated[Length | None, Field(description="The time to comply, from service.")] = None
    extended_to: Annotated[Day | None, Field(description="The last day in time after an extension.")] = None
    complied_on: Annotated[Day | None, Field(description="The day of compliance.")] = None
    compliance_day_counts: Annotated[bool | None, Field(description="Whether the day of compliance is late.")] = None
    regime: Annotated[str | None, Field(examples=["fr-cnil"])] = None
    roll: Literal["none", "next_working_day"] | None = None
    calendar: Annotated[str | None, Field(examples=["FR"])] = None
    breaches: Annotated[list[Day] | None, Field(max_length=10_000, description="The days of breaches.")] = None
    partial_unit: Annotated[
        Literal["completed", "started"] | None, Field(description="Whether a unit that has begun counts.")
    ] = None
    rate_changes: Annotated[list[Change] | None, Field(max_length=1_000)] = None
    tiers: Annotated[list[Tier] | None, Field(max_length=1_000)] = None
    growth: Growth | None = None
    cap: Limits | None = None
    suspensions: Annotated[list[Days] | None, Field(max_length=1_000)] = None
    excused: Annotated[list[Days] | None, Field(max_length=1_000)] = None
    already_liquidated: Annotated[list[FixedDays] | None, Field(max_length=1_000)] = None
    reduction: Less | None = None
    obligations: Annotated[list[Duty] | None, Field(max_length=500)] = None
    scope: Annotated[
        Literal["whole", "per_obligation"] | None,
        Field(description="Whether all obligations make one delay, or each its own."),
    ] = None
    addressees: Annotated[list[Debtor] | None, Field(max_length=500)] = None
    liability: Annotated[
        Literal["several", "joint"] | None, Field(description="Whether each addressee owes, or all together one sum.")
    ] = None


class Payment(Asked):
    """What was paid on a day, which counts from that day."""

    on: Day
    amount: Sum


class InterestRate(Asked):
    """A yearly rate in per cent that holds from a day on."""

    from_: Annotated[Day, Field(alias="from")]
    percent: Points


class InterestStep(Asked):
    """Points added to the rate from so long after the first day of interest."""

    after: Length
    add: Points


class Surcharge(Asked):
    """So much of what is unpaid for each completed period, in place of interest."""

    fraction: Annotated[str, Field(pattern=r"^[0-9]{1,18}/[0-9]{1,18}$", examples=["1/10"])]
    per: Annotated[Length, Field(examples=["P6M"])]


class InterestRequest(Asked):
    """What is owed since when, and what default costs: a regime's table, rates of its own, or a surcharge."""

    principal: Sum
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["EUR"])]
    interest_from: Annotated[Day, Field(description="The day after the last day of payment.", examples=["2023-01-01"])]
    to: Annotated[Day, Field(description="The last day of the slice.", examples=["2024-12-31"])]
    from_: Annotated[
        Day | None, Field(alias="from", description="Its first day, where that is not the first day of interest.")
    ] = None
    payments: Annotated[list[Payment] | None, Field(max_length=10_000)] = None
    regime: Annotated[str | None, Field(description="A regime with a table of rates.", examples=["nl-ap"])] = None
    rates: Annotated[
        list[InterestRate] | None, Field(min_length=1, max_length=1_000, description="In place of a regime.")
    ] = None
    margin: Annotated[Points | None, Field(description="Points added to each rate.")] = None
    rate_of: Annotated[
        Literal["day", "month_of_last_day"] | None,
        Field(description="Whether each day has its rate, or the month of the last day of payment gives one for all."),
    ] = None
    day_count: Annotated[
        Literal["actual_actual", "actual_365"] | None, Field(description="Whether a leap year has 366 days.")
    ] = None
    compounding: Annotated[
        Literal["none", "yearly"] | None, Field(description="Whether the interest of a full year bears interest.")
    ] = None
    round_daily: Annotated[
        bool | None, Field(description="Whether a day's interest is rounded before it is multiplied.")
    ] = None
    steps: Annotated[list[InterestStep] | None, Field(max_length=100)] = None
    surcharge: Annotated[Surcharge | None, Field(description="In place of interest.")] = None


class ReadingsRequest(BaseModel):
    """A request for a deadline or a penalty, in which a member may be a list of alternatives: a disputed fact."""

    model_config = ConfigDict(extra="allow")


class Step(Answered):
    """A step of the reasoning: the rule, where it stands, and what it made of what."""

    rule: str
    reference: str
    before: str | None
    after: str | None


class DeadlineAnswer(Answered):
    """The last day that still counts; the last instant of a period in hours."""

    last_day: Day | None = None
    last_instant: str | None = None
    ends_at: str | None = None
    explanation: list[Step]


class StatementLine(Answered):
    """Days at one rate: from, to, how many units, at what rate, and why. A reduction has no days."""

    from_: Annotated[Day | None, Field(alias="from")]
    to: Day | None
    units: int
    rate: Annotated[Rate | None, Field(description="A share of turnover is the exact fraction.")]
    rate_rounded: Annotated[Sum | None, Field(description="Beside a fraction: what it is, rounded.")] = None
    amount: Signed
    why: str


class Share(Answered):
    """What one obligation or addressee comes to."""

    name: str
    units: int
    gross: Sum
    amount: Sum


class PenaltyAnswer(Answered):
    """The units of delay, their sum before a reduction and after it, line by line, and the reasoning."""

    deadline: Day | None = None
    accrual_from: Day | None = None
    units: int
    gross: Sum
    amount: Sum
    lines: list[StatementLine]
    by_obligation: list[Share] | None = None
    by_addressee: list[Share] | None = None
    explanation: list[Step]


class InterestLine(Answered):
    """Days with one rate and one unpaid sum; with a surcharge a completed period, and a fraction in place of a rate."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    days: int
    unpaid: Sum
    percent: Annotated[str | None, Field(examples=["4.25"])] = None
    fraction: Annotated[str | None, Field(examples=["1/10"])] = None
    exact: Annotated[str, Field(description="The interest of the line as an exact fraction.", examples=["22080/73"])]


class InterestAnswer(Answered):
    """The interest of the slice, the total since the first day of interest, line by line, and the reasoning."""

    amount: Sum
    total: Sum
    lines: list[InterestLine]
    explanation: list[Step]


class Reading(Answered):
    """One combination of the alternatives, and what it leads to."""

    given: dict[str, Any]
    last_day: Day | None = None
    last_instant: str | None = None
    ends_at: str | None = None
    accrual_from: Day | None = None
    units: int | None = None
    gross: Sum | None = None
    amount: Sum | None = None


class ReadingsAnswer(Answered):
    """The members with alternatives, and every combination of them."""

    disputed: list[str]
    readings: list[Reading]
